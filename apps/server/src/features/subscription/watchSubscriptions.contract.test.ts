import { DomainError, ManualClock } from '@isthmus/kernel';
import type { Microsoft365, Subscription } from '@isthmus/microsoft365';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { watchSubscriptions } from './watchSubscriptions.ts';

const START = new Date('2026-06-01T00:00:00Z');
const inDays = (days: number) => new Date(START.getTime() + days * 86_400_000);
const premium: Subscription = {
  id: '0a0a0a0a-0000-4000-8000-000000000001',
  skuId: 'sku',
  name: 'Business Premium',
  state: 'enabled',
  isTrial: false,
  seats: 5,
  startedAt: inDays(-300),
  nextChangeAt: inDays(5),
};
const trial: Subscription = { ...premium, id: '0a0a0a0a-0000-4000-8000-000000000002', name: 'Copilot', isTrial: true };

let world: TestPlatform;
let subscriptions: readonly Subscription[];
let outage: Error | undefined;

beforeEach(async () => {
  world = await startTestPlatform(new ManualClock(START));
  outage = undefined;
  const read = async () => {
    if (outage !== undefined) throw outage;
    return subscriptions;
  };
  world.connections.microsoft365 = { tenant: { subscriptions: read } } as unknown as Microsoft365;
});
afterEach(() => world.drop());

async function told(...given: Subscription[]): Promise<string[]> {
  subscriptions = given;
  await watchSubscriptions(world.platform);
  const open = await world.database
    .selectFrom('alert')
    .select(['code', 'severity', 'subject'])
    .where('state', '<>', 'resolved')
    .execute();
  return open.map(({ code, severity, subject }) => `${severity} ${code} ${subject}`).toSorted();
}

test('one that is renewed soon is no news; one that is over is, the longer the worse, until it is renewed', async () => {
  expect(await told(premium)).toEqual([]);
  expect(await told({ ...premium, state: 'warning' })).toEqual(['warning subscription.over Business Premium']);
  expect(await told({ ...premium, state: 'suspended' })).toEqual(['critical subscription.over Business Premium']);
  expect(await told(premium)).toEqual([]);
});

test('a trial tells two weeks before its end; whatever is gone is told no more', async () => {
  expect(await told({ ...trial, nextChangeAt: inDays(20) })).toEqual([]);
  expect(await told(trial, { ...premium, state: 'suspended' })).toEqual([
    'critical subscription.over Business Premium',
    'warning subscription.trial-ends Copilot',
  ]);
  expect(await told()).toEqual([]);
});

test('a tenant that does not answer ends nothing', async () => {
  await told({ ...premium, state: 'warning' });
  outage = new DomainError({ code: 'online.unreachable', message: 'No.' });
  expect(await told()).toEqual(['warning subscription.over Business Premium']);
});
