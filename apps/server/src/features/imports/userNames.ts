import type { Notice } from '@isthmus/contracts';
import { cleanLocalPart } from '../online-accounts/index.ts';

/** Upper bound of `sAMAccountName` for people (MS-SAMR 3.1.1.6). */
const LONGEST = 20;
/** What `sAMAccountName` refuses (MS-SAMR 3.1.1.6), and white space, which no tool likes. */
const REFUSED = /["/\\[\]:;|=,+*?<>@\s\p{Cc}]/u;

function trimmed(text: string): string {
  return text.replace(/^[._-]+/, '').replace(/[._-]+$/, '');
}

/** A user name of letters, digits and `. - _`, nearest to the text; empty when the text has no letters and digits. */
function cleanUserName(text: string): string {
  const clean = trimmed(cleanLocalPart(text).replaceAll("'", ''));
  if (clean.length <= LONGEST) return clean;
  const [first = '', ...rest] = clean.split('.');
  const last = rest.at(-1);
  return trimmed((last === undefined ? clean : `${first.charAt(0)}.${last}`).slice(0, LONGEST));
}

/** The first of the texts that has something to make a user name of. */
export function suggestUserName(...texts: readonly string[]): string {
  return texts.map(cleanUserName).find((name) => name !== '') ?? 'user';
}

/** `wanted` itself, or with the lowest number behind it that is free. */
export function freeUserName(wanted: string, isTaken: (userName: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : String(number);
    const candidate = `${trimmed(wanted.slice(0, LONGEST - suffix.length))}${suffix}`;
    if (!isTaken(candidate.toLowerCase())) return candidate;
  }
}

/** What the directory would refuse about a user name, told before anything is made. */
export function userNameProblem(userName: string): Notice | undefined {
  const refused = (message: string, remedy: string): Notice => ({
    code: 'directory.invalid-value',
    message,
    remedy,
    field: 'userName',
  });
  if (userName === '') return refused('The user name is missing.', 'Give one of at most 20 characters.');
  if (Array.from(userName).length > LONGEST) {
    return refused(`The user name “${userName}” has more than ${LONGEST} characters.`, 'Choose a shorter one.');
  }
  const character = REFUSED.exec(userName)?.[0];
  if (character !== undefined) {
    const what = /\s/.test(character) ? 'a space' : `“${character}”`;
    return refused(`The user name “${userName}” has ${what} in it.`, 'Use letters, digits and . - _ only.');
  }
  return userName.endsWith('.')
    ? refused(`The user name “${userName}” ends with a dot.`, 'Leave the dot out.')
    : undefined;
}
