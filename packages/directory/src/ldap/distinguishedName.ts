/** Characters that RFC 4514 reserves somewhere in a value; all may be written as `\XX`. */
const RESERVED = /[\p{Cc}"+,;<=>\\#]/u;

function hexOf(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

/**
 * A value as it may stand in a DN. Everything reserved is written in hexadecimal: the library splits new names for a
 * rename at the first comma without a backslash before it, which a quoted or doubled backslash would break.
 */
export function escapeDnValue(value: string): string {
  const characters = [...value];
  return characters
    .map((character, index) => {
      const atEnd = index === 0 || index === characters.length - 1;
      return RESERVED.test(character) || (atEnd && character === ' ') ? hexOf(character) : character;
    })
    .join('');
}

/** DN of the container: everything after the first comma that is not escaped. */
export function parentDn(dn: string): string {
  for (let index = 0; index < dn.length; index += 1) {
    if (dn[index] === '\\') index += 1;
    else if (dn[index] === ',') return dn.slice(index + 1);
  }
  return '';
}

/** First component, for instance `CN=Ada Lovelace`. */
export function rdnOf(dn: string): string {
  const parent = parentDn(dn);
  return parent === '' ? dn : dn.slice(0, dn.length - parent.length - 1);
}

/** The plain text of the first component's value. */
export function rdnValueOf(dn: string): string {
  const rdn = rdnOf(dn);
  const value = rdn.slice(rdn.indexOf('=') + 1);
  const bytes: Buffer[] = [];
  for (let index = 0; index < value.length; index += 1) {
    if (value[index] !== '\\') {
      const character = String.fromCodePoint(value.codePointAt(index) ?? 0);
      bytes.push(Buffer.from(character, 'utf8'));
      index += character.length - 1;
      continue;
    }
    const pair = value.slice(index + 1, index + 3);
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      bytes.push(Buffer.from(pair, 'hex'));
      index += 2;
    } else {
      bytes.push(Buffer.from(value.slice(index + 1, index + 2), 'utf8'));
      index += 1;
    }
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** DNS name of a domain's DN: `DC=corp,DC=test` is `corp.test`. */
export function domainNameOf(baseDn: string): string {
  return [...baseDn.matchAll(/(?:^|,)DC=([^,]+)/gi)]
    .map((match) => match[1] ?? '')
    .join('.')
    .toLowerCase();
}

/** DNs compare without regard to case and to spaces around separators. */
export function sameDn(a: string, b: string): boolean {
  const canonical = (dn: string): string => dn.replace(/\s*([,=])\s*/g, '$1').toLowerCase();
  return canonical(a) === canonical(b);
}
