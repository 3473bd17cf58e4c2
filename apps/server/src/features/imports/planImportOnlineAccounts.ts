import type { ImportCandidate, Notice } from '@isthmus/contracts';
import type { OnlineAccount } from '@isthmus/microsoft365';
import { asked, type PlannedAction, type PlannedCommand, type PlannedPerson } from '../commands/index.ts';
import { splitAddress } from '../online-accounts/index.ts';
import { type ImportableAccount, importProblem, importWarnings } from './importProblems.ts';
import type { NameBook } from './NameBook.ts';
import { freeUserName, suggestUserName, userNameProblem } from './userNames.ts';

/** What the directory is and demands, as far as new accounts are concerned. */
export interface DirectoryFacts {
  readonly names: NameBook;
  readonly domainName: string;
  readonly upnSuffixes: readonly string[];
  readonly minimumPasswordLength: number;
}

/** Where the new accounts are made, and what they join. */
export interface Placement {
  readonly containerDn: string;
  readonly groupDns: readonly string[];
}

export interface ImportRequest extends Placement {
  readonly accounts: readonly { readonly onlineAccountId: string; readonly userName: string }[];
}

export interface ImportFacts {
  readonly directory: DirectoryFacts;
  /** By id. */
  readonly accounts: ReadonlyMap<string, ImportableAccount>;
  /** Where the password of the n-th new account is kept. */
  readonly passwordRef: (index: number) => string;
}

/** The suffix of the directory that is the domain of the address, so that both sides have one sign-in name. */
function hasSuffixOf(address: string, { upnSuffixes }: Pick<DirectoryFacts, 'upnSuffixes'>): boolean {
  const { domain } = splitAddress(address);
  return upnSuffixes.some((suffix) => suffix.toLowerCase() === domain);
}

/** Sign-in name at work: the online one where the directory has that suffix, else the user name in the domain. */
export function upnFor(userName: string, address: string | undefined, directory: DirectoryFacts): string {
  return address !== undefined && hasSuffixOf(address, directory) ? address : `${userName}@${directory.domainName}`;
}

/** A user name for everybody: no two alike, none that the directory has. */
export function proposeImports(
  accounts: readonly ImportableAccount[],
  directory: DirectoryFacts,
): readonly ImportCandidate[] {
  const given = new Set<string>();
  const isTaken = (userName: string): boolean =>
    given.has(userName) ||
    directory.names.findByUserName(userName) !== undefined ||
    directory.names.findByUpn(`${userName}@${directory.domainName}`) !== undefined;
  return accounts.map((entry) => {
    const { account } = entry;
    const blocked = importProblem(entry) ?? null;
    const full = `${account.givenName ?? ''} ${account.surname ?? ''}`;
    const wanted = suggestUserName(splitAddress(account.upn).localPart, full, account.displayName);
    const userName = blocked === null ? freeUserName(wanted, isTaken) : wanted;
    if (blocked === null) given.add(userName.toLowerCase());
    const warnings = blocked === null ? importWarnings(entry) : [];
    return {
      onlineAccountId: account.id,
      address: account.upn,
      displayName: account.displayName,
      licensed: account.skuIds.length > 0,
      userName,
      upn: upnFor(userName, account.upn, directory),
      selected: blocked === null && warnings.length === 0,
      warnings,
      blocked,
    };
  });
}

function taken(message: string): Notice {
  return { code: 'directory.user-name-taken', message, remedy: 'Choose another user name.', field: 'userName' };
}

/** Why nobody can get these names, whether the directory has them or an earlier one of the run. */
export function namesProblem(
  wanted: { readonly userName: string; readonly upn: string },
  names: NameBook,
  given: ReadonlyMap<string, string>,
): Notice | undefined {
  const { userName, upn } = wanted;
  const holder = names.findByUserName(userName);
  const upnHolder = names.findByUpn(upn);
  const twin = given.get(userName.toLowerCase()) ?? given.get(upn.toLowerCase());
  if (holder !== undefined) return taken(`The user name ${userName} belongs to ${holder.name}.`);
  if (twin !== undefined) return taken(`${userName} (${upn}) is also given to ${twin}.`);
  if (upnHolder === undefined) return undefined;
  return { ...taken(`The sign-in name ${upn} belongs to ${upnHolder.name}.`), code: 'directory.upn-taken' };
}

