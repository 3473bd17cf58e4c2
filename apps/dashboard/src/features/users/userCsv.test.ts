import { expect, test } from 'vitest';
import { csvCell } from './userCsv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['Smith, "Bob"', '"Smith, ""Bob"""'],
  ['O’Brien', 'O’Brien'],
])('%s is written as %s', (value, written) => {
  expect(csvCell(value)).toBe(written);
});
