import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOff, retryAfter } from './waits.ts';

const now = new Date('2030-01-01T00:00:00Z');

test.each([
  ['10', 10_000],
  ['0.5', 500],
  ['Tue, 01 Jan 2030 00:00:30 GMT', 30_000],
  ['Mon, 31 Dec 2029 23:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfter({ 'retry-after': header }, now)).toBe(expected);
});

test.each([3, -3])('a date to wait for is taken by the clock of the sender, which is %j hours away', (hours) => {
  const theirs = (seconds: number) => new Date(now.getTime() + hours * 3_600_000 + seconds * 1000).toUTCString();
  expect(retryAfter({ 'retry-after': theirs(30), date: theirs(0) }, now)).toBe(30_000);
});

test('waits grow, never beyond the most, and never to nothing', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, random) => {
      const wait = backOff(attempt, () => random);
      expect(wait).toBeGreaterThanOrEqual(250);
      expect(wait).toBeLessThanOrEqual(30_000);
    }),
  );
});
