import type { Directory, DirectoryUser } from '@isthmus/directory';
import type { Platform } from '../composition/Platform.ts';
import { noticeOf } from '../features/jobs/index.ts';
import { type PersonLocks, userFromRow } from '../features/people/index.ts';
import { AccessLevels } from './AccessLevels.ts';
import { type AppliedDirectoryChanges, applyDirectoryChanges } from './applyDirectoryChanges.ts';
import { ControllerWatch } from './ControllerWatch.ts';
import { describeUserChange, describeUserRemoval } from './describeChanges.ts';
import { FeedRecord } from './FeedRecord.ts';
import { reportLinkConflicts } from './linkPeople.ts';
import type { MirrorListener } from './MirrorChange.ts';
import { PollLoop } from './PollLoop.ts';

const LONGEST_WAIT_MS = 15_000;
const LEVELS_MS = 5 * 60_000;

/** Keeps our copy of the directory fresh: a cheap question often, the changes only when there are some. */
export class DirectoryMirror {
  readonly #platform: Platform;
  readonly #locks: PersonLocks;
  readonly #onChange: MirrorListener;
  readonly #feed: FeedRecord;
  readonly #loop: PollLoop;
  readonly #levels = new AccessLevels();
  #cookie: string | undefined;
  readonly #controllers: ControllerWatch;
  /** Position up to which everything is in the mirror. */
  #handledUsn: string | undefined;
  #unchangedAt: Date | undefined;
  #full = false;
  /** A person wants the next full reading taken as it is. */
  #believed = false;
  #levelsReadAt: number | undefined;

  constructor(
    platform: Platform,
    parts: { readonly locks: PersonLocks; readonly pollMs: number; readonly onChange: MirrorListener },
  ) {
    this.#platform = platform;
    this.#locks = parts.locks;
    this.#onChange = parts.onChange;
    this.#controllers = new ControllerWatch(platform);
    this.#feed = new FeedRecord('directory', platform.database, platform.clock);
    this.#loop = new PollLoop({
      step: () => this.#step(),
      intervalMs: parts.pollMs,
      longestMs: LONGEST_WAIT_MS,
      logger: platform.logger,
    });
  }

  async start(): Promise<void> {
    this.#cookie = (await this.#feed.load()).position;
    await this.#controllers.load();
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Reads at once; `full` reads everything, and `believed` takes it as it is. Returns when that is done or has failed. */
  refresh(choice: { readonly full: boolean; readonly believed?: boolean }): Promise<void> {
    this.#full ||= choice.full;
    this.#believed ||= choice.full && choice.believed === true;
    this.#handledUsn = undefined;
    return this.#loop.run();
  }

  async #step(): Promise<void> {
    const directory = this.#platform.connections.findDirectory();
    if (directory === undefined) return;
    try {
      await this.#read(directory);
    } catch (error) {
      if (await this.#feed.failed(noticeOf(error))) this.#platform.events.publish({ topic: 'sync' });
      throw error;
    }
  }

  async #read(directory: Directory): Promise<void> {
    const readAt = this.#platform.clock.now();
    const usn = await directory.highestCommittedUsn();
    if (usn === this.#handledUsn && !this.#full) {
      this.#unchangedAt = readAt;
      if (await this.#feed.contacted()) this.#platform.events.publish({ topic: 'sync' });
      await this.#reviewLevels(directory, readAt);
      return;
    }
    const isFull = this.#full;
    const isBelieved = isFull && this.#believed;
    const changes = await directory.readChanges(isFull ? undefined : this.#cookie);
    const hadProblem = this.#feed.hasProblem;
    const kept = await this.#controllers.findKept(directory, changes, isBelieved);
    // Before the position moves on: who is kept must be known after a sudden end too.
    await this.#controllers.note(changes, kept, isBelieved);
    const applied = await applyDirectoryChanges(this.#platform.database, { ...changes, kept }, readAt, (transaction) =>
      this.#feed.savePosition(transaction, changes.cookie, changes.controller.hostName),
    );
    this.#full &&= !isFull;
    this.#believed &&= !isBelieved;
    this.#cookie = changes.cookie;
    this.#handledUsn = usn;
    await this.#afterwards(directory, applied, { causedAt: this.#unchangedAt ?? readAt, first: !changes.incremental });
    this.#unchangedAt = readAt;
    if (hadProblem || !changes.incremental) this.#platform.events.publish({ topic: 'sync' });
  }

  async #afterwards(
    directory: Directory,
    applied: AppliedDirectoryChanges,
    round: { readonly causedAt: Date; readonly first: boolean },
  ): Promise<void> {
    const { changed, removed, linked } = applied;
    const userIds = new Set<string>([...changed.map((user) => user.id), ...removed, ...linked]);
    try {
      // Caution about administrators comes before anybody acts on the change.
      for (const id of await this.#updateLevels(directory, changed)) userIds.add(id);
      await this.#record(applied, round.first);
      if (userIds.size > 0) await reportLinkConflicts(this.#platform.database, this.#platform.alerts);
    } finally {
      // The change is in the mirror: whatever went wrong around it, people have to be looked at.
      if (userIds.size > 0) this.#onChange({ side: 'directory', userIds: [...userIds], causedAt: round.causedAt });
    }
  }

  #updateLevels(directory: Directory, users: readonly DirectoryUser[]): Promise<readonly string[]> {
    const { database, clock, connections } = this.#platform;
    const settings = connections.getDirectorySettings();
    return this.#levels.update(database, directory, settings, { users, now: clock.now() });
  }

  /** A group put into the administrators' group changes nobody's own account, so it is looked for now and then. */
  async #reviewLevels(directory: Directory, now: Date): Promise<void> {
    if (now.getTime() - (this.#levelsReadAt ?? 0) < LEVELS_MS) return;
    this.#levelsReadAt = now.getTime();
    const { database } = this.#platform;
    const rows = await database.selectFrom('directory_user').selectAll().where('removed_at', 'is', null).execute();
    const userIds = await this.#updateLevels(directory, rows.map(userFromRow));
    if (userIds.length > 0) this.#onChange({ side: 'directory', userIds, causedAt: now });
  }

  /** Our own writes are in the mirror before we see them here, so what is seen was done by others. */
  async #record(applied: AppliedDirectoryChanges, first: boolean): Promise<void> {
    const { before, changed, removed } = applied;
    const isOurs = (id: string): boolean => this.#locks.isHeld(id);
    const entries = [
      // At the first sight of a directory nobody has just appeared.
      ...changed
        .filter((user) => !isOurs(user.id) && !(first && !before.has(user.id)))
        .map((user) => describeUserChange(before.get(user.id), user)),
      ...removed
        .filter((id) => !isOurs(id))
        .map((id) => before.get(id))
        .map((user) => user && describeUserRemoval(user)),
    ].filter((entry) => entry !== undefined);
    await this.#platform.timeline.record(entries);
  }
}
