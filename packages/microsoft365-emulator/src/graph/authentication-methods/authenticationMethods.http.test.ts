import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import {
  clientFor,
  clientWith,
  getToken,
  signInWith,
  startTrusted,
  type TestClient,
} from '../../testing/TestTenant.ts';

const method = '28c10230-6103-485e-b985-444c60001490';
const ada = 'ada@contoso.onmicrosoft.com';
const synced = 'synced@contoso.onmicrosoft.com';

let emulator: Emulator;
let administrator: TestClient;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      users: [
        { userPrincipalName: 'ada', password: 'Sunny-Meadow-42' },
        { userPrincipalName: 'synced', properties: { onPremisesSyncEnabled: true } },
      ],
    },
  });
  const delegated = ['UserAuthenticationMethod.ReadWrite.All'];
  const app = emulator.control.addApplication({ displayName: 'Desk', public: true, delegated });
  const { username, password } = emulator.administrator;
  const scope = 'UserAuthenticationMethod.ReadWrite.All';
  const form = { grant_type: 'password', client_id: app.appId, username, password, scope };
  administrator = clientFor(emulator.url, (await getToken(emulator, form)).body.access_token);
});
afterAll(() => emulator.close());

test('everybody has a password, which is not shown', async () => {
  const { body } = await administrator('GET', `/users/${ada}/authentication/methods`);
  expect(body.value).toMatchObject([{ id: method, password: null }]);
  expect((await administrator('GET', `/users/${ada}/authentication/passwordMethods`)).body.value).toHaveLength(1);
});

test('a reset is accepted, and done when its operation says so', async () => {
  emulator.control.change({ passwordResetMs: 5000 });
  const path = `/users/${ada}/authentication/methods/${method}/resetPassword`;
  const answer = await administrator('POST', path, {
    newPassword: 'Other-Meadow-42',
    requireChangeOnNextSignIn: false,
  });
  expect(answer.status).toBe(202);
  expect(answer.body.newPassword).toBeNull();
  const location = answer.headers.get('location') ?? '';
  expect((await administrator('GET', location)).body.status).toBe('running');
  emulator.control.advanceClock(5000);
  expect((await administrator('GET', location)).body.status).toBe('succeeded');
  expect((await signInWith(emulator, ada, 'Other-Meadow-42')).status).toBe(200);
});

test('without a password the service makes one that has to be changed', async () => {
  const path = `/users/${ada}/authentication/methods/${method}/resetPassword`;
  const { body } = await administrator('POST', path, {});
  expect((await signInWith(emulator, ada, body.newPassword)).body.error_codes).toEqual([50055]);
});

test('applications may not reset passwords this way, and a weak one is refused', async () => {
  const path = `/users/${ada}/authentication/methods/${method}/resetPassword`;
  const application = await clientWith(emulator, ['UserAuthenticationMethod.ReadWrite.All']);
  expect((await application('POST', path, {})).status).toBe(403);
  expect((await administrator('POST', path, { newPassword: 'weak' })).body.error.code).toBe('Request_BadRequest');
});

test('a synchronized user can be written once the cloud is the source of authority', async () => {
  const application = await clientWith(emulator, ['User.ReadWrite.All', 'User-OnPremisesSyncBehavior.ReadWrite.All']);
  const behavior = `/users/${synced}/onPremisesSyncBehavior`;
  expect((await application('GET', behavior)).body.isCloudManaged).toBe(false);
  expect((await application('PATCH', `/users/${synced}`, { jobTitle: 'Analyst' })).status).toBe(400);
  expect((await application('PATCH', behavior, { isCloudManaged: true })).status).toBe(204);
  expect((await application('PATCH', `/users/${synced}`, { jobTitle: 'Analyst' })).status).toBe(204);
  expect((await application('GET', behavior)).body.isCloudManaged).toBe(true);
});
