import { expect, test } from 'vitest';
import { waitAfter } from './waitAfter.ts';

test('a failed mail is tried again after a minute, later more seldom, at least once an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map((failed) => waitAfter(failed) / 60_000)).toEqual([1, 2, 5, 15, 30, 60, 60, 60]);
});
