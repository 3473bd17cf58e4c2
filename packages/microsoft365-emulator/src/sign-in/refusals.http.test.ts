import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AddedApplication, Emulator } from '../index.ts';
import { open, submit } from '../testing/Browser.ts';
import { makeClientCertificate } from '../testing/certificates.ts';
import {
  clientWith,
  getToken,
  newUser,
  signInWith,
  startTrusted,
  type TestAnswer,
  type TestClient,
} from '../testing/TestTenant.ts';

const scope = 'https://graph.microsoft.com/.default';
const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const ada = 'ada@contoso.onmicrosoft.com';
const password = 'Sunny-Meadow-42';

let emulator: Emulator;
let graph: TestClient;

beforeAll(async () => {
  emulator = await startTrusted();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator);
  await graph('POST', '/users', newUser('ada'));
});

function refusal(answer: TestAnswer): [number, string, number] {
  return [answer.status, answer.body.error, answer.body.error_codes?.[0]];
}

describe('applications', () => {
  function asApplication(app: Partial<AddedApplication>, more: Record<string, string> = {}): Promise<TestAnswer> {
    return getToken(emulator, { grant_type: 'client_credentials', client_id: app.appId!, scope, ...more });
  }

  test('every mistake has its own number', async () => {
    const app = emulator.control.addApplication({ displayName: 'App' });
    const unknown = { appId: '11111111-2222-3333-4444-555555555555' };
    expect(refusal(await asApplication(app, { client_secret: 'wrong' }))).toEqual([401, 'invalid_client', 7000215]);
    expect(refusal(await asApplication(app))).toEqual([401, 'invalid_client', 7000218]);
    expect(refusal(await asApplication(unknown, { client_secret: 'x' }))).toEqual([400, 'unauthorized_client', 700016]);
    const single = { client_secret: app.secret!, scope: 'https://graph.microsoft.com/User.Read' };
    expect(refusal(await asApplication(app, single))).toEqual([400, 'invalid_scope', 1002012]);
    const elsewhere = { client_secret: app.secret!, scope: 'https://elsewhere.example/.default' };
    expect(refusal(await asApplication(app, elsewhere))).toEqual([400, 'invalid_resource', 500011]);
    const publicWithSecret = { client_secret: 'x' };
    expect(refusal(await asApplication({ appId: graphTools }, publicWithSecret))).toEqual([
      401,
      'invalid_client',
      700025,
    ]);
    const form = { grant_type: 'client_credentials', client_id: app.appId, scope, client_secret: app.secret! };
    expect(refusal(await getToken(emulator, form, 'elsewhere.example'))).toEqual([400, 'invalid_tenant', 90002]);
    expect(refusal(await getToken(emulator, form, 'nonsense'))).toEqual([400, 'invalid_request', 900023]);
  });

  test('the refusal has the form and the headers of the service', async () => {
    const app = emulator.control.addApplication({ displayName: 'App' });
    const answer = await asApplication(app, { client_secret: 'wrong', 'client-request-id': 'c0ffee' });
    expect(answer.body.error_description).toMatch(
      /^AADSTS7000215: .* Trace ID: \S+ Correlation ID: c0ffee Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    );
    expect(answer.body.trace_id).toBe(answer.headers.get('x-ms-request-id'));
    expect(answer.headers.get('x-ms-clitelem')).toBe('1,7000215,0,,');
    expect(answer.headers.get('cache-control')).toBe('no-store, no-cache');
  });

  test('an application without a service principal is refused with AADSTS7000229, an expired secret with 7000222', async () => {
    const app = emulator.control.addApplication({ displayName: 'App' });
    const admin = await clientWith(emulator, ['Application.ReadWrite.All'], []);
    await admin('DELETE', `/servicePrincipals/${app.servicePrincipalId}`);
    expect(refusal(await asApplication(app, { client_secret: app.secret! }))).toEqual([401, 'invalid_client', 7000229]);
    emulator.control.advanceClock(366 * 24 * 3600_000);
    expect(refusal(await asApplication(app, { client_secret: app.secret! }))).toEqual([401, 'invalid_client', 7000222]);
  });

  test('an assertion is checked claim by claim', async () => {
    const certificate = await makeClientCertificate();
    const app = emulator.control.addApplication({ displayName: 'App', certificatePem: certificate.pem });
    const key = await importPKCS8(certificate.privateKeyPem, 'RS256');
    const x5t = Buffer.from(certificate.sha1, 'hex').toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const good = {
      aud: `${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`,
      iss: app.appId,
      sub: app.appId,
      nbf: now,
      exp: now + 600,
    };
    const trial = async (claims: object, header: object = { x5t }): Promise<unknown> => {
      const jwt = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', ...header });
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      const answer = await asApplication(app, { client_assertion_type, client_assertion: await jwt.sign(key) });
      return answer.status === 200 ? 'accepted' : answer.body.error_codes[0];
    };
    expect(await trial(good)).toBe('accepted');
    expect(await trial(good, { x5t: `${Buffer.from(certificate.sha1, 'hex').toString('base64')}\n` })).toBe('accepted');
    expect(await trial({ ...good, aud: 'https://elsewhere.example' })).toBe(700023);
    expect(await trial({ ...good, sub: 'somebody else' })).toBe(700021);
    expect(await trial({ ...good, nbf: now - 4000, exp: now - 3600 })).toBe(700024);
    expect(await trial({ ...good, iss: undefined })).toBe(90014);
    expect(await trial(good, {})).toBe(5002723);
    expect(await trial(good, { x5t: 'AAAA' })).toBe(700027);
  });
});

