import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Body, SliceDriver, until } from '../../testing/SliceDriver.ts';
import { startTestServer, type TestServer } from '../../testing/startTestServer.ts';

let server: TestServer;
let driver: SliceDriver;

beforeAll(async () => {
  server = await startTestServer();
  driver = new SliceDriver(server);
});
afterEach(() => server.emulator.control.removeFaults());
afterAll(() => server.stop());

const forbidden = {
  status: 403,
  body: {
    error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' },
  },
};

/** What the tenant holds, whichever answers were lost on the way. */
function inTenant() {
  const [tenant] = server.emulator.control.tenants;
  return { applications: tenant?.applications ?? 0, users: tenant?.users ?? 0 };
}

function servicePrincipalsMade(): number {
  const calls = server.emulator.control.requests({ method: 'POST', status: 201 });
  return calls.filter(({ url }) => url.endsWith('/servicePrincipals')).length;
}

test('a set-up that is cancelled while it registers removes what it made', async () => {
  const { control } = server.emulator;
  const before = inTenant().applications;
  control.addFault({ method: 'POST', path: '/v1.0/servicePrincipals/**', calls: 'all', delayMs: 1500 });
  const { id } = await driver.signedIn();
  const { job } = await driver.confirm(id);
  await until(async () => {
    const { steps } = await driver.get(`/integration/attempts/${id}?wait=2`);
    return steps.some((step: Body) => step['step'] === 'permissions' && step['state'] === 'running');
  });
  const cancelled = await driver.post(`/integration/attempts/${id}/cancel`);
  expect(cancelled).toMatchObject({ state: 'cancelled', leftOver: [] });
  expect(control.requests({ method: 'DELETE', url: '/applications/' })).not.toEqual([]);
  expect(inTenant().applications).toBe(before);
  expect(await driver.get('/integration')).toMatchObject({ state: 'not-integrated', unfinished: null });
  expect(await driver.get(`/jobs/${job.id}?wait=20`)).toMatchObject({ state: 'done-with-problems' });
  control.clearRequests();
});

describe('a set-up that fails half-way', () => {
  let applicationsBefore: number;

  test('says what is left in the tenant and what to do', async () => {
    applicationsBefore = inTenant().applications;
    server.emulator.control.addFault({
      method: 'POST',
      path: '/v1.0/servicePrincipals/*/appRoleAssignedTo',
      calls: 'all',
      answer: forbidden,
    });
    server.emulator.control.addFault({
      method: 'POST',
      path: '/v1.0/servicePrincipals/*/appRoleAssignments',
      calls: 'all',
      answer: forbidden,
    });
    const { id } = await driver.signedIn();
    const { job } = await driver.confirm(id);
    const failed = await driver.attempt(id, 'failed');
    expect(failed['steps'].map((step: Body) => step['state'])).toEqual([
      'done',
      'done',
      'failed',
      ...Array(5).fill('waiting'),
    ]);
    expect(failed['leftOver']).toHaveLength(2);
    expect(failed['problem']).toMatchObject({ code: 'online.not-permitted', remedy: expect.any(String) });
    const integration = await driver.get('/integration');
    expect(integration).toMatchObject({ state: 'not-integrated', unfinished: { attemptId: id } });
    expect(integration['unfinished'].leftOver).toEqual(failed['leftOver']);
    const ended = await driver.get(`/jobs/${job.id}?wait=20`);
    expect(ended).toMatchObject({ state: 'done-with-problems', counts: { done: 2, failed: 6 } });
  });

  test('is taken up by the next one, which makes nothing twice', async () => {
    expect(inTenant().applications).toBe(applicationsBefore + 1);
    const { id } = await driver.signedIn();
    await driver.confirm(id);
    await driver.attempt(id, 'done');
    expect(inTenant().applications).toBe(applicationsBefore + 1);
    expect(servicePrincipalsMade()).toBeLessThanOrEqual(1);
    expect(await driver.get('/integration')).toMatchObject({ state: 'integrated', unfinished: null });
  });
});

test('licenses that run out in the middle fail by name, and a retry does only what is missing', async () => {
  const proposals = (await driver.get('/online-accounts/proposals'))['items'] as Body[];
  const chosen = proposals.filter((proposal) => proposal['selected']).slice(0, 8);
  const license = (await driver.get('/licenses'))['items'].find((each: Body) => each['skuPartNumber'] === 'SPB');
  // Somebody else takes the seats after the plan was made from what the mirror knew.
  server.emulator.control.setSeats('SPB', 5);
  const { job } = await driver.post('/online-accounts/bulk-create?wait=30', {
    accounts: chosen.map((proposal) => ({ userId: proposal['userId'], address: proposal['address'] })),
    skuIds: [license.skuId],
  });
  expect(job).toMatchObject({ state: 'done-with-problems', counts: { done: 5, failed: 3 }, may: { retry: true } });
  const failed = (await driver.get(`/jobs/${job.id}/items?filter=failed`))['items'] as Body[];
  expect(failed.map((item) => [item['step'], item['problem'].code])).toEqual(
    Array(3).fill(['online.assign-licenses', 'online.no-free-license']),
  );
  expect(failed.every((item) => item['problem'].remedy !== undefined)).toBe(true);

  server.emulator.control.setSeats('SPB', 300);
  const before = inTenant().users;
  const retried = await driver.post(`/jobs/${job.id}/retry`);
  const again = await driver.get(`/jobs/${retried['id']}?wait=30`);
  expect(again).toMatchObject({ state: 'done', counts: { total: 3, failed: 0 } });
  expect(inTenant().users).toBe(before);
  const linked = await driver.users('&filter=with-online-account');
  expect(linked.map((row) => row.online?.state)).toEqual(Array(8).fill('active'));
});

test('a deactivation while Microsoft 365 is away is done here, and says that the rest follows by itself', async () => {
  const [row] = await driver.users('&filter=with-online-account');
  server.emulator.control.addFault({ path: '/v1.0/**', calls: 'all', answer: { status: 503 } });
  const { job } = await driver.post('/users/deactivate?wait=30', { selection: { ids: [row?.id] } });
  const ended = await driver.get(`/jobs/${job.id}?wait=30`);
  expect(ended).toMatchObject({ state: 'failed' });
  const [item] = (await driver.get(`/jobs/${job.id}/items`))['items'] as Body[];
  expect(item).toMatchObject({ state: 'failed', step: 'online.block-sign-in' });
  expect(item?.['problem'].remedy).toContain('by itself');
  expect(await driver.user(row?.userName ?? '')).toMatchObject({ state: 'inactive' });
  server.emulator.control.removeFaults();
  await until(async () => (await driver.user(row?.userName ?? '')).online?.state === 'blocked');
});
