import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { makeAuthority, makeHostCertificate, makeSigningCertificate } from './makeCertificates.ts';

const names = ['localhost', 'm365.test', '127.0.0.1', '::1', '2001:db8::7:0:1', '::'];
const authority = await makeAuthority();

test('a host certificate is for all of its names and comes from the authority', async () => {
  const ca = new X509Certificate(authority.certificate);
  const host = new X509Certificate((await makeHostCertificate(authority, names)).certificate);
  expect(host.checkIssued(ca)).toBe(true);
  expect(host.verify(ca.publicKey)).toBe(true);
  expect(host.issuer).toBe(ca.subject);
  expect(ca.subject).toMatch(/^CN=Microsoft 365 emulator [0-9a-f]{6}$/);
  expect([ca.ca, host.ca]).toEqual([true, false]);
  expect(host.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(host.subjectAltName).toBe(
    'DNS:localhost, DNS:m365.test, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, ' +
      'IP Address:2001:DB8:0:0:0:7:0:1, IP Address:0:0:0:0:0:0:0:0',
  );
  expect(names.every((name) => host.checkHost(name) ?? host.checkIP(name))).toBe(true);
  const days = (host.validToDate.getTime() - Date.now()) / (24 * 3600 * 1000);
  expect(Math.round(days)).toBe(397);
});

test('a client that trusts the authority trusts the server', async () => {
  const { certificate, key } = await makeHostCertificate(authority, ['localhost']);
  const server = tls.createServer({ cert: certificate, key }, (socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.certificate });
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
  socket.destroy();
  server.close();
});

test('the certificate of tokens is signed by the key that is in it', async () => {
  const certificate = new X509Certificate((await makeSigningCertificate()).der);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe('CN=accounts.accesscontrol.windows.net');
});
