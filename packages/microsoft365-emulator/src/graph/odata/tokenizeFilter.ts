import { malformed } from '../errors.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'sign';
  readonly text: string;
  readonly position: number;
}

const PATTERN = /\s*(?:'((?:[^']|'')*)'|([(),:])|([^\s'(),:]+(?::\d[^\s'(),]*)?))/y;

/** Splits `$filter` into names, texts in quotes and signs; dates keep their colons. */
export function tokenizeFilter(text: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (PATTERN.lastIndex < end) {
    const position = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (match === null) {
      throw malformed(`Invalid filter clause: There is an unterminated literal at position ${position} in '${text}'.`);
    }
    const [, quoted, sign, name] = match;
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replaceAll("''", "'"), position });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, position });
    else tokens.push({ kind: 'name', text: name ?? '', position });
  }
  return tokens;
}
