import type { Notice } from '@isthmus/contracts';
import {
  asked,
  type PlannedAction,
  type PlannedCommand,
  type PlannedPerson,
  subjectOf,
  unknownPerson,
} from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import type { AddressBook, KnownAccount } from './AddressBook.ts';
import { type KnownLicense, licenseProblems } from './planLicenses.ts';
import { createAction, newAddressProblem } from './planOnlineAccount.ts';

export interface BulkCreateFacts {
  readonly people: ReadonlyMap<string, Person>;
  readonly book: AddressBook;
  readonly verifiedDomains: ReadonlySet<string>;
  readonly licenses: readonly KnownLicense[];
  /** The integration's, when the request names none. */
  readonly usageLocation: string | undefined;
  readonly now: Date;
}

export interface BulkCreateRequest {
  readonly accounts: readonly { readonly userId: string; readonly address: string }[];
  readonly skuIds: readonly string[];
  readonly usageLocation?: string | undefined;
}

function personProblem(person: Person): Notice | undefined {
  const name = person.user.displayName || person.user.userName;
  if (person.removedAt !== undefined) {
    return { code: 'users.removed', message: `${name} was removed.`, remedy: 'Restore the person first.' };
  }
  if (person.user.builtIn) {
    return {
      code: 'users.built-in',
      message: `${name} is an account of the directory itself, not of a person.`,
      remedy: 'Leave it out.',
    };
  }
  if (person.online === undefined) return undefined;
  return person.online.deletedAt === undefined
    ? {
        code: 'online-accounts.already-linked',
        message: `${name} already has the online account ${person.online.upn}.`,
        remedy: 'Leave this person out.',
      }
    : {
        code: 'online-accounts.restorable',
        message: `The online account of ${name} is in the recycle bin.`,
        remedy: 'Restore it instead of making another.',
      };
}

function stillAllowed(person: Person, now: Date): boolean {
  const { enabled, expiresAt } = person.user;
  return enabled && (expiresAt === undefined || expiresAt > now);
}

/** An account of the tenant that carries this person's anchor and is nobody else's. */
function ownAccount(person: Person, book: AddressBook): KnownAccount | undefined {
  const account = book.findByAnchor(person.user.anchor);
  return account === undefined || account.deleted || account.linkedUserId !== null ? undefined : account;
}

function actionsFor(
  person: Person,
  address: string,
  existing: KnownAccount | undefined,
  request: BulkCreateRequest,
  facts: BulkCreateFacts,
): PlannedAction[] {
  const usageLocation = request.usageLocation ?? facts.usageLocation ?? '';
  const licenses: PlannedAction[] =
    request.skuIds.length === 0 ? [] : [asked({ type: 'online.assign-licenses', skuIds: request.skuIds })];
  const signInAllowed = stillAllowed(person, facts.now);
  if (existing === undefined) {
    return [asked(createAction(person.user, { address, usageLocation, signInAllowed })), ...licenses];
  }
  const location: PlannedAction[] =
    licenses.length === 0 ? [] : [asked({ type: 'online.change', changes: { usageLocation } })];
  return [asked({ type: 'link.create', onlineAccountId: existing.id }), ...location, ...licenses];
}

function planOne(
  account: { readonly userId: string; readonly address: string },
  request: BulkCreateRequest,
  facts: BulkCreateFacts,
  given: Map<string, string>,
): PlannedPerson {
  const person = facts.people.get(account.userId);
  if (person === undefined) return unknownPerson(account.userId, account.address);
  const existing = ownAccount(person, facts.book);
  const address = existing?.upn ?? account.address;
  const subject = { ...subjectOf(person), onlineAccountId: existing?.id ?? null, address };
  const sameAddress = given.get(address.toLowerCase());
  const blocked =
    personProblem(person) ??
    (existing === undefined ? newAddressProblem(address, facts.book, facts.verifiedDomains) : undefined) ??
    (sameAddress === undefined
      ? undefined
      : {
          code: 'online.address-taken',
          message: `${address} is also given to ${sameAddress}.`,
          remedy: 'Give one of them another address.',
          field: 'address',
        });
  if (blocked !== undefined) return { subject, person, actions: [], warnings: [], blocked };
  given.set(address.toLowerCase(), subject.name);
  return { subject, person, actions: actionsFor(person, address, existing, request, facts), warnings: [] };
}

function usageLocationProblem(request: BulkCreateRequest, facts: BulkCreateFacts): Notice | undefined {
  if ((request.usageLocation ?? facts.usageLocation) !== undefined) return undefined;
  return {
    code: 'online.usage-location-missing',
    message: 'Microsoft 365 needs to know in which country the people work.',
    remedy: 'Choose a country for the licenses.',
    field: 'usageLocation',
  };
}

/** Pure: what the bulk run would make, and for whom it would not. */
export function planBulkCreate(request: BulkCreateRequest, facts: BulkCreateFacts): PlannedCommand {
  const given = new Map<string, string>();
  const people = request.accounts.map((account) => planOne(account, request, facts, given));
  const needed = people.filter((person) => person.blocked === undefined).length;
  const blocked = usageLocationProblem(request, facts) ?? licenseProblems(request.skuIds, facts.licenses, needed).at(0);
  const warnings: Notice[] =
    request.skuIds.length > 0 || needed === 0
      ? []
      : [
          {
            code: 'online-accounts.without-license',
            message: 'Without a license these people get no mailbox and no apps.',
            remedy: 'Choose a license, or assign one later.',
          },
        ];
  return { people, warnings, ...(blocked === undefined ? {} : { blocked }) };
}
