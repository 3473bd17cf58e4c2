import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../testing/FakeGraph.ts';
import { fakeTransport, newAccount } from '../testing/fakeTransport.ts';
import { ensureAccounts } from './ensureAccounts.ts';

const options = { lane: 'background' } as const;
const accounts = (count: number) => Array.from({ length: count }, (_, index) => newAccount(index));

test('makes the accounts in few requests and answers in the order given', async () => {
  const { graph, transport } = fakeTransport();
  const results = await ensureAccounts(transport, accounts(45), options);
  expect(results.map((result) => result.ok && result.value.account.upn)).toEqual(accounts(45).map(({ upn }) => upn));
  expect(results.every((result) => result.ok && result.value.created)).toBe(true);
  // Three batches of creations, one batch each to look before and after.
  expect(graph.sent).toHaveLength(5);
});

test('finds what an earlier run made instead of making it again', async () => {
  const { graph, transport } = fakeTransport();
  await ensureAccounts(transport, accounts(3), options);
  const again = await ensureAccounts(transport, accounts(5), options);
  expect(again.map((result) => result.ok && result.value.created)).toEqual([false, false, false, true, true]);
  expect(graph.users.size).toBe(5);
});

test('the same person twice in one list is one account', async () => {
  const { graph, transport } = fakeTransport();
  const results = await ensureAccounts(transport, [newAccount(1), newAccount(1)], options);
  expect(results.map((result) => result.ok && result.value.created)).toEqual([true, false]);
  expect(graph.users.size).toBe(1);
});

test('an address of somebody else fails that account alone', async () => {
  const { transport } = fakeTransport();
  await ensureAccounts(transport, [newAccount(1)], options);
  const other = newAccount(99, { upn: newAccount(1).upn });
  const [taken, fine] = await ensureAccounts(transport, [other, newAccount(2)], options);
  expect(taken).toMatchObject({ ok: false, error: { code: 'online.address-taken', field: 'upn' } });
  expect(fine?.ok).toBe(true);
});

test('an account that was made although the connection broke is found, not made twice', async () => {
  const { graph, transport } = fakeTransport();
  let broken = false;
  graph.fault = (call) => {
    if (broken || call.path !== '/users' || call.method !== 'POST') return undefined;
    broken = true;
    return { kind: 'reset-after' };
  };
  const [result] = await ensureAccounts(transport, [newAccount(1)], options);
  expect(result).toMatchObject({ ok: true, value: { created: true } });
  expect(graph.users.size).toBe(1);
  expect(graph.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('an account that lists do not show for a while is waited for', async () => {
  const { graph, transport } = fakeTransport();
  graph.listLag = 4;
  const results = await ensureAccounts(transport, accounts(30), options);
  expect(results.every((result) => result.ok)).toBe(true);
  expect(graph.users.size).toBe(30);
});

test('a token refused in a later round of a batch is renewed', async () => {
  const { graph, tokens, transport } = fakeTransport();
  // Two creations throttled together, and one of them refused when they are sent again.
  const answers = [429, 429, 401];
  graph.fault = ({ method, path }) => {
    const status = method === 'POST' && path === '/users' ? answers.shift() : undefined;
    return status === undefined ? undefined : { kind: 'status', status };
  };
  const results = await ensureAccounts(transport, accounts(2), options);
  expect(results.map((result) => result.ok)).toEqual([true, true]);
  expect(tokens.rejected).toBe(1);
});

test('an outage in the middle leaves a result for everybody, and the next run makes only the rest', async () => {
  const { graph, transport } = fakeTransport();
  graph.fault = () => (graph.users.size >= 20 ? { kind: 'refused-connection' } : undefined);
  const results = await ensureAccounts(transport, accounts(45), options);
  expect(results).toHaveLength(45);
  expect(results.every((result) => !result.ok && 'retryable' in result.error && result.error.retryable)).toBe(true);
  const before = graph.users.size;
  graph.fault = () => undefined;
  const again = await ensureAccounts(transport, accounts(45), options);
  expect(again.filter((result) => result.ok && result.value.created)).toHaveLength(45 - before);
  expect(graph.users.size).toBe(45);
});

test('the password is only in the request that needs it', async () => {
  const { graph, transport } = fakeTransport();
  const [result] = await ensureAccounts(transport, [newAccount(1)], options);
  expect(graph.sent.filter(({ body }) => body?.includes('Correct-Horse-7'))).toHaveLength(1);
  expect(JSON.stringify(result)).not.toContain('Correct-Horse-7');
});

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<Fault>({ kind: 'reset-before' }, { kind: 'refused-connection' }) },
  { weight: 2, arbitrary: fc.constant<Fault>({ kind: 'reset-after' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'status', status: 429 }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'status', status: 429, headers: { 'Retry-After': '3' } }) },
  { weight: 1, arbitrary: fc.constantFrom<Fault>({ kind: 'status', status: 503 }, { kind: 'status', status: 504 }) },
);

test('whatever the network does, each account is made exactly once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 45 }),
      fc.array(fault, { maxLength: 60 }),
      fc.boolean(),
      async (count, faults, unique) => {
        const { graph, transport } = fakeTransport();
        graph.unique = unique;
        // At most three in a row for one request, as patience ends some time.
        const left = [...faults];
        const inRow = new Map<string, number>();
        graph.fault = (call) => {
          const key = `${call.method} ${call.path} ${call.query}${JSON.stringify(call.body)}`;
          const already = inRow.get(key) ?? 0;
          const next = already >= 3 ? undefined : left.shift();
          inRow.set(key, next === undefined ? 0 : already + 1);
          return next;
        };
        const results = await ensureAccounts(transport, accounts(count), options);
        expect(results.filter((result) => !result.ok)).toEqual([]);
        expect(results.every((result) => result.ok && result.value.created)).toBe(true);
        expect(graph.users.size).toBe(count);
      },
    ),
    { numRuns: 200 },
  );
});
