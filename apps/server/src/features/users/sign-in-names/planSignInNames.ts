import type { Notice, SignInNamesRequest } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../../commands/index.ts';
import { type AddressBook, newAddressProblem, splitAddress } from '../../online-accounts/index.ts';
import { nameOf, type PersonOrAccount } from '../../people/index.ts';
import { livingAccount, othersWarning } from '../livingAccount.ts';
import { planFor } from '../planFor.ts';
import { refuseBuiltIn, refuseRemoved } from '../refusals.ts';
import { type LeavingMail, planLeavingMail } from './planLeavingMail.ts';

type Request = Omit<SignInNamesRequest, 'selection'>;

export interface SignInNamesFacts {
  readonly book: AddressBook;
  /** In lower case. */
  readonly verifiedDomains: ReadonlySet<string>;
  readonly upnSuffixes: readonly string[];
  /** Ids of the people who have each name of the directory, in lower case. */
  readonly upnHolders: ReadonlyMap<string, string>;
}

function notice(code: string, message: string, remedy: string, field?: string): Notice {
  return { code, message, remedy, ...(field === undefined ? {} : { field }) };
}

/** What is wrong with the request, whoever it is about. */
function requestProblem(request: Request, count: number, facts: SignInNamesFacts): Notice | undefined {
  const { address, domain, leave, upnSuffix } = request;
  if (leave !== undefined && (domain === undefined || domain === leave)) {
    return notice(
      'sign-in-names.nowhere-to-go',
      `Names at ${leave} need another domain to go to.`,
      'Give a verified domain.',
      'domain',
    );
  }
  if (address === undefined && domain === undefined && upnSuffix === undefined) {
    return notice('sign-in-names.nothing-chosen', 'No new name was given.', 'Give an address, a domain or a suffix.');
  }
  if (address !== undefined && (count !== 1 || domain !== undefined)) {
    return notice(
      'sign-in-names.address-of-many',
      'One address cannot be that of several people.',
      'Choose one person, or give a domain instead.',
      'address',
    );
  }
  if (domain !== undefined && !facts.verifiedDomains.has(domain)) {
    const remedy = `Use one of: ${[...facts.verifiedDomains].join(', ')}; or link the domain first.`;
    return notice(
      'online.domain-not-verified',
      `The domain ${domain} is not verified in Microsoft 365.`,
      remedy,
      'domain',
    );
  }
  if (upnSuffix === undefined || facts.upnSuffixes.some((suffix) => suffix.toLowerCase() === upnSuffix))
    return undefined;
  const remedy = `Use one of: ${facts.upnSuffixes.join(', ')}; or add the suffix on the domain controller first.`;
  return notice(
    'directory.upn-suffix-unknown',
    `The directory does not know the suffix ${upnSuffix}.`,
    remedy,
    'upnSuffix',
  );
}

const isAt = (address: string, domain: string): boolean => address.toLowerCase().endsWith(`@${domain}`);

/** The new address online, when it becomes another. */
function newAddress(person: PersonOrAccount, { address, domain, leave }: Request): string | undefined {
  const online = livingAccount(person);
  if (online === undefined) return undefined;
  if (leave !== undefined && !isAt(online.upn, leave)) return undefined;
  const wanted = address ?? (domain === undefined ? undefined : `${splitAddress(online.upn).localPart}@${domain}`);
  return wanted === undefined || wanted === online.upn ? undefined : wanted;
}

function newUpn({ user }: PersonOrAccount, { upnSuffix }: Request): string | undefined {
  if (upnSuffix === undefined || user === undefined) return undefined;
  const localPart = user.upn?.split('@')[0] ?? user.userName;
  const wanted = `${localPart}@${upnSuffix}`;
  return wanted.toLowerCase() === user.upn?.toLowerCase() ? undefined : wanted;
}

/** Names that the people before in the same plan take. */
class Taken {
  readonly #names = new Map<string, string>();

  problemOf(name: string, person: PersonOrAccount): Notice | undefined {
    const holder = this.#names.get(name.toLowerCase());
    if (holder === undefined) {
      this.#names.set(name.toLowerCase(), nameOf(person));
      return undefined;
    }
    const message = `${name} would belong to ${holder} as well.`;
    return notice('sign-in-names.twice', message, 'Rename one of the two first.');
  }
}