describe('people', () => {
  test('every reason not to sign in has its own number', async () => {
    expect((await signInWith(emulator, ada, password)).status).toBe(200);
    expect(refusal(await signInWith(emulator, ada, 'Wrong-Meadow-42'))).toEqual([400, 'invalid_grant', 50126]);
    expect(refusal(await signInWith(emulator, `nobody@${emulator.initialDomain}`, password))).toEqual([
      400,
      'invalid_grant',
      50034,
    ]);
    await graph('PATCH', `/users/${ada}`, { accountEnabled: false });
    expect(refusal(await signInWith(emulator, ada, password))).toEqual([400, 'invalid_grant', 50057]);
    expect(refusal(await signInWith(emulator, ada, 'Wrong-Meadow-42'))).toEqual([400, 'invalid_grant', 50126]);
  });

  test('a password that must be changed does not sign in, until it is changed on the page', async () => {
    const passwordProfile = { password: 'First-Meadow-42', forceChangePasswordNextSignIn: true };
    await graph('PATCH', `/users/${ada}`, { passwordProfile });
    const answer = await signInWith(emulator, ada, 'First-Meadow-42');
    expect(refusal(answer)).toEqual([400, 'invalid_grant', 50055]);
    expect(answer.body.suberror).toBe('user_password_expired');
    const start = await fetch(`${emulator.url}/common/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: graphTools, scope: 'openid' }),
    });
    const { verification_uri, user_code } = (await start.json()) as Record<string, string>;
    const signIn = await submit(await open(verification_uri!), { otc: user_code! });
    const update = await submit(signIn, { login: ada, passwd: 'First-Meadow-42' });
    expect(update.title).toBe('Update your password');
    const fields = { oldpwd: 'First-Meadow-42', newpwd: 'short', confirmpwd: 'short' };
    expect((await submit(update, fields)).html).toContain('harder for people to guess');
    const better = { ...fields, newpwd: 'Second-Meadow-42', confirmpwd: 'Second-Meadow-42' };
    expect((await submit(update, better)).title).toBe('You have signed in');
    expect((await signInWith(emulator, ada, 'Second-Meadow-42')).status).toBe(200);
  });

  test('ten different wrong passwords lock the account for a minute, the same one again does not count', async () => {
    for (let i = 0; i < 12; i += 1) await signInWith(emulator, ada, 'Same-Wrong-42');
    expect((await signInWith(emulator, ada, password)).status).toBe(200);
    for (let i = 0; i < 10; i += 1) await signInWith(emulator, ada, `Wrong-Meadow-${i}`);
    expect(refusal(await signInWith(emulator, ada, password))).toEqual([400, 'invalid_grant', 50053]);
    emulator.control.advanceClock(61_000);
    expect((await signInWith(emulator, ada, password)).status).toBe(200);
  });

  test.each([
    ['revoking sessions', (client: TestClient) => client('POST', `/users/${ada}/revokeSignInSessions`)],
    [
      'resetting the password',
      (client: TestClient) => client('PATCH', `/users/${ada}`, { passwordProfile: { password: 'Other-Meadow-42' } }),
    ],
  ])('%s ends what the refresh token could do, with AADSTS50173', async (_, act) => {
    const { refresh_token } = (await signInWith(emulator, ada, password)).body;
    const form = { grant_type: 'refresh_token', client_id: graphTools, refresh_token, scope: 'openid' };
    expect((await getToken(emulator, form)).status).toBe(200);
    emulator.control.advanceClock(1000);
    await act(graph);
    const answer = await getToken(emulator, form);
    expect(refusal(answer)).toEqual([400, 'invalid_grant', 50173]);
    expect(answer.body.suberror).toBe('bad_token');
  });

  test('a refresh token that nobody used for ninety days is worth nothing', async () => {
    const { refresh_token } = (await signInWith(emulator, ada, password)).body;
    emulator.control.advanceClock(91 * 24 * 3600_000);
    const form = { grant_type: 'refresh_token', client_id: graphTools, refresh_token, scope: 'openid' };
    expect(refusal(await getToken(emulator, form))).toEqual([400, 'invalid_grant', 700082]);
  });

  test('a client that understands continuous access evaluation is challenged, another one is not', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const form = { grant_type: 'password', client_id: graphTools, username: ada, password, scope: 'openid' };
    const aware = (await getToken(emulator, { ...form, claims })).body.access_token;
    const unaware = (await getToken(emulator, form)).body.access_token;
    emulator.control.advanceClock(2000);
    await graph('POST', `/users/${ada}/revokeSignInSessions`);
    const read = (token: string): Promise<Response> =>
      fetch(`${emulator.url}/v1.0/me`, { headers: { authorization: `Bearer ${token}` } });
    const challenged = await read(aware);
    expect(challenged.status).toBe(401);
    expect(challenged.headers.get('www-authenticate')).toContain('error="insufficient_claims"');
    expect((await read(unaware)).status).not.toBe(401);
  });
});
