import { expect, test } from 'vitest';
import { changesOf, formOf, strengthOf } from './policyForm.ts';

const policy = {
  minimumLength: 7,
  complexity: true,
  historyLength: 24,
  minimumAgeDays: 1,
  maximumAgeDays: 42,
  lockoutThreshold: 0,
  lockoutMinutes: 30,
  lockoutWindowMinutes: 30,
};

test('a form that was not touched changes nothing', () => {
  expect(changesOf(formOf(policy), policy)).toEqual({ changes: {}, wrong: [] });
});

test('only what differs is sent, and what is no number of the directory is named', () => {
  const form = { ...formOf(policy), minimumLength: '8', complexity: false };
  expect(changesOf(form, policy)).toEqual({ changes: { minimumLength: 8, complexity: false }, wrong: [] });
  expect(changesOf({ ...form, minimumLength: '99', historyLength: '' }, policy).wrong).toEqual([
    'minimumLength',
    'historyLength',
  ]);
});

test('a value that another tool set beyond our limits is no mistake while it stays', () => {
  const long = { ...policy, minimumLength: 20 };
  expect(changesOf(formOf(long), long)).toEqual({ changes: {}, wrong: [] });
});

test('the strength is found again from length and complexity', () => {
  expect(strengthOf({ ...formOf(policy), minimumLength: '8' })).toBe('strong');
  expect(strengthOf(formOf(policy))).toBeUndefined();
});
