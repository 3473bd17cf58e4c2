import { expect, test } from 'vitest';
import { authorityOf, baseDnOf, connectionOf, emptySetupForm, serversOf } from './setupForm.ts';

const certificate = {
  subject: 'CN=Contoso CA',
  issuer: 'CN=Contoso CA',
  fingerprint: 'AA:BB',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2036-01-01T00:00:00Z',
  pem: 'PEM',
  isAuthority: true,
};

test('the authority is pinned, or the only certificate there is', () => {
  const own = { ...certificate, subject: 'CN=dc1', isAuthority: false };
  expect(authorityOf([own, certificate])).toBe(certificate);
  expect(authorityOf([own])).toBe(own);
  expect(authorityOf([])).toBeUndefined();
});

test('a server that was typed joins the chosen ones once', () => {
  const form = { ...emptySetupForm, servers: ['dc1'], otherServer: ' dc2 ' };
  expect(serversOf(form)).toEqual(['dc1', 'dc2']);
  expect(serversOf({ ...form, otherServer: 'dc1' })).toEqual(['dc1']);
});

test('a connection exists when everything needed is there, and leaves empty groups out', () => {
  const form = {
    ...emptySetupForm,
    domainName: 'contoso.com',
    servers: ['dc1.contoso.com'],
    bindName: 'isthmus@contoso.com',
    bindPassword: 'secret',
    managedOu: 'OU=People,DC=contoso,DC=com',
    administratorsGroup: 'Domain Admins',
  };
  expect(connectionOf(form, certificate)).toMatchObject({ port: 636, caPem: 'PEM' });
  expect(connectionOf(form, certificate)).not.toHaveProperty('helpDeskGroup');
  expect(connectionOf({ ...form, port: 'x' }, certificate)).toBeUndefined();
  expect(connectionOf(form, undefined)).toBeUndefined();
});

test('a domain name becomes a distinguished name', () => {
  expect(baseDnOf('ad.contoso.com')).toBe('DC=ad,DC=contoso,DC=com');
});
