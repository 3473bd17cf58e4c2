import { expect, test } from 'vitest';
import { isDue } from './NightlyComparison.ts';

const at = (hour: number, minute = 0, day = 2) => new Date(2026, 2, day, hour, minute);

test.each([
  ['before the hour', at(1, 59), 2, '2026-03-01', false],
  ['at the hour', at(2), 2, '2026-03-01', true],
  ['much later, because the server was off', at(17), 2, '2026-03-01', true],
  ['again on the same day', at(3), 2, '2026-03-02', false],
  ['at midnight', at(0), 0, '2026-03-01', true],
  ['switched off', at(3), null, '2026-03-01', false],
  ['with a clock that was put back', at(3, 0, 1), 2, '2026-03-02', false],
])('%s', (_, now, hour, lastDay, expected) => {
  expect(isDue(now, hour, lastDay)).toBe(expected);
});
