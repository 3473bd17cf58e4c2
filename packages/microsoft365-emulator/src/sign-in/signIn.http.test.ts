import { ClientSecretCredential } from '@azure/identity';
import {
  ConfidentialClientApplication,
  CryptoProvider,
  type DeviceCodeRequest,
  PublicClientApplication,
} from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { open, permissionsOn, signInOnDevice, submit } from '../testing/Browser.ts';
import { makeClientCertificate, type TestCertificate } from '../testing/certificates.ts';
import { clientFor, startTrusted } from '../testing/TestTenant.ts';

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const scopes = ['https://graph.microsoft.com/.default'];

let emulator: Emulator;
let certificate: TestCertificate;
let host: string;

beforeAll(async () => {
  emulator = await startTrusted({ seed: { users: [{ userPrincipalName: 'ada', password: 'Sunny-Meadow-42' }] } });
  certificate = await makeClientCertificate();
  host = new URL(emulator.url).host;
});
afterAll(() => emulator.close());

function authority(tenant: string = emulator.tenantId): { authority: string; knownAuthorities: string[] } {
  return { authority: `${emulator.url}/${tenant}`, knownAuthorities: [host] };
}

type DeviceCodeResponse = Parameters<DeviceCodeRequest['deviceCodeCallback']>[0];

/** Lets a visit to the pages go on beside the polling; a failed expectation of it fails the test. */
function visiting(visit: (code: DeviceCodeResponse) => Promise<unknown>): (code: DeviceCodeResponse) => void {
  return (code) => void visit(code);
}

function publicClient(clientId = graphTools, tenant = emulator.tenantId): PublicClientApplication {
  return new PublicClientApplication({ auth: { clientId, ...authority(tenant) } });
}

