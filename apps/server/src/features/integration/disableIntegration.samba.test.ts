import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, SliceDriver, until } from '../../testing/SliceDriver.ts';
import { startTestServer, type TestServer } from '../../testing/startTestServer.ts';

const LOCKED = 'bjorn.aas';

let server: TestServer;
let driver: SliceDriver;

beforeAll(async () => {
  server = await startTestServer();
  driver = new SliceDriver(server);
  await integrate();
  const { items } = (await driver.get('/online-accounts/proposals')) as { items: Body[] };
  const accounts = items.filter((proposal) => proposal['selected']).map(({ userId, address }) => ({ userId, address }));
  await driver.post('/online-accounts/bulk-create?wait=30', { accounts, skuIds: [] });
});
afterAll(() => server.stop());

async function integrate(): Promise<void> {
  const { id } = await driver.signedIn();
  await driver.confirm(id);
  await driver.attempt(id, 'done');
  // The job ends a moment after the attempt, and nothing can be disabled while it runs.
  await until(async () => (await driver.get('/jobs?filter=running'))['total'] === 0);
}

const disable = (body: object, query = ''): Promise<Body> => driver.post(`/integration/disable${query}`, body);

/** What is written to the tenant's people and groups; the set-up itself writes to its own registration. */
function countWrites(): number {
  const { control } = server.emulator;
  return ['POST', 'PATCH', 'DELETE']
    .flatMap((method) => control.requests({ method }))
    .filter(({ url }) => /^\/v1\.0\/(users|groups|\$batch)/.test(url)).length;
}

test('a dry run says what ends; the wrong name, or none, disables nothing', async () => {
  const { done, effect } = await disable({}, '?dryRun=true');
  expect(done).toBe(false);
  expect(effect).toMatchObject({ tenantName: 'Contoso', reachable: true, held: 0, groups: 0 });
  expect(effect.people).toBeGreaterThan(20);
  for (const body of [{}, { confirm: 'Fabrikam' }]) {
    expect(await disable(body)).toMatchObject({ code: 'integration.not-confirmed' });
  }
  expect(await driver.get('/integration')).toMatchObject({ state: 'integrated', disabled: null });
});

test('while the tenant cannot be reached, it ends; the directory is managed alone; it comes back without a write', async () => {
  const { id } = await driver.user(LOCKED);
  const selection = { ids: [id] };
  await driver.post('/users/lock?wait=30', { selection });
  await driver.post('/sync/run', { full: true });
  const before = await driver.users('&filter=with-online-account');
  const writes = countWrites();

  server.emulator.control.addFault({ path: '/**', calls: 'all', reset: 'before' });
  const { done, effect } = await disable({ confirm: ' contoso ' });
  expect(done).toBe(true);
  expect(effect).toMatchObject({ people: before.length, held: 1 });
  expect(await disable({ confirm: 'Contoso' })).toMatchObject({ code: 'integration.not-integrated' });
  const ended = await driver.get('/integration');
  expect(ended).toMatchObject({ state: 'not-integrated', application: null, problem: null });
  expect(ended['disabled']).toMatchObject({ tenantName: 'Contoso', remembers: true, links: before.length });
  expect(ended['disabled'].leftOver.join()).toContain('App registration');
  expect((await driver.get('/licenses'))['total']).toBe(0);
  expect(await driver.get('/online-accounts')).toMatchObject({ total: 0 });
  expect(await driver.users('&filter=with-online-account')).toEqual([]);

  // A command about a person whose account is forgotten here is about the directory alone.
  const [other] = before.filter(({ userName }) => userName !== LOCKED);
  const off = await driver.post('/users/deactivate?wait=30', { selection: { ids: [other?.id] } });
  expect(off).toMatchObject({ job: { state: 'done' } });
  await driver.post('/users/activate?wait=30', { selection: { ids: [other?.id] } });
  expect(countWrites()).toBe(writes);

  server.emulator.control.removeFaults();
  await integrate();
  const after = await until(async () => {
    const linked = await driver.users('&filter=with-online-account');
    return linked.length === before.length && linked;
  });
  const shown = (rows: typeof after) => rows.map((row) => [row.userName, row.online?.address, row.online?.state]);
  expect(shown(after)).toEqual(shown(before));
  expect(await driver.user(LOCKED)).toMatchObject({ online: { state: 'blocked', hold: 'locked' } });
  await driver.post('/sync/run', { full: true });
  expect(countWrites()).toBe(writes);
  expect(await driver.get('/integration')).toMatchObject({ state: 'integrated', disabled: null, unfinished: null });
});

