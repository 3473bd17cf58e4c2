import type { PasswordPolicy } from '@isthmus/contracts';
import { describe, expect, test } from 'vitest';
import { planPolicyChange, policyProblems, strengthOf } from './judgePolicy.ts';

const policy: PasswordPolicy = {
  minimumLength: 8,
  complexity: true,
  historyLength: 24,
  minimumAgeDays: 1,
  maximumAgeDays: 180,
  lockoutThreshold: 10,
  lockoutMinutes: 30,
  lockoutWindowMinutes: 30,
};

describe('the password policy', () => {
  test.each([
    ['weak', { minimumLength: 4, complexity: true }],
    ['medium', { minimumLength: 12, complexity: false }],
    ['medium-strong', { minimumLength: 6, complexity: true }],
    ['strong', { minimumLength: 7, complexity: true }],
  ])('is %s by length and complexity', (strength, changes) => {
    expect(strengthOf({ ...policy, ...changes })).toBe(strength);
  });

  test('is judged by what Microsoft 365 demands only where that is integrated', () => {
    const short = { ...policy, minimumLength: 7, complexity: false };
    expect(policyProblems(policy, true)).toEqual([]);
    expect(policyProblems(short, true).map(({ code }) => code)).toEqual([
      'passwords.policy-too-short',
      'passwords.policy-too-simple',
    ]);
    expect(policyProblems(short, false)).toEqual([]);
    expect(policyProblems({ ...policy, lockoutThreshold: 3 }, false)).toMatchObject([{ field: 'lockoutThreshold' }]);
  });

  test('tells only what really changes', () => {
    expect(planPolicyChange(policy, { minimumLength: 12, complexity: true }).changed).toEqual([
      { field: 'minimumLength', before: '8', after: '12' },
    ]);
    expect(planPolicyChange(policy, policy).changed).toEqual([]);
  });

  test.each([
    ['minimumAgeDays', { minimumAgeDays: 30, maximumAgeDays: 30 }],
    ['lockoutMinutes', { lockoutMinutes: 5, lockoutWindowMinutes: 10 }],
    ['lockoutWindowMinutes', { lockoutWindowMinutes: 0, lockoutMinutes: 0 }],
  ])('refuses a combination that the directory refuses: %s', (field, changes) => {
    expect(() => planPolicyChange(policy, changes)).toThrow(expect.objectContaining({ field }));
  });

  test('may have ages and lockouts without end', () => {
    expect(planPolicyChange(policy, { maximumAgeDays: 0, minimumAgeDays: 5 }).changed).toHaveLength(2);
    expect(planPolicyChange(policy, { lockoutMinutes: 0 }).changed).toHaveLength(1);
    expect(planPolicyChange(policy, { lockoutThreshold: 0, lockoutWindowMinutes: 0 }).changed).toHaveLength(2);
  });
});
