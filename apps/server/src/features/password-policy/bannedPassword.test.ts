import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bannedPasswordProblem } from './bannedPassword.ts';

const banned = ['contoso', 'contosocorp', 'isthmus'];

test.each([
  ['the word itself', 'contoso'],
  ['whatever its case', 'ConToso'],
  ['in disguise', 'C0nt0$o'],
  ['one character off', 'contosos'],
  ['with too little around it', 'Contoso1!'],
  ['twice', 'ContosoIsthmus1'],
])('%s is refused', (_why, password) => {
  expect(bannedPasswordProblem(password, banned)).toMatchObject({ code: 'passwords.banned', field: 'password' });
});

test.each(['Contoso-and-more-1', 'Gr33n-Teapot-91', 'isthm'])('%s is fine', (password) => {
  expect(bannedPasswordProblem(password, banned)).toBeUndefined();
});

test('what is long enough beside the word is never refused, and nothing is without a list', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12, maxLength: 40 }), (password) => {
      expect(bannedPasswordProblem(password, [])).toBeUndefined();
    }),
  );
});

test('the notice does not repeat the password', () => {
  expect(JSON.stringify(bannedPasswordProblem('Contoso1!', banned))).not.toContain('Contoso1!');
});
