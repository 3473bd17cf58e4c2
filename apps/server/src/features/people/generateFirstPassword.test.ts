import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateFirstPassword } from './generateFirstPassword.ts';
import { directoryPasswordProblem, onlinePasswordProblem } from './passwordRules.ts';

test('a first password is one that both sides take, whatever the policy and the name', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 128 }), fc.string(), fc.string(), (minimumLength, userName, displayName) => {
      const owner = { userName, displayName };
      const password = generateFirstPassword(minimumLength, owner).reveal();
      expect(directoryPasswordProblem(password, { minimumLength, complexity: true }, owner)).toBeUndefined();
      expect(onlinePasswordProblem(password)).toBeUndefined();
      expect(password).toMatch(/^[A-HJ-NP-Z][a-km-z][2-9](-[A-HJ-NP-Z][a-km-z][2-9]){4,}$/);
    }),
  );
});

test('no two are alike', () => {
  const owner = { userName: 'ada', displayName: 'Ada' };
  const made = Array.from({ length: 500 }, () => generateFirstPassword(7, owner).reveal());
  expect(new Set(made).size).toBe(made.length);
});
