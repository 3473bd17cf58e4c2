import { expect, test } from 'vitest';
import { generatePassword } from './generatePassword.ts';

test('generated passwords differ, have every kind of character and never spell a name', () => {
  const passwords = Array.from({ length: 500 }, generatePassword);
  expect(new Set(passwords).size).toBe(passwords.length);
  for (const password of passwords) {
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/\d/);
    expect(password).not.toMatch(/[A-Za-z]{3}/);
  }
});
