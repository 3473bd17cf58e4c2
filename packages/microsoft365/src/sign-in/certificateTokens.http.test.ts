import 'reflect-metadata';
import { constants, verify, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '@isthmus/kernel';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HttpChannel } from '../http/HttpChannel.ts';
import type { CloudEndpoints, IntegrationCredentials } from '../ports.ts';
import { createCertificate } from '../registration/createCertificate.ts';
import { HurriedTimer } from '../testing/ManualTimer.ts';
import { signInWithCertificate } from './certificateTokens.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

let server: Server;
let endpoints: CloudEndpoints;
let credentials: IntegrationCredentials;
let channel: HttpChannel;
/** Answers of the token endpoint before the good one. */
let refusals: { status: number; body: object; headers?: Record<string, string> }[] = [];
let tokenRequests: URLSearchParams[] = [];

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

beforeAll(async () => {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=127.0.0.1',
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const keyPem = `-----BEGIN PRIVATE KEY-----\n${key.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  server = createServer({ cert: certificate.toString('pem'), key: keyPem }, (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    const base = `https://${request.headers.host}/${TENANT}`;
    if (request.url?.endsWith('/v2.0/.well-known/openid-configuration')) {
      const issuer = `${base}/v2.0`;
      const at = (name: string) => `${base}/oauth2/v2.0/${name}`;
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: at('authorize'),
          token_endpoint: at('token'),
          end_session_endpoint: at('logout'),
          jwks_uri: `${base}/discovery/v2.0/keys`,
        }),
      );
      return;
    }
    void textOf(request).then((text) => {
      tokenRequests.push(new URLSearchParams(text));
      const refusal = refusals.shift();
      response.writeHead(refusal?.status ?? 200, refusal?.headers);
      response.end(
        JSON.stringify(
          refusal?.body ?? { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: 'good' },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  endpoints = { name: 'custom', loginUrl: url, graphUrl: url, exchangeUrl: url, caPem: certificate.toString('pem') };
  channel = new HttpChannel({ caPem: certificate.toString('pem'), connections: 2 });
  const own = await createCertificate('Isthmus', new ManualClock(new Date()));
  credentials = { tenantId: TENANT, clientId: '99999999-2222-3333-4444-555555555555', ...own };
});

afterAll(async () => {
  await channel.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  refusals = [];
  tokenRequests = [];
});

function signIn() {
  const timer = new HurriedTimer();
  return signInWithCertificate(
    { endpoints, channel, clock: timer.clock, timer },
    credentials,
    'https://graph.microsoft.com',
  );
}

const refused = (...codes: number[]) => ({
  status: 401,
  body: { error: 'invalid_client', error_description: `AADSTS${codes[0]}: no`, error_codes: codes },
});

test('signs in with a PS256 assertion of the certificate, at the host of the cloud only', async () => {
  expect((await signIn()).value).toBe('good');
  const [form] = tokenRequests;
  expect(form?.get('scope')).toContain('https://graph.microsoft.com/.default');
  const assertion = form?.get('client_assertion') ?? '';
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const certificate = new X509Certificate(credentials.certificatePem);
  const parsed = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  expect(parsed).toMatchObject({ alg: 'PS256' });
  expect(Buffer.from(parsed['x5t#S256'], 'base64url').toString('hex')).toBe(
    certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  );
  const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
});

test.each([
  ['429', { status: 429, body: { error: 'temporarily_unavailable' }, headers: { 'Retry-After': '7' } }],
  ['503', { status: 503, body: {} }],
])('asks again after %s, although the library would remember the refusal', async (_name, refusal) => {
  refusals = [refusal];
  expect((await signIn()).value).toBe('good');
  expect(tokenRequests).toHaveLength(2);
});

test.each([
  [700027, 'online.certificate-refused'],
  [700024, 'online.certificate-refused'],
  [7000229, 'online.application-missing'],
  [700016, 'online.application-missing'],
  [90002, 'online.application-missing'],
  [123456, 'online.certificate-refused'],
])('AADSTS%d is %s', async (number, code) => {
  refusals = [refused(number)];
  await expect(signIn()).rejects.toMatchObject({ code, parameters: { signInCode: number } });
  expect(tokenRequests).toHaveLength(1);
});

test('a service that stays away is told as such', async () => {
  refusals = Array.from({ length: 9 }, () => ({ status: 503, body: {} }));
  await expect(signIn()).rejects.toMatchObject({ code: 'online.unreachable', retryable: true });
});

test('without our trust in its certificate nothing is sent', async () => {
  const timer = new HurriedTimer();
  const distrusting = new HttpChannel({ connections: 1 });
  const parts = { endpoints, channel: distrusting, clock: timer.clock, timer };
  await expect(signInWithCertificate(parts, credentials, 'https://graph.microsoft.com')).rejects.toMatchObject({
    code: 'online.unreachable',
  });
  expect(tokenRequests).toHaveLength(0);
});
