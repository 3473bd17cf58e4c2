import { expect, test } from 'vitest';
import { readRoughArguments } from './roughArguments.mjs';

test('a seed is taken out of what goes to the test runner', () => {
  const expected = { seed: 4711, wanted: ['apps/server', '-t', 'password'] };
  expect(readRoughArguments(['--seed', '4711', 'apps/server', '-t', 'password'])).toEqual(expected);
  expect(readRoughArguments(['apps/server', '--seed=4711', '-t', 'password'])).toEqual(expected);
});

test('without one the weather is new', () => {
  const { seed, wanted } = readRoughArguments(['apps/server']);
  expect(Number.isInteger(seed)).toBe(true);
  expect(wanted).toEqual(['apps/server']);
});

test.each([[['--seed']], [['--seed', 'yes']], [['--seed=-1']], [['--seed', '2147483648']]])(
  '%j is refused',
  (given) => {
    expect(() => readRoughArguments(given)).toThrow('is no seed');
  },
);
