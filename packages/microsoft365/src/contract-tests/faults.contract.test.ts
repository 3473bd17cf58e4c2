import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { NewOnlineAccount } from '../OnlineAccount.ts';
import type { OnlineAccounts } from '../ports.ts';
import { accountAt, type EmulatedTenant, startTenant } from './emulatedTenant.ts';

const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const bulk = { lane: 'background' } as const;
const urgent = { lane: 'password' } as const;

let tenant: EmulatedTenant;
let accounts: OnlineAccounts;
let next = 0;
/** How far replicas are behind when no test says otherwise. */
let usualLagMs: { readonly users: number; readonly deletedItems: number };

beforeAll(async () => {
  tenant = await startTenant();
  accounts = tenant.online.accounts;
  const { users = 0, deletedItems = 0 } = tenant.emulator.control.settings.lagMs;
  usualLagMs = { users, deletedItems };
});
afterAll(() => tenant.close());
afterEach(() => {
  tenant.emulator.control.removeFaults();
  tenant.emulator.control.change({ lagMs: usualLagMs });
  tenant.emulator.control.clearRequests();
});

const people = (count: number): NewOnlineAccount[] =>
  Array.from({ length: count }, () => accountAt(tenant.emulator.initialDomain, ++next));
const usersInTenant = () => tenant.emulator.control.tenants[0]!.users;
const creations = () =>
  tenant.emulator.control.requests({ method: 'POST' }).filter(({ url }) => url.endsWith('/users'));

/** How many creations the tenant gave reason to send again: each one refused, and all of a batch that was lost. */
function creationsHit(): number {
  const batches = tenant.emulator.control.requests({ method: 'POST', url: '/$batch' });
  const lost = batches.filter(({ status, fault }) => status === 0 || fault !== null);
  return creations().filter(({ fault }) => fault !== null).length + lost.length * 20;
}

/** Makes the accounts under the fault planned and checks that each exists exactly once. */
async function expectMadeOnce(wanted: readonly NewOnlineAccount[]): Promise<void> {
  const before = usersInTenant();
  const results = await accounts.ensureMany(wanted, bulk);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  expect(results.every((result) => result.ok && result.value.created)).toBe(true);
  expect(usersInTenant() - before).toBe(wanted.length);
}

describe('accounts are made exactly once when', () => {
  test.each([
    ['the connection breaks before the work', { reset: 'before' }],
    ['the connection breaks after the work', { reset: 'after' }],
    ['the service is not available', { answer: { status: 503 } }],
    ['the gateway gives up', { answer: { status: 504 } }],
    ['the tenant asks to wait', { answer: { status: 429, headers: { 'Retry-After': '1' } } }],
    ['the tenant asks to wait without saying how long', { answer: { status: 429 } }],
  ] as const)('%s, for one account', async (_name, fault) => {
    tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/users', ...fault });
    await expectMadeOnce(people(1));
  });

  test.each([
    ['the connection breaks before the work', { reset: 'before' }],
    ['the connection breaks after the work', { reset: 'after' }],
    ['the service is not available', { answer: { status: 503 } }],
  ] as const)('%s, for a whole batch', async (_name, fault) => {
    // The first batch looks for accounts, the second and the third make them.
    tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/$batch', calls: [2, 3], ...fault });
    await expectMadeOnce(people(45));
  });

  test('items of a batch are throttled one by one', async () => {
    const answer = { status: 429, headers: { 'Retry-After': '1' } };
    tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/users', calls: [1, 3, 7, 30], answer });
    await expectMadeOnce(people(45));
    expect(creations().filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4);
    expect(creations().length).toBeLessThanOrEqual(45 + creationsHit());
  });

  test('replicas lag', async () => {
    tenant.emulator.control.change({ lagMs: { users: 700 } });
    const wanted = people(25);
    await expectMadeOnce(wanted);
    tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/users', reset: 'after' });
    await expectMadeOnce(people(1));
  });
});

