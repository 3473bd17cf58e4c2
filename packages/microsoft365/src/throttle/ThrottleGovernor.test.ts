import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lane } from '../ports.ts';
import { ManualTimer } from '../testing/ManualTimer.ts';
import { type TenantLimits, tenantLimits } from './limits.ts';
import type { Cost } from './resourceUnits.ts';
import { type Permit, ThrottleGovernor } from './ThrottleGovernor.ts';

const READ: Cost = { resourceUnits: 1, writes: 0 };
const WRITE: Cost = { resourceUnits: 1, writes: 1 };
const settled = () => new Promise((resolve) => setImmediate(resolve));

function start(changes: Partial<TenantLimits> = {}) {
  const timer = new ManualTimer();
  const limits = { ...tenantLimits('small'), ...changes };
  const governor = new ThrottleGovernor({ limits, clock: timer.clock, timer, random: () => 0 });
  const granted: { lane: Lane; name: string; permit: Permit }[] = [];
  const ask = (lane: Lane, cost: Cost, name: string = lane) => {
    void governor.acquire(lane, cost).then((permit) => granted.push({ lane, name, permit }));
  };
  return { timer, governor, granted, ask };
}

describe('lanes', () => {
  test('a password goes before a person, and a person before bulk work', async () => {
    const { granted, ask } = start({ concurrency: 3 });
    for (const name of ['first', 'second', 'third']) ask('password', READ, name);
    for (const lane of ['background', 'interactive', 'password'] as const) ask(lane, READ);
    await settled();
    expect(granted).toHaveLength(3);
    for (const { permit } of granted.slice(0, 3)) permit.finish({});
    await settled();
    for (const { permit } of granted.slice(3)) permit.finish({});
    await settled();
    expect(granted.slice(3).map(({ lane }) => lane)).toEqual(['password', 'interactive', 'background']);
  });

  test('bulk work leaves places and budget for passwords', async () => {
    const { granted, ask } = start({ writes: { amount: 100, perMilliseconds: 100_000 }, concurrency: 200 });
    for (let index = 0; index < 150; index++) ask('background', WRITE);
    await settled();
    expect(granted).toHaveLength(97);
    for (let index = 0; index < 3; index++) ask('password', WRITE);
    await settled();
    expect(granted.slice(97).map(({ lane }) => lane)).toEqual(['password', 'password', 'password']);
  });

  test('writes that wait for the write limit do not hold up reads', async () => {
    const { granted, ask } = start({ writes: { amount: 10, perMilliseconds: 100_000 }, concurrency: 100 });
    for (let index = 0; index < 20; index++) ask('background', WRITE, 'write');
    ask('background', READ, 'read');
    await settled();
    expect(granted.at(-1)?.name).toBe('read');
  });

  test('what is larger than the whole budget goes when the budget is full', async () => {
    const { granted, ask } = start({ writes: { amount: 10, perMilliseconds: 1_000 } });
    ask('background', { resourceUnits: 20, writes: 20 });
    await settled();
    expect(granted).toHaveLength(1);
  });

  test('who gives up waiting leaves the queue', async () => {
    const { governor, ask } = start({ concurrency: 1 });
    const giveUp = new AbortController();
    ask('password', READ);
    const waiting = governor.acquire('password', READ, giveUp.signal);
    expect(governor.state().waiting.password).toBe(1);
    giveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(governor.state().waiting.password).toBe(0);
  });
});

