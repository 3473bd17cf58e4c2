import { parseOnlineAccountId, Secret } from '@isthmus/kernel';
import { describe, expect, test } from 'vitest';
import type { FakeGraph, Fault } from '../testing/FakeGraph.ts';
import { fakeTransport, newAccount } from '../testing/fakeTransport.ts';
import { GraphAccounts } from './GraphAccounts.ts';

const options = { lane: 'interactive' } as const;
const SKU = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const OTHER = '3b555118-da6a-4418-894f-7df1e2096870';

async function withAccounts(count: number) {
  const parts = fakeTransport();
  const accounts = new GraphAccounts(parts.transport);
  const results = await accounts.ensureMany(
    Array.from({ length: count }, (_, index) => newAccount(index)),
    options,
  );
  const ids = results.map((result) => {
    if (!result.ok) throw result.error;
    return result.value.account.id;
  });
  parts.graph.calls.length = 0;
  return { ...parts, accounts, ids };
}

/** The fault for the first call of that method and path. */
function once(graph: FakeGraph, method: string, path: RegExp, fault: Fault): void {
  let left = 1;
  graph.fault = (call) => (call.method === method && path.test(call.path) && left-- > 0 ? fault : undefined);
}

const writes = (graph: FakeGraph) => graph.calls.filter(({ method, path }) => method !== 'GET' && path !== '/$batch');

describe('changing', () => {
  test('sends only what is given, empties with null, and reads back', async () => {
    const { accounts, graph, ids } = await withAccounts(1);
    const account = await accounts.change(ids[0]!, { department: 'Sales', mobilePhone: null }, options);
    expect(writes(graph).map(({ body }) => body)).toEqual([{ department: 'Sales', mobilePhone: null }]);
    expect(account.department).toBe('Sales');
  });

  test('looks before it repeats after a broken connection', async () => {
    const { accounts, graph, ids } = await withAccounts(1);
    once(graph, 'PATCH', /./, { kind: 'reset-after' });
    await accounts.change(ids[0]!, { department: 'Sales' }, options);
    expect(writes(graph)).toHaveLength(1);
    once(graph, 'PATCH', /./, { kind: 'reset-before' });
    await accounts.change(ids[0]!, { department: 'Finance' }, options);
    expect(writes(graph)).toHaveLength(3);
  });

  test('waits for a replica that does not know a fresh account, and tells when an old one is gone', async () => {
    const { accounts, graph, ids, clock } = await withAccounts(1);
    once(graph, 'PATCH', /./, { kind: 'status', status: 404 });
    await accounts.change(ids[0]!, { department: 'Sales' }, options);
    clock.advance(10 * 60_000);
    once(graph, 'PATCH', /./, { kind: 'status', status: 404 });
    await expect(accounts.change(ids[0]!, { department: 'Finance' }, options)).rejects.toMatchObject({
      code: 'online.account-not-found',
    });
  });
});

test('the sign-in state has a call of its own', async () => {
  const { accounts, graph, ids } = await withAccounts(1);
  const account = await accounts.setSignInAllowed(ids[0]!, false, options);
  expect(account.signInAllowed).toBe(false);
  expect(writes(graph).map(({ body }) => body)).toEqual([{ accountEnabled: false }]);
});

test('the password has a call of its own', async () => {
  const { accounts, graph, ids } = await withAccounts(1);
  await accounts.setPassword(ids[0]!, new Secret('Open-Sesame-9'), { mustChange: false }, options);
  expect(writes(graph).map(({ body }) => body)).toEqual([
    { passwordProfile: { password: 'Open-Sesame-9', forceChangePasswordNextSignIn: false } },
  ]);
});

test('removing twice is removed', async () => {
  const { accounts, graph, ids } = await withAccounts(1);
  await accounts.remove(ids[0]!, options);
  await accounts.remove(ids[0]!, options);
  expect(graph.users.size).toBe(0);
});

describe('licenses', () => {
  test('one call adds and removes; what is so already is left alone', async () => {
    const { accounts, graph, ids } = await withAccounts(1);
    await accounts.changeLicenses(ids[0]!, { add: [SKU], remove: [OTHER] }, options);
    const account = await accounts.changeLicenses(ids[0]!, { add: [OTHER.toUpperCase(), SKU], remove: [] }, options);
    expect(account.skuIds.toSorted()).toEqual([SKU, OTHER].toSorted());
    await accounts.changeLicenses(ids[0]!, { add: [SKU], remove: [] }, options);
    expect(writes(graph).map(({ body }) => body)).toEqual([
      { addLicenses: [{ skuId: SKU, disabledPlans: [] }], removeLicenses: [] },
      { addLicenses: [{ skuId: OTHER, disabledPlans: [] }], removeLicenses: [] },
    ]);
  });

  test('seats that run out fail only those who get none', async () => {
    const { accounts, graph, ids } = await withAccounts(30);
    graph.seats = 12;
    const results = await accounts.changeLicensesMany(
      ids.map((id) => ({ id, add: [SKU], remove: [] })),
      options,
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(12);
    expect(results.filter((result) => !result.ok && 'code' in result.error && result.error.code)).toHaveLength(18);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'online.no-free-license' } });
  });

  test('an account that was read a moment ago is not read again before the write', async () => {
    const { accounts, graph, ids } = await withAccounts(2);
    const [known] = await Promise.all(ids.map((id) => accounts.find(id, options)));
    const before = graph.calls.length;
    const results = await accounts.changeLicensesMany(
      [{ id: ids[0]!, add: [SKU], remove: [], known: known! }],
      options,
    );
    expect(results).toMatchObject([{ ok: true, value: { skuIds: [SKU] } }]);
    expect(graph.calls.slice(before).map(({ method }) => method)).toEqual(['POST', 'GET']);
    const again = results[0]?.ok === true ? results[0].value : undefined;
    await accounts.changeLicensesMany([{ id: ids[0]!, add: [SKU], remove: [], known: again! }], options);
    expect(graph.calls).toHaveLength(before + 2);
  });

  test('a broken connection takes no second seat', async () => {
    const { accounts, graph, ids } = await withAccounts(1);
    graph.seats = 1;
    once(graph, 'POST', /assignLicense/, { kind: 'reset-after' });
    const account = await accounts.changeLicenses(ids[0]!, { add: [SKU], remove: [] }, options);
    expect(account.skuIds).toEqual([SKU]);
    expect(writes(graph)).toHaveLength(1);
  });

  test('an account that is not there is told by name of the error', async () => {
    const { accounts } = await withAccounts(1);
    const stranger = parseOnlineAccountId('11111111-2222-3333-4444-555555555555');
    await expect(accounts.changeLicenses(stranger, { add: [SKU], remove: [] }, options)).rejects.toMatchObject({
      code: 'online.account-not-found',
    });
  });
});
