import { DomainError, guidFromBytes, parseUserId, type UserId } from '@isthmus/kernel';
import { type Client, Control, type Filter, OrFilter } from 'ldapts';
import type { DirectoryChanges, FeedRestart } from '../Directory.ts';
import { DirSyncControl, INCREMENTAL_VALUES, OBJECT_SECURITY } from './DirSyncControl.ts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import { type FeedPosition, formatPosition, parsePosition } from './feedPosition.ts';
import type { LdapEntry } from './LdapEntry.ts';
import { type LdapSession, searchWith } from './LdapSession.ts';
import { readController, restartOf } from './readController.ts';
import { WATCHED_USER_ATTRIBUTES } from './userEntry.ts';
import { equals, hasGuid, readUsersWhere, SHOW_DELETED, searchUsers } from './users.ts';

/** Containers too: renaming one moves every account below it without touching the accounts. */
const FEED_FILTER =
  '(&(|(objectClass=user)(objectClass=group)(objectClass=organizationalUnit)(objectClass=container))(!(objectClass=computer)))';
const FEED_ATTRIBUTES = [...WATCHED_USER_ATTRIBUTES, 'objectClass', 'objectGUID', 'isDeleted', 'member'];
const READING = { action: 'to read the changes of the directory' } as const;
const INSUFFICIENT_RIGHTS = 50;
const UNAVAILABLE_CRITICAL_EXTENSION = 12;

interface Round {
  readonly entries: readonly LdapEntry[];
  readonly position: FeedPosition;
}

type Changes = Omit<DirectoryChanges, 'controller'>;

/** Ids of everything of a kind; those of groups have the same form. */
interface Ids {
  readonly users: ReadonlySet<UserId>;
  readonly groups: ReadonlySet<UserId>;
}

interface Known extends Ids {
  /** The position that this knowledge belongs to. */
  readonly cookie: string;
}

/** What one round of DirSync says about whom to read again. */
interface Findings {
  readonly removed: UserId[];
  readonly touched: Filter[];
  readonly renamed: UserId[];
  readonly newGroups: UserId[];
  /** DNs whose group membership changed. */
  readonly memberDns: Set<string>;
  everybody: boolean;
}

/**
 * The change feed over DirSync. DirSync only names what changed; the states are read afterwards, so a state may be
 * newer than the cookie but never older, and what changes meanwhile comes again in the next round.
 */
export class ChangeFeed {
  readonly #session: LdapSession;
  /**
   * What was there at the last position. Removals name no kind, and an account with few rights does not see them at all;
   * then they are found by comparing.
   */
  #known: Known | undefined;
  /** Stays true once it is: whoever may see one removed entry may see all. */
  #removalsShow = false;
  /** Of the reading that is going on. */
  #restart: FeedRestart | undefined;
  #hostName: string | undefined;

  constructor(session: LdapSession) {
    this.#session = session;
  }

