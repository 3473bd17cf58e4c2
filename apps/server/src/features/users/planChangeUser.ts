import { type AttributeMap, changeableTexts, mappedFields, type Notice, type UserChanges } from '@isthmus/contracts';
import type { UserAccountChanges } from '@isthmus/directory';
import type { OnlineAccountChanges } from '@isthmus/microsoft365';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import { type AddressBook, newAddressProblem, splitAddress } from '../online-accounts/index.ts';
import { nameOf, type Person } from '../people/index.ts';
import { sourceOf } from '../sync/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import type { NameHolder } from './planAddUser.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseBuiltIn, refuseRemoved } from './refusals.ts';

export interface ChangeUserFacts {
  readonly upnSuffixes: readonly string[];
  /** Somebody else who has the user name or UPN wanted. */
  readonly sameUserName: NameHolder | undefined;
  readonly sameUpn: NameHolder | undefined;
  readonly book: AddressBook;
  readonly verifiedDomains: ReadonlySet<string>;
  /** Where online properties come from. */
  readonly map: AttributeMap;
}

/** Only what really becomes another; an empty text empties the field. */
function directoryChanges(person: Person, request: UserChanges): UserAccountChanges {
  const { user } = person;
  const texts = changeableTexts
    .filter((field) => request[field] !== undefined && request[field] !== (user[field] ?? ''))
    .map((field) => [field, request[field] === '' ? null : request[field]]);
  const expiresAt = request.expiresAt === undefined ? undefined : dateOrNull(request.expiresAt);
  const expiryChanges =
    expiresAt !== undefined && (expiresAt?.getTime() ?? null) !== (user.expiresAt?.getTime() ?? null);
  return { ...Object.fromEntries(texts), ...(expiryChanges ? { expiresAt } : {}) };
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** The address after a rename in the directory, when it was made from the name that changes. */
function renamedAddress(person: Person, changes: UserAccountChanges): string | undefined {
  const online = livingAccount(person);
  const follows = person.link?.addressFollows;
  const name = follows === 'user-name' ? changes.userName : follows === 'upn' ? changes.upn?.split('@')[0] : undefined;
  if (online === undefined || name === undefined) return undefined;
  const { localPart, domain } = splitAddress(online.upn);
  return name.toLowerCase() === localPart.toLowerCase() ? undefined : `${name.toLowerCase()}@${domain}`;
}

/** What the online account takes over of a change in the directory. */
function onlineChanges(changes: UserAccountChanges, facts: ChangeUserFacts): OnlineAccountChanges {
  const taken = mappedFields.map((field) => {
    const from = sourceOf(facts, field);
    const value = from === undefined ? undefined : changes[from];
    if (field !== 'businessPhones' || value === undefined) return [field, value] as const;
    return [field, value === null ? [] : [value]] as const;
  });
  return Object.fromEntries(taken.filter(([, value]) => value !== undefined));
}

function upnProblem(changes: UserAccountChanges, facts: ChangeUserFacts): Notice | undefined {
  if (changes.upn === undefined) return undefined;
  const { localPart, domain } = splitAddress(changes.upn);
  if (localPart === '' || !facts.upnSuffixes.some((suffix) => suffix.toLowerCase() === domain)) {
    return {
      code: 'directory.upn-suffix-unknown',
      message: `The directory does not know the suffix of ${changes.upn}.`,
      remedy: `Use one of: ${facts.upnSuffixes.join(', ')}.`,
      field: 'upn',
    };
  }
  if (facts.sameUpn === undefined) return undefined;
  return {
    code: 'directory.upn-taken',
    message: `${changes.upn} belongs to ${facts.sameUpn.name}.`,
    remedy: 'Choose another one.',
    field: 'upn',
  };
}

function problemOf(
  person: Person,
  changes: UserAccountChanges,
  address: string | undefined,
  facts: ChangeUserFacts,
  context: CommandContext,
): Notice | undefined {
  if (changes.userName !== undefined && facts.sameUserName !== undefined) {
    return {
      code: 'directory.user-name-taken',
      message: `The user name ${changes.userName} belongs to ${facts.sameUserName.name}.`,
      remedy: 'Choose another user name.',
      field: 'userName',
    };
  }
  const ends = changes.expiresAt instanceof Date && changes.expiresAt <= context.now;
  if (ends && person.user.id === context.actor.userId) {
    return {
      code: 'users.yourself',
      message: 'You cannot let your own account end now.',
      remedy: 'Ask another administrator to do it.',
      field: 'expiresAt',
    };
  }
  return (
    upnProblem(changes, facts) ??
    (address === undefined ? undefined : newAddressProblem(address, facts.book, facts.verifiedDomains))
  );
}

function warningsFor(person: Person, changes: UserAccountChanges, address: string | undefined): Notice[] {
  const warnings: Notice[] = [];
  if (changes.userName !== undefined) {
    warnings.push({
      code: 'users.sign-in-name-changes',
      message: `${nameOf(person)} signs in as ${changes.userName} from then on.`,
    });
  }
  if (address !== undefined) {
    warnings.push({
      code: 'users.address-changes',
      message: `The online account becomes ${address}; the old address stays as an additional one only where there is a mailbox.`,
    });
  }
  return warnings;
}

/** Pure: the fields in the directory, and those of them that the online account carries too. */
export function planChangeUser(
  person: Person,
  request: UserChanges,
  facts: ChangeUserFacts,
  context: CommandContext,
): PlannedCommand {
  const changes = directoryChanges(person, request);
  const address = renamedAddress(person, changes);
  const blocked = refuseRemoved(person) ?? refuseBuiltIn(person) ?? problemOf(person, changes, address, facts, context);
  const online = livingAccount(person) === undefined ? {} : onlineChanges(changes, facts);
  const actions: PlannedAction[] = [
    ...(Object.keys(changes).length === 0 ? [] : [asked({ type: 'directory.change-user', changes })]),
    ...(Object.keys(online).length === 0 ? [] : [asked({ type: 'online.change', changes: online })]),
    // Alone, because a refused address would take the other changes down with it.
    ...(address === undefined ? [] : [asked({ type: 'online.change', changes: { upn: address } })]),
  ];
  const warnings = [...warningsFor(person, changes, address), ...othersWarning(person)];
  return { people: [planFor(person, blocked, () => ({ actions, warnings }))], warnings: [] };
}
