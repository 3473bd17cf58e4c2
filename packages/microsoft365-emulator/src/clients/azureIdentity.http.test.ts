import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthenticationRequiredError,
  AuthorizationCodeCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  EnvironmentCredential,
  type TokenCredential,
} from '@azure/identity';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Emulator } from '../index.ts';
import { open, signInOnDevice, submit } from '../testing/Browser.ts';
import { makeClientCertificate, type TestCertificate } from '../testing/certificates.ts';
import { clientFor, startTrusted } from '../testing/TestTenant.ts';

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const graph = 'https://graph.microsoft.com';
const redirectUri = 'http://localhost:4321/back';

let emulator: Emulator;
let certificate: TestCertificate;

beforeAll(async () => {
  emulator = await startTrusted();
  certificate = await makeClientCertificate();
});
afterAll(() => emulator.close());

const at = (): { authorityHost: string; disableInstanceDiscovery: boolean } => ({
  authorityHost: emulator.url,
  disableInstanceDiscovery: true,
});

async function claimsOf(credential: TokenCredential, scope = `${graph}/.default`): Promise<Record<string, unknown>> {
  const { token } = (await credential.getToken(scope))!;
  expect((await clientFor(emulator.url, token)('GET', '/users')).status).toBe(200);
  return decodeJwt(token);
}

function addApplication(more: object = {}): { appId: string; secret: string } {
  const wanted = { displayName: 'Identity', permissions: ['User.Read.All'], ...more };
  const { appId, secret } = emulator.control.addApplication(wanted);
  return { appId, secret: secret ?? '' };
}

describe('an application signs in', () => {
  test('with a secret', async () => {
    const { appId, secret } = addApplication();
    const claims = await claimsOf(new ClientSecretCredential(emulator.tenantId, appId, secret, at()));
    expect(claims).toMatchObject({ appid: appId, appidacr: '1' });
  });

  test('with what the environment says', async () => {
    const { appId, secret } = addApplication();
    vi.stubEnv('AZURE_TENANT_ID', emulator.tenantId);
    vi.stubEnv('AZURE_CLIENT_ID', appId);
    vi.stubEnv('AZURE_CLIENT_SECRET', secret);
    vi.stubEnv('AZURE_AUTHORITY_HOST', emulator.url);
    const claims = await claimsOf(new EnvironmentCredential({ disableInstanceDiscovery: true }));
    vi.unstubAllEnvs();
    expect(claims).toMatchObject({ appid: appId, appidacr: '1' });
  });

  test('with a certificate in a file', async () => {
    const { appId } = addApplication({ certificatePem: certificate.pem });
    const certificatePath = join(tmpdir(), `${appId}.pem`);
    writeFileSync(certificatePath, `${certificate.privateKeyPem.trim()}\n${certificate.pem}`, { mode: 0o600 });
    const credential = new ClientCertificateCredential(emulator.tenantId, appId, { certificatePath }, at());
    const claims = await claimsOf(credential);
    rmSync(certificatePath);
    expect(claims).toMatchObject({ appid: appId, appidacr: '2' });
  });

  test('with an assertion of its own making', async () => {
    const { appId } = addApplication({ certificatePem: certificate.pem });
    const key = await importPKCS8(certificate.privateKeyPem, 'PS256');
    const assert = (): Promise<string> =>
      new SignJWT()
        .setProtectedHeader({ alg: 'PS256', 'x5t#S256': Buffer.from(certificate.sha256, 'hex').toString('base64url') })
        .setIssuer(appId)
        .setSubject(appId)
        .setJti(crypto.randomUUID())
        .setAudience(`${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`)
        .setExpirationTime('10 minutes')
        .setNotBefore('0 minutes')
        .sign(key);
    const claims = await claimsOf(new ClientAssertionCredential(emulator.tenantId, appId, assert, at()));
    expect(claims).toMatchObject({ appid: appId, appidacr: '2' });
  });

  test('with a wrong secret is refused with the number of the refusal', async () => {
    const { appId } = addApplication();
    const call = new ClientSecretCredential(emulator.tenantId, appId, 'wrong secret', at()).getToken(
      `${graph}/.default`,
    );
    const problem = await call.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(AuthenticationRequiredError);
    expect(String(problem)).toContain('AADSTS7000215');
  });

  test('after the service was out of order for a moment', async () => {
    const { appId, secret } = addApplication();
    emulator.control.addFault({ path: '/*/oauth2/v2.0/token', answer: { status: 503, body: {} } });
    const credential = new ClientSecretCredential(emulator.tenantId, appId, secret, {
      ...at(),
      retryOptions: { retryDelayInMs: 1 },
    });
    const before = emulator.control.requestCount;
    expect(await claimsOf(credential)).toMatchObject({ appid: appId });
    const calls = emulator.control.requests({ after: before, url: '/oauth2/v2.0/token' });
    expect(calls.map(({ status }) => status)).toEqual([503, 200]);
  });
});

describe('a person signs in', () => {
  test('on a device', async () => {
    const credential = new DeviceCodeCredential({
      ...at(),
      tenantId: emulator.tenantId,
      clientId: graphTools,
      userPromptCallback: ({ verificationUri, userCode }) =>
        void signInOnDevice(verificationUri, userCode, emulator.administrator),
    });
    const claims = await claimsOf(credential, `${graph}/User.Read.All`);
    expect(claims).toMatchObject({ upn: emulator.administrator.username, appid: graphTools });
    expect(String(claims['scp']).split(' ')).toContain('User.Read.All');
  });

  test('with a code from the browser', async () => {
    const { appId, secret } = addApplication({ redirectUris: [redirectUri], delegated: ['User.Read.All'] });
    const scope = `${graph}/User.Read.All`;
    const query = new URLSearchParams({ client_id: appId, response_type: 'code', redirect_uri: redirectUri, scope });
    const page = await open(`${emulator.url}/${emulator.tenantId}/oauth2/v2.0/authorize?${query}`);
    const { username, password } = emulator.administrator;
    const back = new URL((await submit(page, { login: username, passwd: password })).url);
    const code = back.searchParams.get('code')!;
    const credential = new AuthorizationCodeCredential(emulator.tenantId, appId, secret, code, redirectUri, at());
    expect(await claimsOf(credential, scope)).toMatchObject({ upn: username, appid: appId });
  });
});
