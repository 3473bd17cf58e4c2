import { ManualClock } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveEvents } from '../../events/LiveEvents.ts';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/index.ts';
import { createAlerts, type NewAlert, type PostgresAlerts } from './index.ts';

const somebody = '0a0a0a0a-0000-4000-8000-000000000001';
const alert: NewAlert = {
  code: 'passwords.rejected',
  severity: 'warning',
  title: 'A password was refused',
  detail: 'Microsoft 365 refused it.',
  remedy: 'Set another one.',
};

let test1: TestDatabase;
let alerts: PostgresAlerts;
let clock: ManualClock;
let told: number;

beforeEach(async () => {
  test1 = await createTestDatabase();
  clock = new ManualClock(new Date('2026-06-01T00:00:00Z'));
  const events = new LiveEvents();
  told = 0;
  events.subscribe(() => {
    told += 1;
  });
  alerts = createAlerts({ database: test1.database, clock, events });
});
afterEach(() => test1.drop());

test('one condition is one alert, brought up to date and told only when it says something new', async () => {
  await alerts.raise(alert);
  clock.advance(60_000);
  await alerts.raise(alert);
  expect(told).toBe(1);
  await alerts.raise({ ...alert, detail: 'Refused again.' });
  expect(told).toBe(2);
  expect(await alerts.list()).toMatchObject([{ detail: 'Refused again.', since: '2026-06-01T00:00:00.000Z' }]);
});

test('the same condition of two people is two alerts, and each ends by itself', async () => {
  await alerts.raise({ ...alert, subjectUserId: somebody, subject: 'Ada' });
  await alerts.raise(alert);
  await alerts.resolve(alert.code, somebody);
  expect(await alerts.list()).toMatchObject([{ subjectUserId: null }]);
  await alerts.resolve(alert.code);
  await alerts.resolve(alert.code);
  expect(await alerts.list()).toEqual([]);
  expect(told).toBe(4);
});

test('worst first, ignored last; an ignored one stays ignored when it is raised again', async () => {
  await alerts.raise(alert);
  await alerts.raise({ ...alert, code: 'directory.unreachable', severity: 'critical' });
  await alerts.raise({ ...alert, code: 'licenses.short', severity: 'information' });
  const [worst] = await alerts.list();
  expect(worst?.code).toBe('directory.unreachable');
  await alerts.setIgnored(worst?.id ?? '', true);
  await alerts.raise({ ...alert, code: 'directory.unreachable', severity: 'critical', detail: 'Still.' });
  expect((await alerts.list()).map((entry) => [entry.code, entry.state])).toEqual([
    ['passwords.rejected', 'active'],
    ['licenses.short', 'active'],
    ['directory.unreachable', 'ignored'],
  ]);
  expect(await alerts.setIgnored(worst?.id ?? '', false)).toMatchObject({ state: 'active', detail: 'Still.' });
});

test('a condition that comes back is a new alert, not the resolved one', async () => {
  await alerts.raise(alert);
  const [first] = await alerts.list();
  await alerts.resolve(alert.code);
  await expect(alerts.setIgnored(first?.id ?? '', true)).rejects.toMatchObject({ code: 'alerts.not-found' });
  clock.advance(1000);
  await alerts.raise(alert);
  const [second] = await alerts.list();
  expect(second?.id).not.toBe(first?.id);
  expect(second?.since).toBe('2026-06-01T00:00:01.000Z');
});