test('a license is taken once although the connection breaks after the work', async () => {
  const [result] = await accounts.ensureMany(people(1), bulk);
  if (result?.ok !== true) throw new Error('no account');
  const taken = () =>
    tenant.emulator.control.tenants[0]!.licenses.find(({ skuPartNumber }) => skuPartNumber === 'SPB')!.taken;
  const before = taken();
  tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/users/*/assignLicense', reset: 'after' });
  const account = await accounts.changeLicenses(result.value.account.id, { add: [SPB], remove: [] }, bulk);
  expect(account.skuIds).toEqual([SPB]);
  expect(taken() - before).toBe(1);
});

test('while the tenant makes everybody wait, a password still gets through', async () => {
  const [result] = await accounts.ensureMany(people(1), bulk);
  if (result?.ok !== true) throw new Error('no account');
  const { account } = result.value;
  const answer = { status: 429, headers: { 'Retry-After': '4' } };
  tenant.emulator.control.addFault({ method: 'GET', path: '/v1.0/subscribedSkus', answer });
  const order: string[] = [];
  const licenses = tenant.online.tenant.licenses(bulk).then(() => order.push('licenses'));
  await expect.poll(() => tenant.online.throttle().pausedUntil).toBeInstanceOf(Date);
  const { password } = accountAt('x', 0);
  await accounts.setPassword(account.id, password, { mustChange: false }, urgent).then(() => order.push('password'));
  await licenses;
  expect(order).toEqual(['password', 'licenses']);
  expect(tenant.online.throttle()).toMatchObject({ pausedUntil: undefined, waiting: { background: 0 } });
});

test('a token that the service no longer accepts is replaced', async () => {
  tenant.emulator.control.addFault({ path: '/v1.0/organization', answer: { status: 401 } });
  await expect(tenant.online.tenant.facts(bulk)).resolves.toMatchObject({ tenantId: tenant.emulator.tenantId });
});

test('a change is made although the connection breaks', async () => {
  const [result] = await accounts.ensureMany(people(1), bulk);
  if (result?.ok !== true) throw new Error('no account');
  const { id } = result.value.account;
  for (const reset of ['before', 'after'] as const) {
    tenant.emulator.control.addFault({ method: 'PATCH', path: '/v1.0/users/*', reset });
    expect((await accounts.change(id, { department: reset }, bulk)).department).toBe(reset);
    tenant.emulator.control.addFault({ method: 'PATCH', path: '/v1.0/users/*', reset });
    const allowed = reset === 'after';
    expect((await accounts.setSignInAllowed(id, allowed, bulk)).signInAllowed).toBe(allowed);
  }
});

test('an account is removed and restored although answers are lost and replicas lag', async () => {
  tenant.emulator.control.change({ lagMs: { users: 700, deletedItems: 700 } });
  const [result] = await accounts.ensureMany(people(1), bulk);
  if (result?.ok !== true) throw new Error('no account');
  const { id } = result.value.account;
  tenant.emulator.control.addFault({ method: 'DELETE', path: '/v1.0/users/*', reset: 'after' });
  await accounts.remove(id, bulk);
  expect(await accounts.find(id, bulk)).toBeUndefined();
  tenant.emulator.control.addFault({ method: 'POST', path: '/v1.0/directory/deletedItems/*/restore', reset: 'after' });
  expect((await accounts.restore(id, bulk)).id).toBe(id);
});

test('closing ends what is under way, without waiting for its patience', async () => {
  const closing = await startTenant();
  closing.emulator.control.addFault({ path: '/v1.0/users/*', delayMs: 3_000 });
  const reading = closing.online.accounts.findByUpn('nobody@nowhere.example', bulk);
  const ended = expect(reading).rejects.toMatchObject({ code: 'online.unreachable', retryable: true });
  await expect.poll(() => closing.online.throttle().requestsSent, { timeout: 20_000 }).toBeGreaterThan(0);
  await closing.close();
  await ended;
});

test('neither passwords nor tokens are in the log', async () => {
  const lines: string[] = [];
  const note = (fields: object, message?: string) => lines.push(JSON.stringify({ ...fields, message }));
  const logger = { debug: note, info: note, warn: note, error: note };
  const told = await startTenant({}, { logger });
  try {
    const wanted = accountAt(told.emulator.initialDomain, 1);
    const { account } = await told.online.accounts.ensure(wanted, bulk);
    await told.online.accounts.setPassword(account.id, wanted.password, { mustChange: false }, urgent);
    await told.online.accounts.findByUpn(wanted.upn, bulk);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join()).not.toMatch(/Purple-Otter|Bearer|eyJ|person1@/);
  } finally {
    await told.close();
  }
});

test('every call can be found in Microsoft’s log by the id that our timeline has', async () => {
  const requestId = '0f0e0d0c-1111-4222-8333-444455556666';
  await accounts.findByUpn('nobody@nowhere.example', { ...bulk, requestId });
  expect(tenant.emulator.control.requests({ clientRequestId: requestId })).toHaveLength(1);
});

test('what we may not do is named with the permission it needs', async () => {
  const poor = await startTenant({}, { permissions: ['Organization.Read.All'] });
  try {
    const wanted = accountAt(poor.emulator.initialDomain, 1);
    await expect(poor.online.accounts.ensure(wanted, bulk)).rejects.toMatchObject({
      code: 'online.not-permitted',
      remedy: expect.stringContaining('User.ReadWrite.All'),
    });
  } finally {
    await poor.close();
  }
});

test('with the limits of a real tenant, a bulk run makes everybody and is never told to slow down', async () => {
  const small = await startTenant({ throttling: { mode: 'real' } });
  try {
    const wanted = Array.from({ length: 300 }, (_, index) => accountAt(small.emulator.initialDomain, index));
    const results = await small.online.accounts.ensureMany(wanted, bulk);
    expect(results.every(({ ok }) => ok)).toBe(true);
    const refused = small.emulator.control.requests({ status: 429 });
    expect(refused.filter(({ fault }) => fault === null)).toEqual([]);
    expect(small.online.throttle().timesThrottled).toBeLessThanOrEqual(refused.length);
  } finally {
    await small.close();
  }
});

test('a tenant that allows less than we expect is obeyed until all is done', async () => {
  // 105 resource units in 10 seconds.
  const narrow = await startTenant();
  narrow.emulator.control.change({ throttling: { mode: 'scaled', factor: 0.03, retryAfter: 1 } });
  try {
    const reads = Array.from({ length: 150 }, () => narrow.online.accounts.findByUpn('nobody@nowhere.example', bulk));
    expect(await Promise.all(reads)).toEqual(new Array(150).fill(undefined));
    expect(narrow.online.throttle().timesThrottled).toBeGreaterThan(0);
  } finally {
    await narrow.close();
  }
});
