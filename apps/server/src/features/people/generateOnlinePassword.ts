import { randomInt } from 'node:crypto';
import { Secret } from '@isthmus/kernel';

const KINDS = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789', '!#%*+-=?_'] as const;
const ALL = KINDS.join('');
const LENGTH = 48;

/** A password that nobody knows, until the person's own is captured; of every kind that Microsoft 365 asks for. */
export function generateOnlinePassword(): Secret {
  const letters = Array.from({ length: LENGTH }, (_, index) => {
    const letters = KINDS[index] ?? ALL;
    return letters.charAt(randomInt(letters.length));
  });
  for (let index = letters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [letters[index], letters[other]] = [letters[other] ?? '', letters[index] ?? ''];
  }
  return new Secret(letters.join(''));
}
