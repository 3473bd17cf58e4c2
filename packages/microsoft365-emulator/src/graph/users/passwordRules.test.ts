import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePassword } from '../../secrets.ts';
import { checkNewPassword } from './passwordRules.ts';

const user = { userPrincipalName: 'Ada.Lovelace1@contoso.example' };

test.each([
  ['Sunny-Meadow', true],
  ['Short-1', false],
  ['onlylower-1', true],
  ['onlylowercase', false],
  ['ONLYUPPER1234x', true],
  ['Pässwörter-42', false],
  ['ada.lovelace1', false],
  ['P@$$w0rd1234', false],
  [`Aa1${'x'.repeat(253)}`, true],
  [`Aa1${'x'.repeat(254)}`, false],
  ['with blank Space', true],
])('%s: %s', (password, expected) => {
  expect(checkNewPassword(password, user)).toBe(expected);
});

test('without strong passwords only the length counts', () => {
  expect(checkNewPassword('onlylowercase', { ...user, passwordPolicies: 'DisableStrongPassword' })).toBe(true);
});

test('passwords that the emulator makes are always good ones', () => {
  fc.assert(fc.property(fc.integer({ min: 8, max: 64 }), (length) => checkNewPassword(makePassword(length), user)));
});