describe('when the tenant asks to wait', () => {
  test('everybody waits as long as it asks', async () => {
    const { timer, governor, granted, ask } = start();
    ask('interactive', READ);
    await settled();
    granted[0]!.permit.finish({ throttled: { retryAfter: 10_000, exceeded: undefined } });
    ask('interactive', READ);
    ask('background', READ);
    await settled();
    expect(granted).toHaveLength(1);
    expect(governor.state()).toMatchObject({ timesThrottled: 1, waiting: { interactive: 1, background: 1 } });
    expect(governor.state().pausedUntil?.getTime()).toBe(timer.clock.now().getTime() + 10_000);
    timer.advance(9_999);
    await settled();
    expect(granted).toHaveLength(1);
    timer.advance(1);
    await settled();
    expect(granted).toHaveLength(3);
    expect(governor.state().pausedUntil).toBeUndefined();
  });

  test('one password at a time tries whether the tenant answers again', async () => {
    const { timer, granted, ask } = start();
    ask('interactive', READ);
    await settled();
    granted[0]!.permit.finish({ throttled: { retryAfter: 60_000, exceeded: undefined } });
    ask('password', WRITE, 'one');
    ask('password', WRITE, 'two');
    await settled();
    expect(granted.slice(1).map(({ name }) => name)).toEqual(['one']);
    granted[1]!.permit.finish({ throttled: { retryAfter: undefined, exceeded: undefined } });
    await settled();
    expect(granted).toHaveLength(2);
    timer.advance(2_000);
    await settled();
    expect(granted.slice(1).map(({ name }) => name)).toEqual(['one', 'two']);
    granted[2]!.permit.finish({});
    ask('password', WRITE, 'three');
    await settled();
    expect(granted.slice(1).map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  });

  test('without a time given, the pauses grow until something succeeds', async () => {
    const { timer, governor, granted, ask } = start();
    const pauses: number[] = [];
    for (let round = 0; round < 4; round++) {
      ask('background', READ);
      timer.advance(60_000);
      await settled();
      granted.at(-1)!.permit.finish({ throttled: { retryAfter: undefined, exceeded: undefined } });
      pauses.push(governor.state().pausedUntil!.getTime() - timer.clock.now().getTime());
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
    timer.advance(60_000);
    ask('background', READ);
    await settled();
    granted.at(-1)!.permit.finish({});
    ask('background', READ);
    await settled();
    granted.at(-1)!.permit.finish({ throttled: { retryAfter: undefined, exceeded: undefined } });
    expect(governor.state().pausedUntil!.getTime() - timer.clock.now().getTime()).toBe(500);
  });

  test('answers in flight at the same time count as one pause', async () => {
    const { governor, timer, granted, ask } = start();
    for (let index = 0; index < 8; index++) ask('background', READ);
    await settled();
    for (const { permit } of granted) permit.finish({ throttled: { retryAfter: undefined, exceeded: undefined } });
    expect(governor.state().pausedUntil!.getTime() - timer.clock.now().getTime()).toBe(500);
  });

  test('a limit that the service names as used up is believed', async () => {
    const { timer, granted, ask } = start({ writes: { amount: 100, perMilliseconds: 100_000 }, concurrency: 100 });
    ask('password', WRITE);
    await settled();
    granted[0]!.permit.finish({ throttled: { retryAfter: 1_000, exceeded: 'writes' } });
    for (let index = 0; index < 10; index++) ask('password', WRITE);
    timer.advance(3_000);
    await settled();
    expect(granted.length - 1).toBeLessThanOrEqual(3);
  });
});

test('closing sends everybody away who waits', async () => {
  const { timer, governor, granted, ask } = start({ concurrency: 1 });
  ask('password', READ);
  const waiting = governor.acquire('background', WRITE);
  governor.close(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
  expect(granted).toHaveLength(1);
  expect(timer.pending).toBe(0);
});

test('a dearer answer than expected slows down what follows', async () => {
  const { timer, granted, ask } = start({ resourceUnits: { amount: 10, perMilliseconds: 10_000 }, concurrency: 100 });
  ask('password', READ);
  await settled();
  granted[0]!.permit.finish({ resourceUnits: 12 });
  ask('password', READ);
  await settled();
  expect(granted).toHaveLength(1);
  timer.advance(3_000);
  await settled();
  expect(granted).toHaveLength(2);
});

test('what others use of the same limit counts as used', async () => {
  const { timer, granted, ask } = start({ resourceUnits: { amount: 10, perMilliseconds: 10_000 } });
  ask('password', READ);
  await settled();
  granted[0]!.permit.finish({ limitUse: 1 });
  ask('password', READ);
  await settled();
  expect(granted).toHaveLength(1);
  timer.advance(1_000);
  await settled();
  expect(granted).toHaveLength(2);
});

const request = fc.record({
  lane: fc.constantFrom<Lane>('password', 'interactive', 'background'),
  writes: fc.integer({ min: 0, max: 20 }),
  delay: fc.integer({ min: 0, max: 2_000 }),
});

test('no window sees more than the limits allow, and everybody is served in the end', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 80 }), async (requests) => {
      const writes = { amount: 60, perMilliseconds: 10_000 };
      const { timer, governor } = start({ writes, concurrency: 4 });
      const starts: { at: number; writes: number }[] = [];
      for (const { lane, writes: count, delay } of requests) {
        const cost = { resourceUnits: Math.max(1, count), writes: count };
        void governor.acquire(lane, cost).then((permit) => {
          starts.push({ at: timer.clock.now().getTime(), writes: count });
          timer.after(100, () => permit.finish({}));
        });
        const due = new AbortController();
        timer.after(delay, () => due.abort());
        // One event at a time, so that what an event starts is seen at the moment of that event.
        await settled();
        while (!due.signal.aborted) {
          timer.fireNext();
          await settled();
        }
      }
      for (let rounds = 0; rounds < 2_000 && starts.length < requests.length; rounds++) {
        timer.fireNext();
        await settled();
      }
      expect(starts).toHaveLength(requests.length);
      for (const from of starts) {
        for (const to of starts.filter(({ at }) => at >= from.at)) {
          const used = starts
            .filter(({ at }) => at >= from.at && at <= to.at)
            .reduce((sum, { writes: count }) => sum + count, 0);
          const allowed = writes.amount + ((to.at - from.at) * writes.amount) / writes.perMilliseconds;
          expect(used).toBeLessThanOrEqual(allowed + 1);
        }
      }
    }),
    { numRuns: 60 },
  );
});
