import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { open, submit } from '../testing/Browser.ts';
import { answerOf, clientFor, getToken, startTrusted, type TestAnswer } from '../testing/TestTenant.ts';

const contoso = '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const fabrikam = '22222222-bbbb-4bbb-8bbb-bbbbbbbbbbbb';
const password = 'Sunny-Meadow-42';
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

let emulator: Emulator;

beforeAll(async () => {
  const administrator = { password };
  const users = [{ userPrincipalName: 'ada', password }];
  emulator = await startTrusted({
    seed: {
      tenants: [
        { id: contoso, administrator, users },
        { id: fabrikam, displayName: 'Fabrikam', initialDomain: 'fabrikam.onmicrosoft.com', administrator, users },
      ],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

function asApplication(
  app: { readonly appId: string; readonly secret: string | undefined },
  resource: string,
  tenant = contoso,
): Promise<TestAnswer> {
  const form = {
    grant_type: 'client_credentials',
    client_id: app.appId,
    client_secret: app.secret!,
    scope: `${resource}/.default`,
  };
  return getToken(emulator, form, tenant);
}

function asAda(scope: string, more: Record<string, string> = {}, tenant = 'organizations'): Promise<TestAnswer> {
  const form = { grant_type: 'password', client_id: azureCli, username: 'ada@contoso.onmicrosoft.com', password };
  return getToken(emulator, { ...form, scope, ...more }, tenant);
}

describe('several tenants', () => {
  test('an application of one is used in another after its administrator consented there', async () => {
    const app = emulator.control.addApplication({
      displayName: 'Shared',
      multiTenant: true,
      redirectUris: ['https://shared.example/back'],
      declared: ['User.Read.All'],
    });
    expect((await asApplication(app, 'https://graph.microsoft.com', fabrikam)).body.error_codes).toEqual([7000229]);
    const query = new URLSearchParams({
      client_id: app.appId,
      redirect_uri: 'https://shared.example/back',
      state: 's',
    });
    const page = await open(`${emulator.url}/fabrikam.onmicrosoft.com/v2.0/adminconsent?${query}`);
    const consent = await submit(page, { login: 'admin@fabrikam.onmicrosoft.com', passwd: password });
    const back = new URL((await submit(consent, { decision: 'accept' })).url);
    expect(Object.fromEntries(back.searchParams)).toEqual({ admin_consent: 'True', tenant: fabrikam, state: 's' });
    const claims = decodeJwt((await asApplication(app, 'https://graph.microsoft.com', fabrikam)).body.access_token);
    expect(claims).toMatchObject({ tid: fabrikam, appid: app.appId, roles: ['User.Read.All'] });
    expect(claims['oid']).not.toBe(app.servicePrincipalId);
  });

  test('an application for one tenant is refused where any tenant is meant, with AADSTS50194', async () => {
    const app = emulator.control.addApplication({ displayName: 'Single', public: true });
    const body = new URLSearchParams({ client_id: app.appId, scope: 'openid' });
    const start = (tenant: string): Promise<Response> =>
      fetch(`${emulator.url}/${tenant}/oauth2/v2.0/devicecode`, { method: 'POST', body });
    expect((await start(contoso)).status).toBe(200);
    const answer = await answerOf(await start('organizations'));
    expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([400, 'unauthorized_client', [50194]]);
  });

  test('people are found by the domain of their name', async () => {
    const answer = await asAda('openid', { username: 'ada@fabrikam.onmicrosoft.com' });
    expect(decodeJwt(answer.body.access_token)['tid']).toBe(fabrikam);
  });
});

describe('resources', () => {
  test.each([
    'https://outlook.office365.com',
    'https://contoso.sharepoint.com',
    'https://contoso-admin.sharepoint.com',
    'https://graph.microsoft.com',
    '00000003-0000-0000-c000-000000000000',
  ])('a token is for the audience that was asked for: %s', async (resource) => {
    const app = emulator.control.addApplication({ displayName: 'App', permissions: ['User.Read.All'] });
    const token = (await asApplication(app, resource)).body.access_token;
    expect(decodeJwt(token)['aud']).toBe(resource);
    const isForGraph = resource.includes('graph') || resource.startsWith('0000');
    const { status } = await clientFor(emulator.url, token)('GET', '/users');
    expect(status).toBe(isForGraph ? 200 : 401);
  });

  test('Azure CLI gets an empty list of subscriptions and its tenant', async () => {
    const token = (await asAda('https://management.core.windows.net//.default')).body.access_token;
    expect(decodeJwt(token)).toMatchObject({ aud: 'https://management.core.windows.net', scp: 'user_impersonation' });
    const ask = (path: string, bearer: string): Promise<Response> =>
      fetch(`${emulator.url}${path}?api-version=2022-12-01`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(await (await ask('/subscriptions', token)).json()).toEqual({
      value: [],
      count: { type: 'Total', value: 0 },
    });
    expect(await (await ask('/tenants', token)).json()).toMatchObject({ value: [{ tenantId: contoso }] });
    const forGraph = (await asAda('https://graph.microsoft.com/.default')).body.access_token;
    const refused = await ask('/subscriptions', forGraph);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('authorization_uri="https://login.microsoftonline.com');
  });

  test("nobody but Graph can check the signature of Graph's tokens; everybody can check other ones", async () => {
    const app = emulator.control.addApplication({ displayName: 'App' });
    const keys = await (await fetch(`${emulator.url}/${contoso}/discovery/v2.0/keys`)).json();
    const keySet = createLocalJWKSet(keys as JSONWebKeySet);
    const forExchange = (await asApplication(app, 'https://outlook.office365.com')).body.access_token;
    await expect(jwtVerify(forExchange, keySet)).resolves.toBeDefined();
    const forGraph = (await asApplication(app, 'https://graph.microsoft.com')).body.access_token;
    await expect(jwtVerify(forGraph, keySet)).rejects.toThrow(/signature/);
  });
});

describe('a national cloud', () => {
  test('has its own hosts in documents, audiences and challenges', async () => {
    const app = emulator.control.addApplication({ displayName: 'App', permissions: ['User.Read.All'] });
    const worldwide = (await asApplication(app, 'https://graph.microsoft.com')).body.access_token;
    emulator.control.change({ cloud: 'usGovernmentL4' });
    const document = await (await fetch(`${emulator.url}/common/v2.0/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      cloud_instance_name: 'microsoftonline.us',
      msgraph_host: 'graph.microsoft.us',
      issuer: `${emulator.url}/{tenantid}/v2.0`,
    });
    expect((await asApplication(app, 'https://graph.microsoft.com')).body.error_codes).toEqual([500011]);
    const token = (await asApplication(app, 'https://graph.microsoft.us')).body.access_token;
    const users = await clientFor(emulator.url, token)('GET', '/users');
    expect(users.body['@odata.context']).toBe('https://graph.microsoft.us/v1.0/$metadata#users');
    const refused = await clientFor(emulator.url, worldwide)('GET', '/users');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('https://login.microsoftonline.us/common');
    const exchange = await asApplication(app, 'https://outlook.office365.us');
    expect(decodeJwt(exchange.body.access_token)['aud']).toBe('https://outlook.office365.us');
  });
});

describe('switches of sign-in', () => {
  test.each([
    [50076, 'basic_action', undefined],
    [53003, 'message_only', /^\{"access_token":\{"capolids":/],
  ] as const)('a policy refuses with AADSTS%i', async (refusal, suberror, claims) => {
    emulator.control.change({ signInPolicies: [{ refusal, userPrincipalName: 'ADA@contoso.onmicrosoft.com' }] });
    const { status, body } = await asAda('openid');
    expect([status, body.error, body.suberror, body.error_codes]).toEqual([400, 'invalid_grant', suberror, [refusal]]);
    if (claims === undefined) expect(body.claims).toBeUndefined();
    else expect(body.claims).toMatch(claims);
    const other = await asAda('openid', { username: 'ada@fabrikam.onmicrosoft.com' });
    expect(other.status).toBe(200);
  });

  test('a revoked session ends for everybody, and later, when the tenant is told so', async () => {
    emulator.control.change({ continuousAccess: 'everybody', revocationDelaySeconds: 30 });
    const token = (await asAda('https://graph.microsoft.com/.default')).body.access_token;
    const graph = clientFor(emulator.url, token);
    emulator.control.advanceClock(2000);
    expect((await graph('POST', '/me/revokeSignInSessions')).status).toBe(200);
    expect((await graph('GET', '/me')).status).toBe(200);
    emulator.control.advanceClock(31_000);
    const challenged = await graph('GET', '/me');
    expect([challenged.status, challenged.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    emulator.control.change({ continuousAccess: 'nobody' });
    expect((await graph('GET', '/me')).status).toBe(200);
  });

  test('a consent given at sign-in counts at once, however far replicas lag behind', async () => {
    emulator.control.change({ lagMs: { all: 60_000 } });
    const start = await fetch(`${emulator.url}/common/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: graphTools, scope: 'Group.Read.All openid' }),
    });
    const { user_code, device_code } = (await start.json()) as Record<string, string>;
    const signIn = await submit(await open(`${emulator.url}/devicelogin`), { otc: user_code! });
    const consent = await submit(signIn, { login: emulator.administrator.username, passwd: password });
    expect((await submit(consent, { decision: 'accept' })).title).toBe('You have signed in');
    const form = { grant_type: 'device_code', client_id: graphTools, device_code: device_code! };
    expect((await getToken(emulator, form, 'common')).status).toBe(200);
  });
});

test('the address in a refusal explains its number', async () => {
  const { body } = await asAda('openid', { password: 'wrong' });
  const page = await open(body.error_uri);
  expect(page.title).toBe('AADSTS50126');
  expect(page.html).toContain('invalid username or password');
});
