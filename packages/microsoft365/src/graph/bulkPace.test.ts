import { expect, test } from 'vitest';
import { fakeTransport, newAccount } from '../testing/fakeTransport.ts';
import { tenantLimits } from '../throttle/limits.ts';
import { TokenBucket } from '../throttle/TokenBucket.ts';
import { GraphAccounts } from './GraphAccounts.ts';

const PEOPLE = 2_500;
const SKU = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const bulk = { lane: 'background' } as const;

test('a bulk run is at most a fifth slower than the limits of the tenant force it to be, and is never refused', {
  timeout: 120_000,
}, async () => {
  const { graph, transport, clock, governor } = fakeTransport();
  const accounts = new GraphAccounts(transport);
  const { writes } = tenantLimits('small');
  // The service's own count, which starts full like ours and refuses what is beyond it.
  const allowed = new TokenBucket(writes, clock.now());
  let refused = 0;
  graph.fault = ({ method, path }) => {
    if (method === 'GET' || path === '/$batch') return undefined;
    if (allowed.level(clock.now()) < 1) {
      refused += 1;
      return { kind: 'status', status: 429, headers: { 'Retry-After': '10' } };
    }
    allowed.take(1, clock.now());
    return undefined;
  };
  const from = clock.now().getTime();
  const made = await accounts.ensureMany(
    Array.from({ length: PEOPLE }, (_, index) => newAccount(index)),
    bulk,
  );
  const changes = made.flatMap((result) => (result.ok ? { id: result.value.account.id, add: [SKU], remove: [] } : []));
  const licensed = await accounts.changeLicensesMany(changes, bulk);
  expect(licensed.filter(({ ok }) => ok)).toHaveLength(PEOPLE);
  const taken = clock.now().getTime() - from;
  const floor = ((2 * PEOPLE - writes.amount) * writes.perMilliseconds) / writes.amount;
  expect(taken).toBeLessThanOrEqual(floor * 1.2);
  expect(refused).toBe(0);
  expect(governor.state().timesThrottled).toBe(0);
});
