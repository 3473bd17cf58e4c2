import type { Freshness, SyncStatus } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type ControllerInUse, findController } from '../../mirrors/findController.ts';
import { NOT_ON_WINDOWS } from '../integration/index.ts';
import type { PasswordService } from '../passwords/index.ts';
import type { HeldPasses } from './HeldPasses.ts';
import type { LastPass } from './PassLog.ts';
import type { SetAside, SetAsidePerson } from './SetAside.ts';

/** What the running pass tells of itself. */
export interface SyncState {
  readonly held: HeldPasses;
  readonly isWorking: boolean;
  readonly lastPass: LastPass | undefined;
  readonly isPaused: boolean;
  readonly setAside: SetAside;
}

async function readFeeds(platform: Platform) {
  const rows = await platform.database.selectFrom('feed').selectAll().execute();
  const freshness = (name: 'directory' | 'tenant', isConnected: boolean): Freshness & { server: string | null } => {
    const row = rows.find((feed) => feed.name === name);
    return {
      updatedAt: row?.contacted_at?.toISOString() ?? null,
      reachable: isConnected && row?.contacted_at != null && row.problem === null,
      problem: row?.problem ?? null,
      server: row?.source ?? null,
    };
  };
  return {
    directory: freshness('directory', platform.connections.findDirectory() !== undefined),
    online: freshness('tenant', platform.connections.findMicrosoft365() !== undefined),
  };
}

async function readCounts(platform: Platform) {
  const { database } = platform;
  const count = async (table: 'directory_user' | 'online_account', gone: 'removed_at' | 'deleted_at') => {
    const row = await database
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where(gone, 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  const links = database.selectFrom('link').select(({ fn }) => fn.countAll<string>().as('count'));
  const [people, online, linked] = await Promise.all([
    count('directory_user', 'removed_at'),
    count('online_account', 'deleted_at'),
    links.executeTakeFirstOrThrow(),
  ]);
  return { people, online, linked: Number(linked.count) };
}

function stateOf(isIntegrated: boolean, sync: SyncState, problem: object | null): SyncStatus['state'] {
  if (!isIntegrated) return 'not-integrated';
  if (sync.isPaused) return 'paused';
  if (sync.held.isOpen) return 'held';
  if (problem !== null) return 'offline';
  return sync.isWorking ? 'working' : 'in-step';
}

function presentHeld(held: HeldPasses): SyncStatus['held'] {
  const open = held.open();
  if (open === undefined || open.items.length === 0) return null;
  const items = open.items.map(({ userId: _, ...item }) => item);
  return { id: open.id, heldAt: open.heldAt.toISOString(), limit: open.limit, items };
}

export function presentSetAside(person: SetAsidePerson): SyncStatus['setAside'][number] {
  return { ...person, nextAt: person.nextAt.toISOString() };
}

function presentController(inUse: ControllerInUse | undefined): SyncStatus['directory']['controller'] {
  if (inUse === undefined) return null;
  const { since, reason, previous, missing } = inUse;
  return { since: since.toISOString(), reason, previous, missing: missing.length };
}

/** Both mirrors, the last pass, the guard and the password capture. */
export async function readSyncStatus(
  platform: Platform,
  sync: SyncState,
  passwords: Pick<PasswordService, 'status'>,
): Promise<SyncStatus> {
  const [feeds, counts, reported, inUse] = await Promise.all([
    readFeeds(platform),
    readCounts(platform),
    passwords.status(),
    findController(platform.settings),
  ]);
  const isImpossible = inUse?.vendor === 'windows' && reported.state === 'not-configured';
  const capture = isImpossible ? { ...reported, state: 'not-possible' as const, detail: NOT_ON_WINDOWS } : reported;
  const { server: _, ...online } = feeds.online;
  const problem = feeds.directory.problem ?? online.problem;
  const { lastPass } = sync;
  return {
    state: stateOf(platform.connections.findMicrosoft365() !== undefined, sync, problem),
    directory: { ...feeds.directory, people: counts.people, controller: presentController(inUse) },
    online: { ...online, people: counts.online },
    linked: counts.linked,
    lastPass: lastPass === undefined ? null : { ...lastPass, at: lastPass.at.toISOString() },
    held: presentHeld(sync.held),
    setAside: sync.setAside.list().map(presentSetAside),
    passwordCapture: { ...capture, lastSeenAt: capture.lastSeenAt?.toISOString() ?? null },
    problem,
  };
}
