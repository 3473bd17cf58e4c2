import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import { clientWith, newUser, signInWith, startTrusted, type TestAnswer } from '../../testing/TestTenant.ts';

const LIST = '/users?$select=id,signInActivity';
const password = 'Sunny-Meadow-42';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startTrusted();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const codeOf = ({ status, body }: TestAnswer): [number, string] => [status, body.error.code];
const reader = (of = emulator) => clientWith(of, ['User.ReadWrite.All', 'AuditLog.Read.All']);

test('tells the last attempt and the last success; null for who never signed in', async () => {
  const graph = await reader();
  const { body: ada } = await graph('POST', '/users', newUser('ada'));
  const of = async (id: string) => (await graph('GET', `/users/${id}?$select=signInActivity`)).body.signInActivity;
  expect(await of(ada.id)).toBeNull();
  await signInWith(emulator, 'ada@contoso.onmicrosoft.com', password);
  const first = await of(ada.id);
  expect(first.lastSignInDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(first).toMatchObject({
    lastSuccessfulSignInDateTime: first.lastSignInDateTime,
    lastNonInteractiveSignInDateTime: null,
  });
  emulator.control.advanceClock(3600_000);
  await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'wrong');
  const later = await reader();
  const second = (await later('GET', `/users/${ada.id}?$select=signInActivity`)).body.signInActivity;
  expect(second.lastSuccessfulSignInDateTime).toBe(first.lastSuccessfulSignInDateTime);
  expect(Date.parse(second.lastSignInDateTime)).toBeGreaterThanOrEqual(Date.parse(first.lastSignInDateTime) + 3600_000);
  const listed = (await later('GET', LIST)).body.value;
  expect(listed.find(({ id }: { id: string }) => id === ada.id).signInActivity).toEqual(second);
});

test('is no change of the account for the change feed, and not shown unless asked for', async () => {
  const graph = await reader();
  const { body: ada } = await graph('POST', '/users', newUser('ada'));
  let delta = await graph('GET', '/users/delta?$select=displayName');
  while (delta.body['@odata.nextLink'] !== undefined) delta = await graph('GET', delta.body['@odata.nextLink']);
  await signInWith(emulator, 'ada@contoso.onmicrosoft.com', password);
  expect((await graph('GET', delta.body['@odata.deltaLink'])).body.value).toEqual([]);
  expect((await graph('GET', `/users/${ada.id}`)).body).not.toHaveProperty('signInActivity');
});

test('needs the permission to read audit logs', async () => {
  const graph = await clientWith(emulator, ['User.ReadWrite.All', 'Directory.Read.All']);
  const refused = await graph('GET', LIST);
  expect(codeOf(refused)).toEqual([403, 'Authentication_MSGraphPermissionMissing']);
  expect(refused.body.error.message).toContain('AuditLog.Read.All');
  expect((await graph('GET', '/users?$select=id')).status).toBe(200);
});

test('needs a tenant with Entra ID P1, and nothing else does', async () => {
  const basic = await startTrusted({ seed: { skus: [{ sku: 'O365_BUSINESS_ESSENTIALS', seats: 5 }] } });
  try {
    const graph = await reader(basic);
    for (const path of [LIST, '/auditLogs/signIns', '/auditLogs/signIns/00000000-0000-4000-8000-000000000000']) {
      expect(codeOf(await graph('GET', path))).toEqual([403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant']);
    }
    expect((await graph('GET', '/users?$select=id')).status).toBe(200);
  } finally {
    await basic.close();
  }
});

test('comes in pages of at most 500, whatever is wished', async () => {
  const many = await startTrusted({
    seed: { people: { count: 520, licenses: ['SPB'] }, skus: [{ sku: 'SPB', seats: 600 }] },
  });
  try {
    const graph = await reader(many);
    expect((await graph('GET', `${LIST}&$top=999`)).body.value).toHaveLength(500);
    expect((await graph('GET', '/users?$select=id&$top=999')).body.value.length).toBeGreaterThan(500);
  } finally {
    await many.close();
  }
});