test('a password that is set in the meantime goes up when the tenant is back', async () => {
  await disable({ confirm: 'Contoso' });
  const [person] = await driver.users('&filter=active&q=zoe');
  const reset = await driver.post(`/users/${person?.id}/reset-password?wait=30`, { password: 'Meanwhile-17-otters' });
  expect(reset).toMatchObject({ job: { state: 'done' } });
  await integrate();
  await until(async () => (await driver.user(person?.userName ?? '')).password.state === 'in-step');
});

const passwordOf = async (userName: string): Promise<string> => (await driver.user(userName)).password.state;
const resetPassword = async (userName: string, password: string): Promise<Body> => {
  const { id } = await driver.user(userName);
  return driver.post(`/users/${id}/reset-password?wait=30`, { password });
};

test('nobody is called in step afterwards: people may have changed the online password themselves', async () => {
  await resetPassword('zoe.andre', 'Before-17-otters');
  await until(async () => (await passwordOf('zoe.andre')) === 'in-step');
  await disable({ confirm: 'Contoso' });
  await integrate();
  await until(async () => (await driver.user('zoe.andre')).online !== null);
  expect(await passwordOf('zoe.andre')).toBe('never-captured');
});

test('setting up again while integrated renews the certificate of the same app registration', async () => {
  const before = await driver.get('/integration');
  await integrate();
  const after = await driver.get('/integration');
  expect(after['application'].clientId).toBe(before['application'].clientId);
  expect(after).toMatchObject({ state: 'integrated', unfinished: null });
});

test('forgotten, the links are still found by their marks, but a hold is not', async () => {
  expect(await disable({ confirm: 'Contoso', remember: false })).toMatchObject({ done: true });
  await integrate();
  const locked = await until(async () => {
    const found = await driver.user(LOCKED);
    return found.online !== null && found;
  });
  expect(locked).toMatchObject({ online: { state: 'blocked', hold: null } });
  const applications = server.emulator.control
    .requests({ method: 'POST', status: 201 })
    .filter(({ url }) => url === '/v1.0/applications');
  expect(applications).toHaveLength(1);
});

test('who granted the permissions is on record', async () => {
  expect(await driver.get('/integration')).toMatchObject({ administrator: server.emulator.administrator.username });
});

test('the certificate is renewed without an administrator; passwords go on', async () => {
  const before = await driver.get('/integration');
  // Certificates count whole seconds, and the one before may be younger than that.
  await setTimeout(1000);
  const renewed = await driver.post('/integration/certificate');
  expect(renewed).toMatchObject({ state: 'integrated', application: { clientId: before['application'].clientId } });
  expect(renewed['application'].certificateExpiresAt > before['application'].certificateExpiresAt).toBe(true);
  await resetPassword('zoe.andre', 'Renewed-17-otters');
  await until(async () => (await passwordOf('zoe.andre')) === 'in-step');
  expect((await driver.get('/audit?q=certificate'))['items']).toMatchObject([
    { action: 'integration.rotate-certificate' },
  ]);
});

test('the app registration is removed when asked, by an administrator; afterwards another one is made', async () => {
  expect(await driver.post(`/integration/attempts/${crypto.randomUUID()}/remove-registration`)).toMatchObject({
    code: 'integration.attempt-not-found',
  });
  const early = await driver.signedIn();
  const remove = (id: string) => driver.post(`/integration/attempts/${id}/remove-registration`);
  expect(await remove(early['id'])).toMatchObject({ code: 'integration.nothing-left' });
  await driver.post(`/integration/attempts/${early['id']}/cancel`);
  expect(await driver.get('/integration')).toMatchObject({ state: 'integrated' });

  const before = await driver.get('/integration');
  await disable({ confirm: 'Contoso' });
  const attempt = await driver.signedIn();
  const removed = await remove(attempt['id']);
  expect(removed).toMatchObject({ disabled: { leftOver: [] } });
  expect(await remove(attempt['id'])).toMatchObject({ code: 'integration.nothing-left' });
  await integrate();
  const after = await driver.get('/integration');
  expect(after['application'].clientId).not.toBe(before['application'].clientId);
});