function addressProblem(address: string, person: PersonOrAccount, facts: SignInNamesFacts): Notice | undefined {
  const isOwn = facts.book.findHolder(address)?.id === person.online?.id;
  return isOwn ? undefined : newAddressProblem(address, facts.book, facts.verifiedDomains);
}

function upnProblem(upn: string, person: PersonOrAccount, facts: SignInNamesFacts): Notice | undefined {
  const holder = facts.upnHolders.get(upn.toLowerCase());
  if (holder === undefined || holder === person.user?.id) return undefined;
  return notice(
    'directory.upn-taken',
    `Somebody else has the name ${upn} in the directory.`,
    'Rename one of the two first.',
  );
}

function refuse(person: PersonOrAccount, request: Request): Notice | undefined {
  const { online } = person;
  const isOnlineOnly = request.upnSuffix === undefined;
  if (isOnlineOnly && online === undefined) {
    return notice('users.not-linked', `${nameOf(person)} has no online account.`, 'Create or assign one first.');
  }
  if (isOnlineOnly && online?.deletedAt !== undefined) {
    return notice('users.online-account-removed', `${online.upn} is in the recycle bin.`, 'Restore it first.');
  }
  if (person.user?.protectedAdministrator === true && !isOnlineOnly) {
    return notice(
      'users.protected-administrator',
      `${nameOf(person)} administers the directory; the directory protects this account from delegated changes.`,
      'Change it with the tools of the domain controller.',
    );
  }
  return refuseRemoved(person) ?? refuseBuiltIn(person);
}

interface NewNames {
  readonly address: string | undefined;
  readonly upn: string | undefined;
  readonly mail: LeavingMail | undefined;
}

function actionsFor({ address, upn, mail }: NewNames): PlannedAction[] {
  const changes = { ...(upn === undefined ? {} : { upn }), ...(mail?.follows === true ? { mail: mail.primary } : {}) };
  const actions: PlannedAction[] = [];
  if (Object.keys(changes).length > 0) actions.push(asked({ type: 'directory.change-user', changes }));
  if (address !== undefined) actions.push(asked({ type: 'online.change', changes: { upn: address } }));
  if (mail !== undefined) {
    actions.push(asked({ type: 'online.set-addresses', primary: mail.primary, aliases: mail.aliases }));
  }
  return actions;
}

function lostAddresses(lost: readonly string[]): Notice {
  return notice(
    'mail.address-lost',
    `Mail to ${lost.join(', ')} does not arrive any more.`,
    'Tell the people who write there before.',
  );
}

/**
 * Pure: the directory first, then the address online. Mail addresses stay as they are, but for those at a domain that is
 * left.
 */
export function planSignInNames(
  people: readonly PersonOrAccount[],
  request: Request,
  facts: SignInNamesFacts,
): PlannedCommand {
  const blocked = requestProblem(request, people.length, facts);
  if (blocked !== undefined) return { people: [], warnings: [], blocked };
  const addresses = new Taken();
  const upns = new Taken();
  const planned = people.map((person) => {
    const address = newAddress(person, request);
    const upn = newUpn(person, request);
    const mail = planLeavingMail(person, request);
    const upnTaken = upn === undefined ? undefined : (upnProblem(upn, person, facts) ?? upns.problemOf(upn, person));
    const fresh = address ?? (mail?.isNew === true ? mail.primary : undefined);
    const addressTaken =
      fresh === undefined ? undefined : (addressProblem(fresh, person, facts) ?? addresses.problemOf(fresh, person));
    const problem = refuse(person, request) ?? upnTaken ?? addressTaken;
    return planFor(person, problem, () => ({
      actions: actionsFor({ address, upn, mail }),
      warnings: [...othersWarning(person), ...(mail === undefined ? [] : [lostAddresses(mail.lost)])],
    }));
  });
  const renames = planned.filter(({ actions }) => actions.length > 0).length;
  const warning = notice(
    'sign-in-names.tell-people',
    'People sign in with the new name from then on; programs and telephones ask for it once. E-mail addresses stay as they are.',
    'Tell the people before.',
  );
  return { people: planned, warnings: renames === 0 ? [] : [warning] };
}
