import { expect, test } from 'vitest';
import { nextCheckAt } from './nextCheckAt.ts';

const addedAt = new Date('2026-06-01T00:00:00Z');
const after = (minutes: number) => new Date(addedAt.getTime() + minutes * 60_000);
const waits = (minutes: number, times: { verifiedAt?: Date; isComplete?: boolean } = {}) => {
  const now = after(minutes);
  const next = nextCheckAt(
    { addedAt, verifiedAt: times.verifiedAt ?? null, isComplete: times.isComplete ?? false },
    now,
  );
  return (next.getTime() - now.getTime()) / 60_000;
};

test('a domain that is not proved is looked at often at first, and never given up', () => {
  expect([0, 30, 60, 60 * 25, 60 * 24 * 30].map((age) => waits(age))).toEqual([1 / 3, 2, 10, 60, 360]);
});

test('a verified one with records missing too, counted from its verification; a complete one daily', () => {
  const verifiedAt = after(60 * 24 * 9);
  expect([0, 90, 60 * 48].map((age) => waits(60 * 24 * 9 + age, { verifiedAt }))).toEqual([1, 10, 360]);
  expect(waits(60, { verifiedAt: addedAt, isComplete: true })).toBe(60 * 24);
});
