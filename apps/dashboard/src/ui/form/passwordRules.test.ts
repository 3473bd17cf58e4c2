import { expect, test } from 'vitest';
import { checkPassword, generatePassword } from './passwordRules.ts';

const policy = { minimumLength: 8, complexity: true };
const owner = { userName: 'ana', displayName: 'Ana Ruiz-Oz' };
const unmet = (password: string): string[] =>
  checkPassword(password, policy, owner)
    .filter(({ met }) => !met)
    .map(({ rule }) => rule);

test.each([
  ['', ['length', 'kinds', 'name']],
  ['short1A', ['length']],
  ['onlysmallletters', ['kinds']],
  ['MyNameIsAna1', ['name']],
  ['NextToRUIZ1', ['name']],
  ['Wizard-0f-Oz', []],
  ['Passw0rd', []],
  ['ünïcödé-Ä1', []],
])('%j misses %j', (password, rules) => {
  expect(unmet(password)).toEqual(rules);
});

test('without complexity only the length counts', () => {
  expect(
    checkPassword('aaaaaaaa', { minimumLength: 8, complexity: false }, { userName: 'aaa', displayName: 'aaa' }),
  ).toEqual([{ rule: 'length', met: true }]);
});

test('generated passwords differ and are as long as the policy asks', () => {
  const passwords = Array.from({ length: 200 }, () => generatePassword({ ...policy, minimumLength: 20 }, owner));
  expect(new Set(passwords).size).toBe(200);
  expect(passwords.filter((password) => password.length !== 20)).toEqual([]);
});

test('generated passwords meet every rule, though chance would put a short name into some of them', () => {
  const passwords = Array.from({ length: 20_000 }, () => generatePassword(policy, owner));
  expect(passwords.filter((password) => unmet(password).length > 0)).toEqual([]);
});
