import type { Notice, Proposal } from '@isthmus/contracts';
import type { AddressBook, KnownAccount } from './AddressBook.ts';
import { cleanLocalPart, freeAddress } from './onlineAddress.ts';

/** A person without an online account. */
export interface Candidate {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly department: string;
  readonly anchor: string;
  readonly state: 'active' | 'inactive' | 'expired';
  readonly protectedAdministrator: boolean;
}

export interface KnownDomain {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isInitial: boolean;
  readonly isVerified: boolean;
}

/** The organization's own domain before the one Microsoft gave it; its default before others. */
export function proposedDomain(domains: readonly KnownDomain[]): string | undefined {
  const rank = (domain: KnownDomain): number => (domain.isInitial ? 2 : 0) + (domain.isDefault ? 0 : 1);
  return domains
    .filter((domain) => domain.isVerified)
    .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))[0]?.name;
}

function naturalLocalPart(person: Candidate): string {
  return (
    cleanLocalPart(person.userName) ||
    cleanLocalPart(`${person.givenName} ${person.surname}`) ||
    cleanLocalPart(person.displayName) ||
    `user-${person.userId.slice(0, 8)}`
  );
}

function stateWarnings(person: Candidate): Notice[] {
  if (person.protectedAdministrator) {
    return [
      {
        code: 'online-accounts.administrator',
        message: 'This account administers the directory.',
        remedy: 'Keep administration and daily work in separate accounts; tick it only when this is a person’s own.',
      },
    ];
  }
  if (person.state === 'active') return [];
  return [
    {
      code: `online-accounts.person-${person.state}`,
      message: person.state === 'inactive' ? 'This user account is inactive.' : 'This user account has expired.',
      remedy: 'The online account would be created with sign-in blocked.',
    },
  ];
}

function willBeLinked(account: KnownAccount): Notice {
  return {
    code: 'online-accounts.will-be-linked',
    message: `${account.upn} already belongs to this person.`,
    remedy: 'It will be linked; no new account is made.',
  };
}

function clash(holder: KnownAccount, address: string): Notice {
  return holder.deleted
    ? {
        code: 'online-accounts.address-of-removed-account',
        message: `${address} belonged to ${holder.displayName}, whose online account was removed.`,
        remedy: 'Restore that account if it is this person’s; a new account gets another address.',
      }
    : {
        code: 'online-accounts.address-exists',
        message: `${address} is already used by ${holder.displayName}.`,
        remedy: 'If that is the same person, do not create a second account; otherwise keep the other address.',
      };
}

function propose(person: Candidate, book: AddressBook, domain: string, given: Set<string>): Proposal {
  const { userId, userName, displayName, department } = person;
  const base = { userId, userName, displayName: displayName || userName, department };
  const warnings = stateWarnings(person);
  const selected = warnings.length === 0;
  const own = book.findByAnchor(person.anchor);
  if (own !== undefined && !own.deleted && own.linkedUserId === null) {
    given.add(own.upn.toLowerCase());
    return { ...base, address: own.upn, selected, warnings: [...warnings, willBeLinked(own)] };
  }
  const localPart = naturalLocalPart(person);
  const natural = `${localPart}@${domain}`;
  const holder = book.findHolder(natural);
  const isTaken = (address: string): boolean => given.has(address) || book.findHolder(address) !== undefined;
  const address = freeAddress(localPart, domain, isTaken);
  given.add(address.toLowerCase());
  if (holder === undefined) return { ...base, address, selected, warnings };
  // Most likely the same person under an account nobody linked: a tick would make a second one.
  return { ...base, address, selected: false, warnings: [...warnings, clash(holder, natural)] };
}

/** An address for everybody: no two alike, none that the tenant holds, each one that Microsoft 365 accepts. */
export function proposeAccounts(people: readonly Candidate[], book: AddressBook, domain: string): Proposal[] {
  const given = new Set<string>();
  return people.map((person) => propose(person, book, domain, given));
}
