import type { Notice } from '@isthmus/contracts';

/** How a letter is often disguised. Source: Microsoft Entra Password Protection, "How are passwords evaluated". */
const DISGUISES: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', $: 's', '@': 'a' };
/** Points a password needs: one for each banned word in it, one for each other character. Same source. */
const ENOUGH_POINTS = 5;

function normalized(text: string): string {
  return text.toLowerCase().replace(/[01$@]/g, (character) => DISGUISES[character] ?? character);
}

/** True when one text becomes the other by adding, removing or exchanging one character at most. */
function isAlmost(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let index = 0;
  while (index < short.length && short[index] === long[index]) index += 1;
  return short.length === long.length
    ? short.slice(index + 1) === long.slice(index + 1)
    : short.slice(index) === long.slice(index + 1);
}

function pointsOf(
  password: string,
  words: readonly string[],
): { readonly points: number; readonly word: string | undefined } {
  let rest = password;
  let found = 0;
  let first: string | undefined;
  for (const word of words) {
    const parts = rest.split(word);
    if (parts.length > 1) first ??= word;
    found += parts.length - 1;
    rest = parts.join('');
  }
  return { points: found + Array.from(rest).length, word: first };
}

/**
 * Pure: the banned word that a password is built on, judged as Microsoft judges its own list: case and usual disguises do
 * not help, and around the word there has to be enough else.
 */
export function bannedPasswordProblem(password: string, banned: readonly string[]): Notice | undefined {
  const words = banned.map(normalized).toSorted((one, other) => other.length - one.length);
  const text = normalized(password);
  const { points, word } = pointsOf(text, words);
  const hit = words.find((one) => isAlmost(one, text)) ?? (points < ENOUGH_POINTS ? word : undefined);
  if (hit === undefined) return undefined;
  return {
    code: 'passwords.banned',
    message: 'The password is built on a word that this organization does not allow in passwords.',
    remedy: 'Choose one that is not made from names of the organization, its products or places.',
    field: 'password',
  };
}
