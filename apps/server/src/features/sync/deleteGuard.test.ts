import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GUARD_LIMITS, guardLimitOf, isHeld } from './deleteGuard.ts';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `person ${from + index}`);

test.each([
  [10, 5],
  [100, 5],
  [101, 5],
  [120, 6],
  [10_000, 500],
])('of %i linked accounts, %i may go in one pass', (linked, limit) => {
  expect(guardLimitOf(linked, GUARD_LIMITS)).toBe(limit);
});

test('one more than the limit holds them all', () => {
  expect(isHeld({ planned: ids(5), recent: new Set(), limit: 5 })).toBe(false);
  expect(isHeld({ planned: ids(6), recent: new Set(), limit: 5 })).toBe(true);
});

test('what goes one by one adds up, but the same person counts once', () => {
  expect(isHeld({ planned: ids(1, 5), recent: new Set(ids(5)), limit: 5 })).toBe(true);
  expect(isHeld({ planned: ids(1), recent: new Set(ids(5)), limit: 5 })).toBe(false);
});

test('nothing to take away is never held', () => {
  expect(isHeld({ planned: [], recent: new Set(ids(100)), limit: 5 })).toBe(false);
});

test('no sequence of rounds takes something from more people within the window than the limit', () => {
  const round = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (rounds, limit) => {
      const recent = new Set<string>();
      for (const planned of rounds) {
        if (!isHeld({ planned, recent, limit })) for (const person of planned) recent.add(person);
        expect(recent.size).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
