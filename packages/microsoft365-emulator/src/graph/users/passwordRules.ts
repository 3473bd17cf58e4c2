import type { Properties } from '../../store/records.ts';

// The real list is not published; these are words that Microsoft's documentation names.
const bannedWords = ['password', 'passw0rd', 'qwerty', 'welcome', 'letmein', 'abcd', '1234', 'admin123', 'monkey'];
const MINIMUM = 8;
const MAXIMUM = 256;
const MINIMUM_SCORE = 5;
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** Whether Microsoft 365 takes this as a password of a user with these properties. */
export function checkNewPassword(password: string, properties: Properties): boolean {
  if (password.length < MINIMUM || password.length > MAXIMUM) return false;
  if (!/^[\x20-\x7e]*$/.test(password)) return false;
  const userName = String(properties['userPrincipalName'] ?? '').replace(/@.*/, '');
  if (userName !== '' && password.toLowerCase() === userName.toLowerCase()) return false;
  if (String(properties['passwordPolicies'] ?? '').includes('DisableStrongPassword')) return true;
  return KINDS.filter((kind) => kind.test(password)).length >= 3 && score(password) >= MINIMUM_SCORE;
}

/** Points of the banned-password check: one for each banned word found, one for each other character. */
function score(password: string): number {
  let rest = password.toLowerCase().replaceAll('0', 'o').replaceAll('$', 's').replaceAll('@', 'a');
  let points = 0;
  for (const word of bannedWords.map((banned) => banned.replaceAll('0', 'o'))) {
    const pieces = rest.split(word);
    points += pieces.length - 1;
    rest = pieces.join('');
  }
  return points + rest.length;
}
