import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { DomainError } from '@isthmus/kernel';
import { parse } from 'tldts';

export interface DomainName {
  /** ASCII ("xn--…"), small letters. */
  readonly name: string;
  /** As people write it. */
  readonly shown: string;
  /** The name in it that was registered: `contoso.com` of `mail.contoso.com`. */
  readonly registrable: string;
  readonly isRegistrable: boolean;
}

const LONGEST_NAME = 253;
/** RFC 1035, 2.3.4; letters of other scripts are counted as they go over the wire. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MICROSOFTS = /(^|\.)(onmicrosoft\.(com|us)|partner\.onmschina\.cn)$/;

const refusals = {
  missing: ['No domain name was given.', 'Enter the name of your domain, such as contoso.com.'],
  'single-label': ['has only one part.', 'Enter the whole name, such as contoso.com.'],
  'too-long': ['is longer than 253 characters.', 'Enter the name of your domain, such as contoso.com.'],
  label: [
    'has a part that is not allowed.',
    'Each part between dots has 1 to 63 letters, digits or hyphens, and begins and ends with a letter or digit.',
  ],
  address: ['is a network address.', 'Enter the name of your domain, such as contoso.com.'],
  'public-suffix': ['belongs to a registry, not to one organization.', 'Enter the name that you registered below it.'],
  microsofts: [
    'belongs to Microsoft; each tenant has one from the beginning.',
    'Enter a domain that you registered yourself.',
  ],
} as const;

function refuse(why: keyof typeof refusals, text: string): DomainError {
  const [says, remedy] = refusals[why];
  return new DomainError({
    code: `dns.domain-name-${why}`,
    message: text === '' ? says : `${JSON.stringify(text.slice(0, 80))} ${says}`,
    remedy,
    field: 'name',
  });
}

/**
 * Reads what a person typed as the name of a domain. What was registered is told by the public suffix list; a name that
 * is not on it counts as one level below its last part, so that private names can be used for practice.
 * @throws DomainError `dns.domain-name-…`
 */
export function readDomainName(text: string): DomainName {
  const typed = text.trim().replace(/\.$/, '');
  if (typed === '') throw refuse('missing', '');
  if (isIP(typed.replace(/^\[|\]$/g, '')) !== 0) throw refuse('address', typed);
  const name = domainToASCII(typed.toLowerCase());
  const labels = name.split('.');
  if (name === '' || typed.split(/[.。]/).includes('') || labels.some((label) => !LABEL.test(label))) {
    throw refuse('label', typed);
  }
  if (name.length > LONGEST_NAME) throw refuse('too-long', typed);
  // The address parser takes "1.2" and "0x7f" for addresses too.
  if (isIP(name) !== 0) throw refuse('address', typed);
  if (MICROSOFTS.test(name)) throw refuse('microsofts', typed);
  if (labels.length === 1) throw refuse('single-label', typed);
  const { domain } = parse(name, { allowPrivateDomains: false });
  if (domain === null) throw refuse('public-suffix', typed);
  return { name, shown: domainToUnicode(name), registrable: domain, isRegistrable: domain === name };
}
