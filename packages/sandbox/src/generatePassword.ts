import { randomInt } from 'node:crypto';

/** Characters that nobody confuses and no shell or file format treats specially. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const ALL = LETTERS + CAPITALS + DIGITS;
const LENGTH = 20;

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** A random password that meets the complexity rules of Active Directory and Microsoft 365. */
export function generatePassword(): string {
  const random = Array.from({ length: LENGTH }, () => pick(ALL)).join('');
  return `${pick(CAPITALS)}${pick(LETTERS)}${pick(DIGITS)}-${random}`;
}