export function rememberNames(
  given: Map<string, string>,
  names: { readonly userName: string; readonly upn: string },
  owner: string,
): void {
  given.set(names.userName.toLowerCase(), owner);
  given.set(names.upn.toLowerCase(), owner);
}

function unknownAccount(id: string): PlannedPerson {
  return {
    subject: { userId: null, onlineAccountId: id, name: id, userName: null, address: null },
    actions: [],
    warnings: [],
    blocked: {
      code: 'online.account-not-found',
      message: `No online account has the id ${id}.`,
      remedy: 'Load the list again; it may have been removed meanwhile.',
    },
  };
}

/** What the user account takes over: all that would otherwise be emptied online, once the directory leads. */
function textsOf(account: OnlineAccount): Record<string, string> {
  const texts = {
    mail: account.mail,
    department: account.department,
    title: account.jobTitle,
    office: account.officeLocation,
    phone: account.businessPhones[0],
    mobile: account.mobilePhone,
    company: account.companyName,
  };
  const given = Object.entries(texts).flatMap(([field, value]) => (value ? [[field, value] as const] : []));
  return Object.fromEntries(given);
}

function actionsFor(
  account: OnlineAccount,
  names: { readonly userName: string; readonly upn: string },
  placement: Placement,
  password: { readonly passwordRef: string; readonly minimumLength: number },
): PlannedAction[] {
  return [
    asked({
      type: 'directory.add-user',
      user: {
        ...names,
        displayName: account.displayName || names.userName,
        givenName: account.givenName ?? '',
        surname: account.surname ?? '',
        ...textsOf(account),
        mustChangePassword: true,
        containerDn: placement.containerDn,
      },
      passwordRef: password.passwordRef,
      generated: { minimumLength: password.minimumLength },
      directoryOnly: true,
    }),
    asked({ type: 'link.create', onlineAccountId: account.id }),
    ...[...new Set(placement.groupDns)].map((groupDn) => asked({ type: 'directory.add-to-group', groupDn })),
  ];
}

function foreignMark({ account }: ImportableAccount): Notice[] {
  if (account.immutableId === undefined) return [];
  return [
    {
      code: 'users.other-anchor',
      message: `${account.upn} bears the mark of another user account or tool; it will be overwritten.`,
      remedy: 'Make sure that no other tool keeps this account.',
    },
  ];
}

/** Pure: a user account for each online account, and the link between the two. */
export function planImportOnlineAccounts(request: ImportRequest, facts: ImportFacts): PlannedCommand {
  const { directory } = facts;
  const given = new Map<string, string>();
  const imported = new Set<string>();
  const people = request.accounts.map(({ onlineAccountId, userName }, index): PlannedPerson => {
    const id = onlineAccountId.toLowerCase();
    const entry = facts.accounts.get(id);
    if (entry === undefined) return unknownAccount(onlineAccountId);
    const { account } = entry;
    const name = account.displayName || account.upn;
    const subject = { userId: null, onlineAccountId: id, name, userName, address: account.upn };
    const names = { userName, upn: upnFor(userName, account.upn, directory) };
    const repeated: Notice = {
      code: 'imports.repeated',
      message: `${account.upn} is in the list twice.`,
      remedy: 'Name each account once.',
    };
    const blocked =
      (imported.has(id) ? repeated : undefined) ??
      importProblem(entry) ??
      userNameProblem(userName) ??
      namesProblem(names, directory.names, given);
    imported.add(id);
    if (blocked !== undefined) return { subject, actions: [], warnings: [], blocked };
    rememberNames(given, names, name);
    const password = { passwordRef: facts.passwordRef(index), minimumLength: directory.minimumPasswordLength };
    const warnings = [...importWarnings(entry), ...foreignMark(entry)];
    return { subject, actions: actionsFor(account, names, request, password), warnings };
  });
  return { people, warnings: [] };
}
