import { expect, test } from 'vitest';
import { checkPassword, generatePassword } from './passwordRules.ts';

const policy = { minimumLength: 8, complexity: true };
const unmet = (password: string, userName = 'ana'): string[] =>
  checkPassword(password, policy, userName)
    .filter(({ met }) => !met)
    .map(({ rule }) => rule);

test.each([
  ['', ['length', 'kinds', 'name']],
  ['short1A', ['length']],
  ['onlysmallletters', ['kinds']],
  ['MyNameIsAna1', ['name']],
  ['Passw0rd', []],
  ['ünïcödé-Ä1', []],
])('%j misses %j', (password, rules) => {
  expect(unmet(password)).toEqual(rules);
});

test('without complexity only the length counts', () => {
  expect(checkPassword('aaaaaaaa', { minimumLength: 8, complexity: false }, 'aaa')).toEqual([
    { rule: 'length', met: true },
  ]);
});

test('generated passwords meet every rule and differ', () => {
  const passwords = Array.from({ length: 200 }, () => generatePassword(20));
  expect(new Set(passwords).size).toBe(200);
  for (const password of passwords) {
    expect(password).toHaveLength(20);
    expect(unmet(password)).toEqual([]);
  }
});