describe('an application signs in as itself, by msal-node', () => {
  test('with a secret', async () => {
    const { appId, secret, servicePrincipalId } = emulator.control.addApplication({
      displayName: 'With secret',
      permissions: ['User.Read.All'],
      roles: ['User Administrator'],
    });
    const client = new ConfidentialClientApplication({
      auth: { clientId: appId, clientSecret: secret!, ...authority() },
    });
    const result = await client.acquireTokenByClientCredential({ scopes });
    const claims = decodeJwt(result!.accessToken);
    expect(claims).toMatchObject({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${emulator.tenantId}/`,
      appid: appId,
      appidacr: '1',
      idtyp: 'app',
      oid: servicePrincipalId,
      sub: servicePrincipalId,
      roles: ['User.Read.All'],
      wids: ['fe930be7-5e62-47db-91af-98c3a49a38b1'],
      ver: '1.0',
    });
    const graph = clientFor(emulator.url, result!.accessToken);
    expect((await graph('GET', '/users')).status).toBe(200);
  });

  test.each(['PS256', 'RS256'])('with a certificate and %s', async (algorithm) => {
    const { appId } = emulator.control.addApplication({
      displayName: 'With certificate',
      certificatePem: certificate.pem,
    });
    const thumbprint =
      algorithm === 'PS256' ? { thumbprintSha256: certificate.sha256 } : { thumbprint: certificate.sha1 };
    const clientCertificate = { privateKey: certificate.privateKeyPem, ...thumbprint };
    const client = new ConfidentialClientApplication({ auth: { clientId: appId, clientCertificate, ...authority() } });
    const result = await client.acquireTokenByClientCredential({ scopes });
    expect(decodeJwt(result!.accessToken)).toMatchObject({ appid: appId, appidacr: '2' });
  });

  test('a certificate that is not on the application is refused with AADSTS700027', async () => {
    const { appId } = emulator.control.addApplication({
      displayName: 'Other certificate',
      certificatePem: certificate.pem,
    });
    const other = await makeClientCertificate();
    const clientCertificate = { privateKey: other.privateKeyPem, thumbprintSha256: other.sha256 };
    const client = new ConfidentialClientApplication({ auth: { clientId: appId, clientCertificate, ...authority() } });
    await expect(client.acquireTokenByClientCredential({ scopes })).rejects.toThrow(/AADSTS700027/);
  });

  test('a key that does not belong to the certificate is refused with AADSTS700027', async () => {
    const { appId } = emulator.control.addApplication({ displayName: 'Wrong key', certificatePem: certificate.pem });
    const other = await makeClientCertificate();
    const clientCertificate = { privateKey: other.privateKeyPem, thumbprintSha256: certificate.sha256 };
    const client = new ConfidentialClientApplication({ auth: { clientId: appId, clientCertificate, ...authority() } });
    await expect(client.acquireTokenByClientCredential({ scopes })).rejects.toThrow(/AADSTS700027.*signature/);
  });
});

test('@azure/identity signs in with a secret', async () => {
  const { appId, secret } = emulator.control.addApplication({
    displayName: 'Identity',
    permissions: ['User.Read.All'],
  });
  const credential = new ClientSecretCredential(emulator.tenantId, appId, secret!, {
    authorityHost: emulator.url,
    disableInstanceDiscovery: true,
  });
  const token = await credential.getToken(scopes);
  expect(decodeJwt(token.token)).toMatchObject({ appid: appId });
});

describe('a person signs in on a device, by msal-node', () => {
  test('the administrator is shown the permissions, accepts them, and Graph takes the token', async () => {
    const wanted = ['Application.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'];
    let shown: string[] = [];
    const result = await publicClient().acquireTokenByDeviceCode({
      scopes: wanted,
      deviceCodeCallback: visiting(async ({ verificationUri, userCode }) => {
        const signIn = await submit(await open(verificationUri), { otc: userCode.toLowerCase() });
        const { username, password } = emulator.administrator;
        const consent = await submit(signIn, { login: username, passwd: password });
        shown = permissionsOn(consent);
        expect((await submit(consent, { decision: 'accept' })).title).toBe('You have signed in');
      }),
    });
    expect(shown).toEqual(wanted);
    expect(result!.account!.username).toBe(emulator.administrator.username);
    expect(String(decodeJwt(result!.accessToken)['scp']).split(' ')).toEqual(expect.arrayContaining(wanted));
    const graph = clientFor(emulator.url, result!.accessToken);
    expect((await graph('GET', '/applications')).status).toBe(200);
  });

  test('msal-node renews the token silently with the refresh token', async () => {
    const client = publicClient(graphTools, 'organizations');
    const first = await client.acquireTokenByDeviceCode({
      scopes: ['User.Read'],
      deviceCodeCallback: visiting(async ({ verificationUri, userCode }) => {
        await signInOnDevice(verificationUri, userCode, emulator.administrator);
      }),
    });
    const tenantAuthority = `${emulator.url}/${emulator.tenantId}`;
    const request = { account: first!.account!, scopes: ['User.Read'], forceRefresh: true, authority: tenantAuthority };
    const second = await client.acquireTokenSilent(request);
    expect(second.accessToken).not.toBe(first!.accessToken);
  });

  test('an ordinary person is told that an administrator has to approve', async () => {
    const client = publicClient();
    const pending = client.acquireTokenByDeviceCode({
      scopes: ['Application.ReadWrite.All'],
      deviceCodeCallback: visiting(async ({ verificationUri, userCode }) => {
        const person = { username: `ada@${emulator.initialDomain}`, password: 'Sunny-Meadow-42' };
        expect((await signInOnDevice(verificationUri, userCode, person)).title).toBe('Need admin approval');
        emulator.control.advanceClock(16 * 60_000);
      }),
    });
    await expect(pending).rejects.toThrow(/expired|AADSTS70019/i);
    emulator.control.change({ clockOffsetMs: 0 });
  });

  test('declining is told to the device', async () => {
    const pending = publicClient().acquireTokenByDeviceCode({
      scopes: ['Organization.Read.All'],
      deviceCodeCallback: visiting(async ({ verificationUri, userCode }) => {
        const signIn = await submit(await open(verificationUri), { otc: userCode });
        const { username, password } = emulator.administrator;
        const consent = await submit(signIn, { login: username, passwd: password });
        expect((await submit(consent, { decision: 'cancel' })).title).toBe('Sign-in cancelled');
      }),
    });
    await expect(pending).rejects.toThrow(/authorization_declined/);
  });

  test('a code nobody asked for is refused on the page', async () => {
    const page = await submit(await open(`${emulator.url}/common/oauth2/deviceauth`), { otc: 'ABCDEFGHJ' });
    expect(page.html).toContain('role="alert"');
  });
});

describe('authorization code with PKCE, by msal-node', () => {
  async function signIn(
    clientId: string,
    redirectUri: string,
  ): Promise<{ client: PublicClientApplication; code: string; verifier: string }> {
    const client = publicClient(clientId);
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const request = {
      scopes: ['User.Read'],
      redirectUri,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256' as const,
    };
    const page = await open(await client.getAuthCodeUrl({ ...request, state: 'here & there' }));
    const { username, password } = emulator.administrator;
    const next = await submit(page, { login: username, passwd: password });
    const back = next.title.startsWith('Permissions') ? await submit(next, { decision: 'accept' }) : next;
    const url = new URL(back.url);
    expect(url.searchParams.get('state')).toBe('here & there');
    return { client, code: url.searchParams.get('code')!, verifier };
  }

  test('the code buys a token once', async () => {
    const redirectUri = 'http://localhost:4321';
    const { client, code, verifier } = await signIn(graphTools, redirectUri);
    const request = { scopes: ['User.Read'], redirectUri, code, codeVerifier: verifier };
    const result = await client.acquireTokenByCode(request);
    expect(result.account!.username).toBe(emulator.administrator.username);
    await expect(client.acquireTokenByCode(request)).rejects.toThrow(/AADSTS54005/);
  });

  test('another verifier does not fit', async () => {
    const redirectUri = 'http://localhost:4321';
    const { client, code } = await signIn(graphTools, redirectUri);
    const codeVerifier = 'x'.repeat(64);
    await expect(client.acquireTokenByCode({ scopes: ['User.Read'], redirectUri, code, codeVerifier })).rejects.toThrow(
      /AADSTS501481/,
    );
  });

  test('an address that is not registered gets no answer sent to it', async () => {
    const url = await publicClient().getAuthCodeUrl({
      scopes: ['User.Read'],
      redirectUri: 'https://elsewhere.example',
    });
    const page = await open(url);
    expect(page.status).toBe(400);
    expect(page.html).toContain('AADSTS50011');
  });
});

describe('user name and password, by msal-node', () => {
  test('prove that a password works', async () => {
    const result = await publicClient().acquireTokenByUsernamePassword({
      scopes: ['openid'],
      username: `ada@${emulator.initialDomain}`,
      password: 'Sunny-Meadow-42',
    });
    expect(result!.account!.username).toBe(`ada@${emulator.initialDomain}`);
  });

  test('a permission nobody consented to is refused with AADSTS65001', async () => {
    const request = {
      scopes: ['Group.Read.All'],
      username: `ada@${emulator.initialDomain}`,
      password: 'Sunny-Meadow-42',
    };
    await expect(publicClient().acquireTokenByUsernamePassword(request)).rejects.toThrow(/AADSTS65001/);
  });
});

test('an unknown tenant is refused by the discovery document itself', async () => {
  const response = await fetch(`${emulator.url}/elsewhere.example/v2.0/.well-known/openid-configuration`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
});

test('instance discovery names this host as an authority of its own', async () => {
  const answer = await (await fetch(`${emulator.url}/common/discovery/instance?api-version=1.1`)).json();
  expect(answer).toMatchObject({ metadata: [{ preferred_network: host }] });
});
