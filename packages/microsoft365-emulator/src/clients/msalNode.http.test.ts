import {
  type AuthenticationResult,
  ClientAuthError,
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  PublicClientApplication,
  ServerError,
} from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { open, signInOnDevice, submit } from '../testing/Browser.ts';
import { makeClientCertificate, type TestCertificate } from '../testing/certificates.ts';
import { clientFor, startTrusted } from '../testing/TestTenant.ts';

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const everything = ['https://graph.microsoft.com/.default'];
const redirectUri = 'http://localhost:4321/back';

let emulator: Emulator;
let certificate: TestCertificate;

beforeAll(async () => {
  emulator = await startTrusted({ seed: { users: [{ userPrincipalName: 'ada', password: 'Sunny-Meadow-42' }] } });
  certificate = await makeClientCertificate();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.clearRequests());

function authority(tenant = emulator.tenantId): { authority: string; knownAuthorities: string[] } {
  return { authority: `${emulator.url}/${tenant}`, knownAuthorities: [new URL(emulator.url).host] };
}

function tokenCalls(): number[] {
  return emulator.control.requests({ url: '/oauth2/v2.0/token' }).map(({ status }) => status);
}

async function statusOf({ accessToken }: Pick<AuthenticationResult, 'accessToken'>, path: string): Promise<number> {
  return (await clientFor(emulator.url, accessToken)('GET', path)).status;
}

function addApplication(more: object = {}): { appId: string; secret: string } {
  const { appId, secret } = emulator.control.addApplication({
    displayName: 'MSAL',
    permissions: ['User.Read.All'],
    ...more,
  });
  return { appId, secret: secret ?? '' };
}

function confidential(clientId: string, clientSecret: string): ConfidentialClientApplication {
  return new ConfidentialClientApplication({ auth: { clientId, clientSecret, ...authority() } });
}

async function problemOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (problem: unknown) => problem,
  );
}

describe('an application as itself', () => {
  test('asks with its secret, and only once as long as the token is good', async () => {
    const { appId, secret } = addApplication();
    const client = confidential(appId, secret);
    const first = await client.acquireTokenByClientCredential({ scopes: everything });
    const second = await client.acquireTokenByClientCredential({ scopes: everything });
    expect(second).toMatchObject({ accessToken: first!.accessToken, fromCache: true });
    expect(tokenCalls()).toEqual([200]);
    const other = await client.acquireTokenByClientCredential({ scopes: everything, skipCache: true });
    expect(other!.accessToken).not.toBe(first!.accessToken);
    expect(await statusOf(other!, '/users')).toBe(200);
    expect(await statusOf(other!, '/domains')).toBe(403);
  });

  test('asks with its certificate and shows the chain', async () => {
    const { appId } = addApplication({ certificatePem: certificate.pem });
    const { pem: x5c, privateKeyPem: privateKey, sha256: thumbprintSha256 } = certificate;
    const clientCertificate = { privateKey, thumbprintSha256, x5c };
    const client = new ConfidentialClientApplication({ auth: { clientId: appId, clientCertificate, ...authority() } });
    const result = await client.acquireTokenByClientCredential({ scopes: everything });
    expect(decodeJwt(result!.accessToken)).toMatchObject({ appid: appId, appidacr: '2', roles: ['User.Read.All'] });
    expect(await statusOf(result!, '/users')).toBe(200);
  });

  test('is told in the classes of the library what is wrong', async () => {
    const { appId, secret } = addApplication();
    const wrong = await problemOf(
      confidential(appId, 'no such secret').acquireTokenByClientCredential({ scopes: everything }),
    );
    expect(wrong).toBeInstanceOf(ServerError);
    expect(wrong).toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215, status: 401 });
    const elsewhere = new ConfidentialClientApplication({
      auth: { clientId: appId, clientSecret: secret, ...authority('elsewhere.example') },
    });
    const unknown = await problemOf(elsewhere.acquireTokenByClientCredential({ scopes: everything }));
    expect(unknown).toBeInstanceOf(ClientAuthError);
  });

  test('does not ask again for as long as it was told to wait', async () => {
    const { appId, secret } = addApplication();
    emulator.control.addFault({
      path: '/*/oauth2/v2.0/token',
      answer: {
        status: 429,
        headers: { 'retry-after': '120' },
        body: { error: 'temporarily_unavailable', error_description: 'Later.', error_codes: [90055] },
      },
    });
    const client = confidential(appId, secret);
    // What the library keeps is the number alone.
    for (const errorCode of ['temporarily_unavailable', '90055']) {
      const problem = await problemOf(client.acquireTokenByClientCredential({ scopes: everything }));
      expect(problem).toMatchObject({ errorCode });
    }
    expect(tokenCalls()).toEqual([429]);
    expect(await confidential(appId, secret).acquireTokenByClientCredential({ scopes: everything })).not.toBeNull();
  });
});

describe('a person', () => {
  test('signs in on a device and stays signed in', async () => {
    const client = new PublicClientApplication({ auth: { clientId: graphTools, ...authority('common') } });
    const result = await client.acquireTokenByDeviceCode({
      scopes: ['User.Read'],
      deviceCodeCallback: ({ verificationUri, userCode }) =>
        void signInOnDevice(verificationUri, userCode, emulator.administrator),
    });
    expect(result!.account).toMatchObject({
      username: emulator.administrator.username,
      tenantId: emulator.tenantId,
      homeAccountId: `${result!.uniqueId}.${emulator.tenantId}`,
    });
    expect(result!.idTokenClaims).toMatchObject({ oid: result!.uniqueId, ver: '2.0' });
    expect(await statusOf(result!, '/me')).toBe(200);
    const request = { account: result!.account!, scopes: ['User.Read'], authority: authority().authority };
    expect((await client.acquireTokenSilent(request)).fromCache).toBe(true);
    const renewed = await client.acquireTokenSilent({ ...request, forceRefresh: true });
    expect(renewed.fromCache).toBe(false);
    expect(await statusOf(renewed, '/me')).toBe(200);
  });

  test('signs in to a web application by code and PKCE, and the session can be ended', async () => {
    const { appId, secret } = addApplication({
      redirectUris: [redirectUri],
      delegated: ['User.Read.All', 'User.RevokeSessions.All'],
    });
    const client = confidential(appId, secret);
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const request = { scopes: ['User.Read.All'], redirectUri };
    const url = await client.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256' });
    const { username, password } = emulator.administrator;
    const back = new URL((await submit(await open(url), { login: username, passwd: password })).url);
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
    const code = back.searchParams.get('code')!;
    const result = await client.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
    expect(await statusOf(result, '/users')).toBe(200);
    emulator.control.advanceClock(1000);
    await clientFor(emulator.url, result.accessToken)('POST', '/me/revokeSignInSessions');
    const silent = { account: result.account!, scopes: ['User.Read.All'], forceRefresh: true };
    expect(await problemOf(client.acquireTokenSilent(silent))).toBeInstanceOf(InteractionRequiredAuthError);
  });

  test('without consent has to be asked first', async () => {
    const { appId } = addApplication({ public: true });
    const client = new PublicClientApplication({ auth: { clientId: appId, ...authority() } });
    const problem = await problemOf(
      client.acquireTokenByUsernamePassword({
        scopes: ['Group.Read.All'],
        username: `ada@${emulator.initialDomain}`,
        password: 'Sunny-Meadow-42',
      }),
    );
    expect(problem).toBeInstanceOf(InteractionRequiredAuthError);
    expect(problem).toMatchObject({ errorNo: 65001 });
  });
});