  /** @throws DomainError `directory.unreachable`, retryable, also when another controller took over in the middle */
  async read(cookie: string | undefined): Promise<DirectoryChanges> {
    const { connections, vendor } = this.#session;
    this.#restart = undefined;
    const { url } = connections;
    const changes = await this.#read(cookie);
    // What one controller knows and the other does not would look like a removal.
    if (connections.url !== url && this.#hostName !== undefined) throw tookOver();
    return {
      ...changes,
      controller: { hostName: this.#hostName ?? '', vendor: vendor.name, isPreferred: connections.isPreferred },
    };
  }

  async #read(cookie: string | undefined): Promise<Changes> {
    const start = cookie === undefined ? undefined : parsePosition(cookie);
    if (start !== undefined && cookie !== undefined) {
      const round = await this.#incrementalRound(start);
      const known = this.#known?.cookie === cookie ? this.#known : undefined;
      if (round !== undefined) this.#removalsShow ||= await this.#look(round.position.flags);
      if (round !== undefined && (this.#removalsShow || known !== undefined)) return this.#applyRound(round, known);
    }
    return this.#startOver();
  }

  async #startOver(): Promise<Changes> {
    const { position } = (await this.#round(0, undefined)) ?? (await this.#demandRound());
    const changed = await searchUsers(this.#session);
    const cookie = formatPosition(position);
    this.#removalsShow = false;
    const { groups } = await this.#listIds();
    this.#known = { cookie, users: new Set(changed.map((user) => user.id)), groups };
    const restart = this.#restart;
    return { changed, removed: [], cookie, incremental: false, ...(restart === undefined ? {} : { restart }) };
  }

  async #demandRound(): Promise<Round> {
    const round = await this.#round(OBJECT_SECURITY, undefined);
    if (round !== undefined) return round;
    throw directoryError(new Error('DirSync refused without a cookie'), READING);
  }

  async #incrementalRound(start: FeedPosition): Promise<Round | undefined> {
    if (start.flags === 0) return this.#round(0, start);
    // Has the right been granted meanwhile? Then start over with it; the refusal costs next to nothing.
    const upgraded = await this.#round(0, start);
    return upgraded === undefined ? this.#round(OBJECT_SECURITY, start) : undefined;
  }

  /** All parts of one DirSync answer; undefined when the feed has to start over, or these flags are refused. */
  async #round(flags: number, start: FeedPosition | undefined): Promise<Round | undefined> {
    try {
      return await this.#session.connections.use((client) => this.#readRound(client, flags, start), {
        lane: 'feed',
        repeatable: true,
      });
    } catch (error) {
      const code = resultCodeOf(error);
      if (code === INSUFFICIENT_RIGHTS && flags === 0) return undefined;
      if (code === UNAVAILABLE_CRITICAL_EXTENSION && start !== undefined) {
        this.#restart = 'position-refused';
        return undefined;
      }
      throw directoryError(error, READING);
    }
  }

  async #readRound(client: Client, flags: number, start: FeedPosition | undefined): Promise<Round | undefined> {
    const here = await readController(client);
    this.#hostName = here.hostName;
    this.#restart ??= start && restartOf(start, here);
    if (start !== undefined && this.#restart !== undefined) return undefined;
    const { dc, invocation, usn } = here;
    const control = new DirSyncControl(flags | INCREMENTAL_VALUES, start?.cookie);
    const entries: LdapEntry[] = [];
    do {
      const part = await searchWith(client, {
        base: this.#session.names.baseDn,
        filter: FEED_FILTER,
        // A full pass only wants the cookie: the states are read by an ordinary paged search.
        attributes: start === undefined ? ['objectGUID'] : FEED_ATTRIBUTES,
        controls: [control],
      });
      entries.push(...part);
    } while (control.more);
    return { entries, position: { dc, invocation, usn, flags, cookie: control.cookie } };
  }

  async #applyRound(round: Round, known: Known | undefined): Promise<Changes> {
    const findings = sortEntries(round.entries);
    const next = await this.#lookAtRemoved(findings, known);
    await this.#lookAtRenamed(findings);
    const changed = findings.everybody
      ? await searchUsers(this.#session)
      : await readUsersWhere(this.#session, [
          ...findings.touched,
          ...[...findings.memberDns].map((dn) => equals('distinguishedName', dn)),
        ]);
    const cookie = formatPosition(round.position);
    this.#known = { cookie, ...next };
    const alive = new Set<UserId>(changed.map((user) => user.id));
    const isAccount = (id: UserId): boolean => !alive.has(id) && known?.groups.has(id) !== true;
    return { changed, removed: findings.removed.filter(isAccount), cookie, incremental: true };
  }

  /**
   * A removed group leaves no trace at its members, so everybody is read again; so it is when nobody remembers what
   * kind of entry was removed, which is the case once after a start.
   */
  async #lookAtRemoved(findings: Findings, known: Known | undefined): Promise<Ids> {
    if (!this.#removalsShow || known === undefined) {
      const now = await this.#listIds();
      compare(findings, known, now);
      return now;
    }
    if (findings.removed.some((id) => known.groups.has(id))) findings.everybody = true;
    const gone = new Set(findings.removed);
    const groups = [...known.groups, ...findings.newGroups].filter((id) => !gone.has(id));
    return { users: known.users, groups: new Set(groups) };
  }

  /** Whether removals come with the feed. One entry in the container of removed objects proves that it can be seen. */
  async #look(flags: number): Promise<boolean> {
    if (flags !== 0 || !this.#session.vendor.hidesRemovedObjects) return flags === 0;
    const entries = await this.#session.search({
      ...READING,
      base: `CN=Deleted Objects,${this.#session.names.baseDn}`,
      scope: 'one',
      attributes: ['isDeleted'],
      controls: [new Control(SHOW_DELETED, { critical: true })],
      limit: 1,
    });
    return entries.length > 0;
  }

  async #lookAtRenamed(findings: Findings): Promise<void> {
    if (findings.renamed.length === 0 || findings.everybody) return;
    const entries = await this.#session.search({
      ...READING,
      base: this.#session.names.baseDn,
      filter: new OrFilter({ filters: findings.renamed.map(hasGuid) }),
      attributes: ['objectClass'],
    });
    for (const entry of entries) {
      const classes = entry.texts('objectClass');
      if (classes.includes('user')) findings.touched.push(equals('manager', entry.dn));
      else if (classes.includes('group')) findings.touched.push(equals('memberOf', entry.dn));
      else findings.everybody = true;
    }
  }

  async #listIds(): Promise<Ids> {
    const entries = await this.#session.search({
      ...READING,
      base: this.#session.names.baseDn,
      filter: '(|(sAMAccountType=805306368)(objectClass=group))',
      attributes: ['objectGUID', 'sAMAccountType'],
      lane: 'feed',
    });
    const users = new Set<UserId>();
    const groups = new Set<UserId>();
    for (const entry of entries) {
      const id = idOf(entry);
      if (entry.text('sAMAccountType') === '805306368') users.add(id);
      else groups.add(id);
    }
    return { users, groups };
  }
}

