import { bytesFromGuid, DomainError, guidFromBytes, parseUserId, type UserId } from '@isthmus/kernel';
import { AndFilter, Control, EqualityFilter, type Filter, FilterParser, OrFilter } from 'ldapts';
import { ZodError } from 'zod';
import type { DirectoryUser } from '../DirectoryUser.ts';
import { domainNameOf, sameDn } from './distinguishedName.ts';
import type { LdapEntry } from './LdapEntry.ts';
import type { LdapSession } from './LdapSession.ts';
import { readValues } from './readValues.ts';
import { COMPUTED_CONTROL, parseUserEntry, USER_ATTRIBUTES, USER_FILTER, wasEverLocked } from './userEntry.ts';

/** Control that shows removed objects (MS-ADTS 3.1.1.3.4.1.14). */
export const SHOW_DELETED = '1.2.840.113556.1.4.417';
/** Filters with more alternatives make Windows give up its index. */
const BATCH_SIZE = 100;
const READING = { action: 'to read user accounts' } as const;

/** A base DN that finds the object wherever it was moved. */
export function guidDn(id: UserId): string {
  return `<GUID=${id}>`;
}

export function equals(attribute: string, value: string | Buffer): EqualityFilter {
  return new EqualityFilter({ attribute, value });
}

export function hasGuid(id: string): EqualityFilter {
  return equals('objectGUID', Buffer.from(bytesFromGuid(id)));
}

async function parse(session: LdapSession, entry: LdapEntry): Promise<DirectoryUser | undefined> {
  try {
    const state = wasEverLocked(entry) ? await session.read(entry.dn, [COMPUTED_CONTROL]) : undefined;
    const groupDns = await readValues(session, entry, 'memberOf');
    const user = { ...parseUserEntry(entry, state?.text(COMPUTED_CONTROL)), groupDns };
    return sameDn(user.dn, session.serviceAccountDn) ? { ...user, builtIn: true } : user;
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    session.logger.warn(
      { dn: entry.dn, issues: error.issues.map((issue) => issue.path.join('.')) },
      'unreadable entry',
    );
    return undefined;
  }
}

export async function searchUsers(session: LdapSession, extra?: Filter): Promise<readonly DirectoryUser[]> {
  const everybody = FilterParser.parseString(USER_FILTER);
  const entries = await session.search({
    ...READING,
    base: session.names.baseDn,
    filter: extra === undefined ? everybody : new AndFilter({ filters: [everybody, extra] }),
    attributes: USER_ATTRIBUTES,
    lane: extra === undefined ? 'feed' : 'quick',
  });
  const users: DirectoryUser[] = [];
  for (const entry of entries) {
    const user = await parse(session, entry);
    if (user !== undefined) users.push(user);
  }
  return users;
}

/** The accounts among these objects; objects of other kinds and missing ones are left out. */
export async function readUsersWhere(
  session: LdapSession,
  alternatives: readonly Filter[],
): Promise<readonly DirectoryUser[]> {
  const found = new Map<UserId, DirectoryUser>();
  for (let start = 0; start < alternatives.length; start += BATCH_SIZE) {
    const filters = alternatives.slice(start, start + BATCH_SIZE);
    for (const user of await searchUsers(session, new OrFilter({ filters }))) found.set(user.id, user);
  }
  return [...found.values()];
}

export async function findUser(session: LdapSession, id: UserId): Promise<DirectoryUser | undefined> {
  const entry = await session.read(guidDn(id), [...USER_ATTRIBUTES, 'sAMAccountType', 'isDeleted']);
  if (entry === undefined || entry.text('sAMAccountType') !== '805306368' || entry.has('isDeleted')) return undefined;
  return parse(session, entry);
}

export async function getUser(session: LdapSession, id: UserId): Promise<DirectoryUser> {
  const user = await findUser(session, id);
  if (user !== undefined) return user;
  throw new DomainError({
    code: 'directory.user-not-found',
    message: 'The user account does not exist in the directory.',
    remedy: 'Refresh; it may have been removed meanwhile.',
  });
}

/** The only account that matches; two accounts with one name are nobody's. */
async function single(session: LdapSession, filter: Filter): Promise<DirectoryUser | undefined> {
  const users = await searchUsers(session, filter);
  return users.length === 1 ? users[0] : undefined;
}

export function findByUserName(session: LdapSession, userName: string): Promise<DirectoryUser | undefined> {
  return single(session, equals('sAMAccountName', userName));
}

function findByUpn(session: LdapSession, upn: string): Promise<DirectoryUser | undefined> {
  return single(session, equals('userPrincipalName', upn));
}

/** By user name, UPN (the implicit `name@domain` too) or `DOMAIN\name`. */
export async function findUserByName(session: LdapSession, name: string): Promise<DirectoryUser | undefined> {
  const domainName = domainNameOf(session.names.baseDn);
  const backslash = name.indexOf('\\');
  if (backslash >= 0) {
    const domain = name.slice(0, backslash).toLowerCase();
    if (domain !== session.names.netbiosName.toLowerCase() && domain !== domainName) return undefined;
    return findByUserName(session, name.slice(backslash + 1));
  }
  const at = name.lastIndexOf('@');
  if (at < 0) return name === '' ? undefined : findByUserName(session, name);
  const explicit = await findByUpn(session, name);
  if (explicit !== undefined || name.slice(at + 1).toLowerCase() !== domainName) return explicit;
  return findByUserName(session, name.slice(0, at));
}

/** Those whose remains show among the removed objects. */
export async function findRemovedUsers(session: LdapSession, ids: readonly UserId[]): Promise<readonly UserId[]> {
  const removed: UserId[] = [];
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const entries = await session.search({
      ...READING,
      base: session.names.baseDn,
      filter: new AndFilter({
        filters: [
          equals('isDeleted', 'TRUE'),
          new OrFilter({ filters: ids.slice(start, start + BATCH_SIZE).map(hasGuid) }),
        ],
      }),
      attributes: ['objectGUID'],
      controls: [new Control(SHOW_DELETED, { critical: true })],
    });
    for (const entry of entries) removed.push(parseUserId(guidFromBytes(entry.bytes('objectGUID') ?? Buffer.alloc(0))));
  }
  return removed;
}
