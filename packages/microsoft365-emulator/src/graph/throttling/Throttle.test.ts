import { ManualClock } from '@isthmus/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EmulatorClock } from '../../EmulatorClock.ts';
import { changeSettings, defaultSettings } from '../../settings.ts';
import { Tenant } from '../../store/Tenant.ts';
import { GraphError } from '../GraphError.ts';
import { Throttle } from './Throttle.ts';

// A hundredth of Microsoft's limits for a small tenant: 35 resource units in 10 seconds, 30 writes in 150.
const factor = 0.01;
const UNITS = { capacity: 35, windowMs: 10_000 };
const WRITES = { capacity: 30, windowMs: 150_000 };

interface Step {
  readonly waitMs: number;
  readonly units: number;
  readonly isWrite: boolean;
}

interface Granted {
  readonly at: number;
  readonly units: number;
  readonly writes: number;
}

const steps = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 200_000 })),
    units: fc.integer({ min: 1, max: 9 }),
    isWrite: fc.boolean(),
  }),
  { minLength: 20, maxLength: 150 },
);

function setUp(retryAfter: 'computed' | number = 'computed') {
  const base = new ManualClock(new Date('2026-01-01T00:00:00Z'));
  const clock = new EmulatorClock(base);
  const settings = changeSettings(defaultSettings, { throttling: { mode: 'scaled', factor, retryAfter } });
  const throttle = new Throttle(clock, () => settings);
  const tenant = new Tenant('tenant', () => {}, { now: () => clock.milliseconds(), lagMs: () => 0 }, clock);
  /** Undefined when the call is granted, else the refusal. */
  const ask = (units: number, isWrite: boolean): GraphError | undefined => {
    try {
      throttle.consume({ appId: 'app', tenant, units, isWrite, path: '/users' });
      return undefined;
    } catch (error) {
      if (error instanceof GraphError) return error;
      throw error;
    }
  };
  return { base, clock, ask };
}

function play(sequence: readonly Step[]): Granted[] {
  const { base, clock, ask } = setUp();
  return sequence.flatMap(({ waitMs, units, isWrite }) => {
    base.advance(waitMs);
    return ask(units, isWrite) === undefined ? [{ at: clock.milliseconds(), units, writes: isWrite ? 1 : 0 }] : [];
  });
}

/** What was granted beyond what the bucket holds and what ran in meanwhile, over the worst stretch of time. */
function worstExcess(granted: readonly Granted[], counts: 'units' | 'writes', limit: typeof UNITS): number {
  let worst = 0;
  for (let from = 0; from < granted.length; from += 1) {
    let sum = 0;
    for (const grant of granted.slice(from)) {
      sum += grant[counts];
      const elapsed = grant.at - (granted[from]?.at ?? 0);
      worst = Math.max(worst, sum - limit.capacity * (1 + elapsed / limit.windowMs));
    }
  }
  return worst;
}

test('no stretch of time is granted more than the limit and what came back meanwhile', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const granted = play(sequence);
      expect(worstExcess(granted, 'units', UNITS)).toBeLessThan(1e-6);
      expect(worstExcess(granted, 'writes', WRITES)).toBeLessThan(1e-6);
    }),
  );
});

test('whoever waits as long as the refusal says is let in', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 9 }), (sequence, units) => {
      const { base, ask } = setUp();
      for (const step of sequence) {
        base.advance(step.waitMs);
        ask(step.units, step.isWrite);
      }
      const refusal = ask(units, false);
      if (refusal === undefined) return;
      expect(refusal).toMatchObject({ status: 429, code: 'TooManyRequests' });
      base.advance(Number(refusal.headers['retry-after']) * 1000);
      expect(ask(units, false)).toBeUndefined();
    }),
  );
});

test('after a window without calls the whole budget is there again', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const { base, ask } = setUp();
      for (const { units, isWrite } of sequence) ask(units, isWrite);
      base.advance(WRITES.windowMs);
      for (let left = UNITS.capacity; left > 0; left -= 7) expect(ask(7, true)).toBeUndefined();
      expect(ask(1, false)).toBeInstanceOf(GraphError);
    }),
  );
});