function tookOver(): DomainError {
  return new DomainError({
    code: 'directory.unreachable',
    message: 'The domain controller went away while it was read, and another one took over.',
    remedy: 'Nothing to do: everything is read again from the other one.',
    retryable: true,
  });
}

function idOf(entry: LdapEntry): UserId {
  return parseUserId(guidFromBytes(entry.bytes('objectGUID') ?? Buffer.alloc(0)));
}

function compare(findings: Findings, known: Known | undefined, now: Ids): void {
  if (known === undefined) {
    if (findings.removed.length > 0) findings.everybody = true;
    return;
  }
  const named = new Set(findings.removed);
  for (const id of known.users) if (!now.users.has(id) && !named.has(id)) findings.removed.push(id);
  for (const id of known.groups) if (!now.groups.has(id)) findings.everybody = true;
}

function sortEntries(entries: readonly LdapEntry[]): Findings {
  const findings: Findings = {
    removed: [],
    touched: [],
    renamed: [],
    newGroups: [],
    memberDns: new Set(),
    everybody: false,
  };
  for (const entry of entries) {
    const id = idOf(entry);
    if (entry.text('isDeleted') === 'TRUE') {
      findings.removed.push(id);
      continue;
    }
    if (entry.texts('objectClass').includes('group')) findings.newGroups.push(id);
    findings.touched.push(hasGuid(id));
    // A new entry names its class; one that is known already and shows a name was renamed or moved.
    if (entry.has('name') && !entry.has('objectClass')) findings.renamed.push(id);
    const memberNames = entry.names.filter((name) => name === 'member' || name.startsWith('member;range='));
    for (const name of memberNames) for (const dn of entry.texts(name)) findings.memberDns.add(dn);
  }
  return findings;
}
