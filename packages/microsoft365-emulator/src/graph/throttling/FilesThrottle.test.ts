import { expect, test } from 'vitest';
import { EmulatorClock } from '../../EmulatorClock.ts';
import { defaultSettings } from '../../settings.ts';
import { Tenant } from '../../store/Tenant.ts';
import type { Caller } from '../Caller.ts';
import { GraphError } from '../GraphError.ts';
import { FilesThrottle } from './FilesThrottle.ts';

const start = Date.parse('2026-11-25T00:00:00Z');
let now = start;
const clock = new EmulatorClock({ now: () => new Date(now) });
const tenant = new Tenant('t', () => undefined, { now: () => now, lagMs: () => 0 }, clock);
const caller: Caller = { tenantId: 't', appId: 'a', kind: 'application', objectId: 'o', permissions: new Set() };

function refusalOf(call: () => unknown): GraphError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof GraphError ? error : undefined;
  }
}

test('warns from four fifths of the minute, refuses at its end and counts refused calls', () => {
  const throttle = new FilesThrottle(clock, () => defaultSettings);
  const take = (units: number): Record<string, string> => throttle.consume({ caller, tenant, units, isSharing: false });
  expect(take(900)).toEqual({});
  expect(take(150)).toEqual({ 'ratelimit-limit': '1250', 'ratelimit-remaining': '200', 'ratelimit-reset': '60' });
  now += 20_000;
  const refusal = refusalOf(() => take(201));
  expect(refusal).toMatchObject({ status: 429, code: 'activityLimitReached' });
  expect(refusal?.headers).toMatchObject({ 'retry-after': '40', 'ratelimit-remaining': '0' });
  expect(refusalOf(() => take(1))?.status).toBe(429);
  now += 40_000;
  expect(take(1)).toEqual({});
});

test('has a limit of its own for sharing, and may answer that the service is not available', () => {
  const throttle = new FilesThrottle(clock, () => ({ ...defaultSettings, sharePointThrottledStatus: 503 }));
  const share = (): unknown => throttle.consume({ caller, tenant, units: 1, isSharing: true });
  for (let call = 0; call < 300; call += 1) share();
  expect(refusalOf(share)).toMatchObject({ status: 429, code: 'accessDenied', innerCode: 'throttledRequest' });
  const many = refusalOf(() => throttle.consume({ caller, tenant, units: 5000, isSharing: false }));
  expect(many).toMatchObject({ status: 503, code: 'serviceNotAvailable' });
});
