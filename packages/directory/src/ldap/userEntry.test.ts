import { expect, test } from 'vitest';
import { LdapEntry } from './LdapEntry.ts';
import { parseUserEntry } from './userEntry.ts';

const GUID = Buffer.from('33221100554477660809101112131415', 'hex');
const sid = (rid: number): Buffer => {
  const bytes = Buffer.alloc(28);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(5, 1);
  bytes.writeUInt32LE(rid, 24);
  return bytes;
};
const entry = (attributes: Record<string, string | string[] | Buffer> = {}): LdapEntry =>
  new LdapEntry({
    dn: 'CN=Ada,DC=test',
    objectGUID: GUID,
    objectSid: sid(1104),
    sAMAccountName: 'ada',
    userAccountControl: '512',
    userPrincipalName: [],
    ...attributes,
  });

test('absent attributes have plain values', () => {
  expect(parseUserEntry(entry())).toEqual({
    id: '00112233-4455-6677-0809-101112131415',
    dn: 'CN=Ada,DC=test',
    userName: 'ada',
    upn: undefined,
    displayName: '',
    givenName: '',
    surname: '',
    mail: undefined,
    department: '',
    title: '',
    office: '',
    phone: '',
    mobile: '',
    company: '',
    description: '',
    managerDn: undefined,
    groupDns: [],
    enabled: true,
    locked: false,
    expiresAt: undefined,
    passwordSetAt: undefined,
    passwordNeverExpires: false,
    lastSignInAt: undefined,
    createdAt: undefined,
    anchor: GUID.toString('base64'),
    protectedAdministrator: false,
    builtIn: false,
  });
});

test('flags, times and the anchor', () => {
  const consistency = Buffer.alloc(16, 7);
  const user = parseUserEntry(
    entry({
      userAccountControl: '66050',
      lockoutTime: '133485408000000000',
      adminCount: '1',
      memberOf: 'CN=One,DC=test',
      lastLogon: '133485408000000000',
      lastLogonTimestamp: '133485400000000000',
      'mS-DS-ConsistencyGuid': consistency,
      description: ['first', 'second'],
    }),
    '16',
  );
  expect(user).toMatchObject({
    enabled: false,
    passwordNeverExpires: true,
    locked: true,
    protectedAdministrator: true,
    groupDns: ['CN=One,DC=test'],
    lastSignInAt: new Date('2024-01-01T00:00:00Z'),
    anchor: consistency.toString('base64'),
    description: 'first',
  });
});

test.each([
  ['Guest', { objectSid: sid(501), sAMAccountName: 'Guest' }, true],
  ['krbtgt of a read-only controller', { sAMAccountName: 'krbtgt_12345' }, true],
  ['a trust or managed account', { sAMAccountName: 'service$' }, true],
  ['a service', { sAMAccountName: 'sql', servicePrincipalName: 'MSSQLSvc/db' }, true],
  ['a person who registered a service name', { servicePrincipalName: 'HTTP/x', givenName: 'Ada' }, false],
  ['the administrator', { objectSid: sid(500), sAMAccountName: 'Administrator' }, false],
  ['a person', {}, false],
])('%s: built in or not', (_name, attributes, builtIn) => {
  expect(parseUserEntry(entry(attributes)).builtIn).toBe(builtIn);
});

test('an entry without an id or state is refused', () => {
  expect(() => parseUserEntry(new LdapEntry({ dn: 'CN=x', sAMAccountName: 'x', userAccountControl: '512' }))).toThrow();
  expect(() => parseUserEntry(entry({ userAccountControl: [] }))).toThrow();
});
