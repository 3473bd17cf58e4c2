import type { Notice } from '@isthmus/contracts';

/** Limits of `userPrincipalName` in Microsoft Entra ID. */
const LOCAL_PART_LENGTH = 64;
const DOMAIN_LENGTH = 48;
const ADDRESS_LENGTH = 113;
const REFUSED_CHARACTER = /[^A-Za-z0-9'._!#^~-]/u;

/** Letters that decomposition leaves whole, as common Latin spellings write them. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  `ß:ss æ:ae œ:oe ø:o đ:d ð:d þ:th ł:l ı:i ħ:h ŋ:n ŧ:t ĸ:k
   а:a б:b в:v г:g ґ:g д:d е:e є:ie ё:e ж:zh з:z и:i і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f
   х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:iu я:ia ђ:d ј:j љ:lj њ:nj ћ:c џ:dz ў:u
   α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o`
    .split(/\s+/)
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]),
);

/** Latin letters for what people write otherwise; what has none stays and is dropped by {@link cleanLocalPart}. */
export function transliterate(text: string): string {
  const lower = text.toLowerCase().normalize('NFC');
  // Most names need nothing, and letter by letter is slow for tens of thousands of them.
  if (/^[ -~]*$/.test(lower)) return lower;
  return Array.from(lower, (letter) => {
    const whole = LETTERS.get(letter);
    if (whole !== undefined) return whole;
    const bare = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    return Array.from(bare, (part) => LETTERS.get(part) ?? part).join('');
  }).join('');
}

function trimDots(text: string): string {
  return text.replaceAll(/\.{2,}/g, '.').replaceAll(/^\.+|\.+$/g, '');
}

/** The part before `@` that Microsoft 365 accepts and that is nearest to `text`; empty when nothing is left. */
export function cleanLocalPart(text: string, maximum = LOCAL_PART_LENGTH): string {
  const latin = transliterate(text.trim())
    .replaceAll(/\s+/g, '.')
    .replaceAll(/[^a-z0-9'._-]/g, '');
  return trimDots(trimDots(latin).slice(0, maximum));
}

export function splitAddress(address: string): { readonly localPart: string; readonly domain: string } {
  const at = address.lastIndexOf('@');
  return at < 0
    ? { localPart: address, domain: '' }
    : { localPart: address.slice(0, at), domain: address.slice(at + 1).toLowerCase() };
}

function refused(message: string, remedy: string): Notice {
  return { code: 'online.address-invalid', message, remedy, field: 'address' };
}

function localPartProblem(localPart: string): Notice | undefined {
  const character = REFUSED_CHARACTER.exec(localPart)?.[0];
  if (localPart === '') return refused('The address has nothing before the @.', 'Give a name before the @.');
  if (localPart.length > LOCAL_PART_LENGTH) {
    return refused(
      `The part before the @ has ${localPart.length} characters; Microsoft 365 allows ${LOCAL_PART_LENGTH}.`,
      'Choose a shorter name.',
    );
  }
  if (character !== undefined) {
    return refused(
      `Microsoft 365 does not allow ${character === ' ' ? 'a space' : `“${character}”`} in an address.`,
      "Use letters A to Z, digits and . - _ ' ! # ^ ~ only.",
    );
  }
  if (trimDots(localPart) !== localPart) {
    return refused(
      'The part before the @ begins or ends with a dot, or has two dots in a row.',
      'Leave the extra dot out.',
    );
  }
  return undefined;
}

/** What Microsoft 365 would refuse about the address itself, told before anything is sent. */
export function addressProblem(address: string, verifiedDomains: ReadonlySet<string>): Notice | undefined {
  const { localPart, domain } = splitAddress(address);
  const problem = localPartProblem(localPart);
  if (problem !== undefined) return problem;
  if (domain.length > DOMAIN_LENGTH || address.length > ADDRESS_LENGTH) {
    return refused(
      `The address is longer than Microsoft 365 allows (${DOMAIN_LENGTH} characters after the @, ${ADDRESS_LENGTH} in all).`,
      'Choose a shorter name or domain.',
    );
  }
  if (!verifiedDomains.has(domain)) {
    return {
      code: 'online.domain-not-verified',
      message: domain === '' ? 'The address has no domain.' : `${domain} is not a verified domain of the tenant.`,
      remedy: `Use one of: ${[...verifiedDomains].join(', ')}.`,
      field: 'address',
    };
  }
  return undefined;
}

/** `wanted` itself, or with the lowest number behind it that is free. */
export function freeAddress(localPart: string, domain: string, isTaken: (address: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : String(number);
    const candidate = `${trimDots(localPart.slice(0, LOCAL_PART_LENGTH - suffix.length))}${suffix}@${domain}`;
    if (!isTaken(candidate.toLowerCase())) return candidate;
  }
}
