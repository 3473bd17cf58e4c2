import { randomInt } from 'node:crypto';
import { Secret } from '@isthmus/kernel';
import { directoryPasswordProblem } from './passwordRules.ts';

/** Nothing that a reader of a printed sheet takes for something else: no I, l, O, 0, 1. */
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const SMALL = 'abcdefghijkmnopqrstuvwxyz';
const DIGITS = '23456789';
/** About 12 bits each. */
const LEAST_GROUPS = 5;
const GROUP_LENGTH = 4;

const oneOf = (letters: string): string => letters.charAt(randomInt(letters.length));

/**
 * A password to be typed once from paper, such as `Kf7-Pw4-Rm9-Tz6-Hb3`: of every kind that both sides ask for, 60 bits
 * at least, and without the person's name.
 * @param minimumLength of the domain's policy, in characters
 */
export function generateFirstPassword(
  minimumLength: number,
  owner: { readonly userName: string; readonly displayName: string },
): Secret {
  // The last group has no dash behind it.
  const groups = Math.max(LEAST_GROUPS, Math.ceil((minimumLength + 1) / GROUP_LENGTH));
  for (;;) {
    const password = Array.from({ length: groups }, () => oneOf(CAPITALS) + oneOf(SMALL) + oneOf(DIGITS)).join('-');
    if (directoryPasswordProblem(password, { minimumLength, complexity: true }, owner) === undefined) {
      return new Secret(password);
    }
  }
}
