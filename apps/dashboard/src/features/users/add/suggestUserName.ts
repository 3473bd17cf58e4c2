const LONGEST = 20;
/** Letters that do not decompose into a base letter and a mark. */
const replacements: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Plain ASCII of a name, as far as there is any. */
function asciiOf(text: string): string {
  return [...text.toLowerCase()]
    .map((letter) => replacements[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9.-]/g, '');
}

/** `first.last`, shortened to what a user name may be; empty when the name has no Latin letters. */
export function suggestUserName(givenName: string, surname: string): string {
  const parts = [givenName, surname].map((part) => asciiOf(part.trim())).filter((part) => part !== '');
  const whole = parts.join('.');
  if (whole.length <= LONGEST) return whole;
  const [first = '', last = ''] = parts;
  return `${first.charAt(0)}.${last}`.slice(0, LONGEST).replace(/[.-]+$/, '');
}
