import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AddedApplication, Emulator } from '../index.ts';
import { startTrusted } from '../testing/TestTenant.ts';

let emulator: Emulator;
let application: AddedApplication;

beforeAll(async () => {
  emulator = await startTrusted({ seed: { users: [{ userPrincipalName: 'ada', password: 'Sunny-Meadow-42' }] } });
  application = emulator.control.addApplication({ displayName: 'App', redirectUris: ['https://app.example/back'] });
});
afterAll(() => emulator.close());

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const odd = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '%', '%zz', '\r\n', '../..', '{}'),
);
const tenant = fc.oneof(fc.constantFrom('common', 'organizations', 'consumers', 'contoso.onmicrosoft.com'), odd);
const known: Readonly<Record<string, fc.Arbitrary<string>>> = {
  grant_type: fc.constantFrom('client_credentials', 'authorization_code', 'refresh_token', 'password', 'device_code'),
  client_id: fc.constantFrom(graphTools, 'own'),
  client_secret: fc.constantFrom('own', 'wrong'),
  client_assertion: fc.constantFrom('a.b.c', 'e30.e30.e30', 'eyJhbGciOiJub25lIn0.e30.'),
  client_assertion_type: fc.constant('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  scope: fc.constantFrom('openid', 'https://graph.microsoft.com/.default', '/', '//', 'https://x/.default User.Read'),
  username: fc.constantFrom('ada@contoso.onmicrosoft.com', '@', 'ada'),
  password: fc.constantFrom('Sunny-Meadow-42'),
  redirect_uri: fc.constantFrom('https://app.example/back', 'http://localhost', 'javascript:alert(1)'),
  response_type: fc.constantFrom('code', 'token'),
  response_mode: fc.constantFrom('query', 'fragment', 'form_post'),
  prompt: fc.constantFrom('none', 'consent'),
  claims: fc.constantFrom('{"access_token":{"xms_cc":{"values":["CP1"]}}}', '{'),
  post_logout_redirect_uri: fc.constantFrom('https://app.example/', 'x\r\ny: z', 'ä'),
  device_code: fc.constant('x'),
  code: fc.constant('x'),
  refresh_token: fc.constant('x'),
  state: odd,
  flow: odd,
  otc: odd,
  login: odd,
  passwd: odd,
  'client-request-id': odd,
};
const form = fc.record(
  Object.fromEntries(
    Object.entries(known).map(([name, value]) => [name, fc.oneof({ weight: 4, arbitrary: value }, odd)]),
  ),
  { requiredKeys: [] },
);
const paths = [
  'oauth2/v2.0/token',
  'oauth2/v2.0/devicecode',
  'oauth2/v2.0/authorize',
  'oauth2/v2.0/logout',
  'oauth2/deviceauth',
  'v2.0/adminconsent',
  'v2.0/.well-known/openid-configuration',
  'discovery/v2.0/keys',
  'login',
  'consent',
  'changepassword',
];
const authorization = fc.option(
  fc.oneof(
    fc.constant('Basic JTolJQ=='),
    fc.string().map((text) => `Basic ${Buffer.from(text).toString('base64')}`),
  ),
);

test('nothing that a stranger sends makes the sign-in service fail', async () => {
  const request = fc.tuple(fc.constantFrom('GET', 'POST'), tenant, fc.constantFrom(...paths), form, authorization);
  await fc.assert(
    fc.asyncProperty(request, async ([method, name, path, fields, basic]) => {
      const own = { ...fields };
      if (own['client_id'] === 'own') own['client_id'] = application.appId;
      if (own['client_secret'] === 'own') own['client_secret'] = application.secret ?? '';
      const parameters = new URLSearchParams(own as Record<string, string>);
      const query = method === 'GET' ? `?${parameters}` : '';
      const answer = await fetch(`${emulator.url}/${encodeURIComponent(name)}/${path}${query}`, {
        method,
        redirect: 'manual',
        headers: basic === null ? {} : { authorization: basic },
        ...(method === 'POST' ? { body: parameters } : {}),
      });
      await answer.arrayBuffer();
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});
