import { randomInt } from 'node:crypto';

/** Characters that nobody confuses and no shell or file format treats specially. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
/** About 12 bits each. */
const GROUPS = 8;

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/**
 * A random password that meets the complexity rules of Active Directory and Microsoft 365. No three letters stand
 * side by side: chance never spells a short name, which the directory would refuse.
 */
export function generatePassword(): string {
  const group = () => pick(CAPITALS) + pick(LETTERS) + pick(DIGITS);
  return Array.from({ length: GROUPS }, group).join('-');
}
