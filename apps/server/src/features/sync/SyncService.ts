import type { ActionType, PassCause } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform, Service } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { Mirrors } from '../../mirrors/index.ts';
import type { NewAuditEntry } from '../audit/index.ts';
import { noticeOf } from '../jobs/index.ts';
import type { People, PlanPerformer, SyncTrigger } from '../people/index.ts';
import type { Cause } from './Cause.ts';
import { Dirty } from './Dirty.ts';
import { GUARD_LIMITS, type GuardLimits } from './deleteGuard.ts';
import { findDiffering, findNextExpiry } from './findDiffering.ts';
import { findInRunningJobs } from './findInRunningJobs.ts';
import { GuardedRound, keyOf, type Planned } from './GuardedRound.ts';
import { HeldPasses } from './HeldPasses.ts';
import { NightlyComparison } from './NightlyComparison.ts';
import { NoticeBoard } from './NoticeBoard.ts';
import { Outcomes } from './Outcomes.ts';
import { PassLog } from './PassLog.ts';
import { type PersonWork, PersonWorker, type WorkResult } from './PersonWorker.ts';
import { PlanReader } from './PlanReader.ts';
import { withoutDestructive } from './planPerson.ts';
import { RecentLosses } from './RecentLosses.ts';
import { SetAside } from './SetAside.ts';
import { SYNC_SETTINGS } from './syncSettings.ts';
import { Wakeup } from './Wakeup.ts';
import { WorkQueue } from './WorkQueue.ts';

export interface SyncOptions {
  /** How often everything is compared, whatever the mirrors told. */
  readonly compareMs: number;
  /** People worked on at the same time. */
  readonly concurrency: number;
  readonly guard: GuardLimits;
}

export const SYNC_OPTIONS: SyncOptions = { compareMs: 300_000, concurrency: 8, guard: GUARD_LIMITS };

const SHORTEST_WAIT_MS = 250;
const JOB_WAIT_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const RUN_PATIENCE_MS = 20_000;
const URGENT = ['online.block-sign-in', 'online.revoke-sessions', 'online.allow-sign-in', 'online.remove'];

/**
 * The sync pass. Mirrors and commands only say whom to look at; a round plans for those people from the mirrors, asks
 * the delete guard, and hands the rest to workers. A compare of everybody finds what nobody told.
 */
export class SyncService implements Service, SyncTrigger {
  readonly #platform: Platform;
  readonly #mirrors: Mirrors;
  readonly #options: SyncOptions;
  readonly #dirty = new Dirty();
  readonly #wakeup = new Wakeup();
  readonly #outcomes = new Outcomes();
  readonly setAside = new SetAside();
  readonly passes: PassLog;
  readonly #board: NoticeBoard;
  readonly #recent: RecentLosses;
  readonly #worker: PersonWorker;
  readonly #queue: WorkQueue<PersonWork>;
  readonly held: HeldPasses;
  readonly reader: PlanReader;
  readonly guard: GuardedRound;
  readonly nightly: NightlyComparison;
  #next: { cause: PassCause; corrected: number } | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #comparedAt = 0;
  #nextExpiry: number | undefined;
  #pauseMs = 0;
  #pausedUntil = 0;

  constructor(
    platform: Platform,
    parts: { people: People; performer: PlanPerformer; mirrors: Mirrors },
    options: SyncOptions,
  ) {
    this.#platform = platform;
    this.#mirrors = parts.mirrors;
    this.#options = options;
    this.passes = new PassLog(platform);
    this.#board = new NoticeBoard(platform);
    this.#recent = new RecentLosses(platform, options.guard.windowMs);
    this.held = new HeldPasses(platform);
    this.reader = new PlanReader(platform, parts.people);
    this.guard = new GuardedRound(platform, { held: this.held, recent: this.#recent, limits: options.guard });
    this.#worker = new PersonWorker(platform, {
      people: parts.people,
      performer: parts.performer,
      reader: this.reader,
      held: this.held,
      board: this.#board,
      setAside: this.setAside,
    });
    this.#queue = new WorkQueue(
      options.concurrency,
      (work) => this.#work(work),
      () => this.passes.end(),
    );
    parts.mirrors.onChange(({ side, userIds, causedAt }) => {
      this.#dirty.add(userIds, { changedOn: side, causedAt });
      this.#wakeup.wake();
    });
    platform.connections.onChange(() => this.#lookAtEverybody('comparison'));
    this.nightly = new NightlyComparison(platform, {
      mirrors: parts.mirrors,
      compare: (corrected) => this.#lookAtEverybody('nightly-comparison', corrected),
    });
  }

  get isWorking(): boolean {
    return this.#queue.size > 0;
  }

  get lastPass() {
    return this.passes.last;
  }

  /** When it tries again after a side was out of reach. */
  get pausedUntil(): Date | undefined {
    return this.#pausedUntil > this.#now() ? new Date(this.#pausedUntil) : undefined;
  }

  async start(): Promise<void> {
    await Promise.all([this.held.load(), this.#board.load(), this.#recent.load()]);
    this.#running = this.#run();
    await this.nightly.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.nightly.stop();
    this.#wakeup.wake();
    await this.#running;
    await this.#queue.stop();
    await this.passes.settle();
  }

  lookAgain(userIds: readonly string[]): void {
    this.#dirty.add(userIds);
    this.#wakeup.wake();
  }

  /** Reads both sides and brings everybody into line; returns when that is done, or after a while. */
  async runNow(choice: { readonly full: boolean }): Promise<void> {
    await this.#mirrors.refresh({ ...choice, believed: choice.full });
    this.#pausedUntil = 0;
    const round = this.passes.nextRound();
    this.#lookAtEverybody('asked');
    const patience = AbortSignal.timeout(RUN_PATIENCE_MS);
    await Promise.race([round, new Promise((resolve) => patience.addEventListener('abort', resolve))]);
    while (this.isWorking && !patience.aborted) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /**
   * Reads what changed and brings one person into line. @returns what was done
   * @throws DomainError `sync.paused`, `integration.not-integrated`
   */
  async runFor(userId: string): Promise<readonly ActionType[]> {
    const { paused } = await this.reader.settings();
    if (paused) {
      throw new DomainError({
        code: 'sync.paused',
        message: 'The synchronization is paused, so nothing was done.',
        remedy: 'Resume it, then run it again.',
      });
    }
    this.#platform.connections.getMicrosoft365();
    await this.#mirrors.refresh({ full: false });
    this.#pausedUntil = 0;
    this.setAside.take(userId);
    const outcome = this.#outcomes.next(userId, AbortSignal.timeout(RUN_PATIENCE_MS));
    this.#next ??= { cause: 'asked', corrected: 0 };
    this.lookAgain([userId]);
    return outcome;
  }

  async setPaused(paused: boolean, actor: Actor, requestId: string): Promise<void> {
    const settings = await this.reader.settings();
    if (settings.paused === paused) return;
    await this.#platform.settings.put(SYNC_SETTINGS, { ...settings, paused });
    await this.#audit(actor, requestId, {
      action: paused ? 'sync.pause' : 'sync.resume',
      sentence: paused ? 'Paused the synchronization' : 'Resumed the synchronization',
    });
    if (paused) this.#queue.clear();
    else this.#lookAtEverybody('asked');
    this.#platform.events.publish({ topic: 'sync' });
  }

  /** Everybody is compared, as more or less is to be done now. */
  settingsChanged(): void {
    this.#lookAtEverybody('settings-changed');
    this.#platform.events.publish({ topic: 'sync' });
  }

  /** A person's decision about what the delete guard stopped, object by object. */
  async decideHeldPass(
    id: string,
    decision: { readonly approve: readonly string[]; readonly keep: readonly string[] },
    actor: Actor,
    requestId: string,
  ): Promise<void> {
    const decided = await this.held.decide(id, decision.approve, decision.keep);
    for (const item of decided) {
      const approved = this.held.isApproved(item.key);
      await this.#audit(actor, requestId, {
        action: approved ? 'sync.approve' : 'sync.keep',
        sentence: `${approved ? 'Approved' : 'Decided against'} ${item.key.split(':')[0] ?? ''} of ${item.subject.name}`,
        subjectUserId: item.userId,
        subject: item.subject.name,
      });
    }
    this.lookAgain(decided.map((item) => item.userId));
  }

  #now(): number {
    return this.#platform.clock.now().getTime();
  }

  async #audit(
    actor: Actor,
    requestId: string,
    entry: Pick<NewAuditEntry, 'action' | 'sentence' | 'subjectUserId' | 'subject' | 'changes'>,
  ): Promise<void> {
    await this.#platform.audit.record({
      ...entry,
      actor: actor.userName,
      address: actor.address,
      result: 'done',
      requestId,
    });
  }

  #lookAtEverybody(cause: PassCause, corrected = 0): void {
    const isNight = cause === 'nightly-comparison';
    if (this.#next === undefined || isNight) this.#next = { cause, corrected };
    this.#dirty.addEverybody();
    this.#wakeup.wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const waitMs = await this.#roundSafely();
      await this.#wakeup.wait(waitMs);
    }
  }

  /** @returns how long to wait at most for the next round */
  async #roundSafely(): Promise<number> {
    try {
      const waitMs = await this.#mustWait();
      if (waitMs > 0) return waitMs;
      await this.#round();
      return this.#untilNextRound();
    } catch (error) {
      this.#platform.logger.error({ error: String(error) }, 'a round of the sync pass failed');
      this.#dirty.addEverybody();
      return FIRST_PAUSE_MS;
    }
  }

  /** What is told while nothing may be done is not lost: afterwards everybody is compared. */
  async #mustWait(): Promise<number> {
    if (this.#pausedUntil > this.#now()) return this.#pausedUntil - this.#now();
    const { paused } = await this.reader.settings();
    if (!paused && this.#platform.connections.findMicrosoft365() !== undefined) return 0;
    this.#dirty.take();
    this.#dirty.addEverybody();
    this.passes.roundDone();
    return this.#options.compareMs;
  }

  #untilNextRound(): number {
    const moments = [this.#comparedAt + this.#options.compareMs, this.setAside.nextAt(), this.#nextExpiry];
    const next = Math.min(...moments.filter((moment) => moment !== undefined)) - this.#now();
    // What is urgent wakes the loop; what is merely due may come a little later.
    return Math.max(SHORTEST_WAIT_MS, next);
  }

  async #round(): Promise<void> {
    const now = this.#platform.clock.now();
    if (now.getTime() >= Math.min(this.#comparedAt + this.#options.compareMs, this.#nextExpiry ?? Infinity)) {
      this.#dirty.addEverybody();
    }
    this.#dirty.add(this.setAside.due(now).filter((userId) => !this.#queue.isBusy(userId)));
    if (this.#dirty.isEmpty) return;
    const { people, everybody } = this.#dirty.take();
    this.passes.begin(...this.#causeOf(people, everybody));
    const userIds = everybody ? await this.#listEverybody(people, now) : [...people.keys()];
    const inJobs = await findInRunningJobs(this.#platform.database, userIds);
    this.#lookLater(inJobs, people);
    const free = userIds.filter((id) => !inJobs.has(id) && (people.has(id) || !this.setAside.isWaiting(id, now)));
    const planned = await this.reader.planMany(free, (id) => people.get(id)?.changedOn);
    await this.#decide(planned, people);
    this.#noteExpiry(planned, now);
    this.passes.roundDone(free.length);
    if (this.#queue.size === 0) this.passes.end();
  }

  /** Why this round is made, and how many copies were put right before it. */
  #causeOf(people: ReadonlyMap<string, Cause>, everybody: boolean): [PassCause, number] {
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) return [next.cause, next.corrected];
    const sides = [...people.values()].map(({ changedOn }) => changedOn);
    if (sides.includes('directory')) return ['directory-changed', 0];
    if (sides.includes('online')) return ['online-changed', 0];
    return [everybody ? 'comparison' : 'follow-up', 0];
  }

  async #listEverybody(told: ReadonlyMap<string, Cause>, now: Date): Promise<readonly string[]> {
    this.#comparedAt = now.getTime();
    const settings = await this.reader.settings();
    const [differing, expiry] = await Promise.all([
      findDiffering(this.#platform.database, now, settings),
      findNextExpiry(this.#platform.database, now),
    ]);
    this.#nextExpiry = expiry?.getTime();
    return [...new Set([...told.keys(), ...differing, ...this.#board.people(), ...this.held.people()])];
  }

  #lookLater(inJobs: ReadonlySet<string>, people: ReadonlyMap<string, Cause>): void {
    if (inJobs.size === 0) return;
    setTimeout(() => {
      for (const id of inJobs) this.#dirty.add([id], people.get(id));
      this.#wakeup.wake();
    }, JOB_WAIT_MS).unref();
  }

  async #decide(planned: readonly Planned[], causes: ReadonlyMap<string, Cause>): Promise<void> {
    const mayTake = await this.guard.decide(planned);
    for (const { plan } of planned) {
      await this.#board.update(plan, plan.notices);
      const key = keyOf(plan);
      const isAllowed = key === undefined || mayTake.has(key);
      const { actions } = isAllowed ? plan : withoutDestructive(plan);
      if (actions.length === 0) {
        this.setAside.take(plan.userId);
        await this.#board.succeeded(plan.userId);
        if (!this.#queue.isBusy(plan.userId)) this.#outcomes.tell(plan.userId, []);
        continue;
      }
      this.#queue.add({
        userId: plan.userId,
        name: plan.name,
        isUrgent: actions.some(({ action }) => URGENT.includes(action.type)),
        cause: causes.get(plan.userId) ?? { changedOn: undefined, causedAt: undefined },
        mayTake: isAllowed ? key : undefined,
      });
    }
  }

  #noteExpiry(planned: readonly Planned[], now: Date): void {
    for (const { person } of planned) {
      const at = person.user.expiresAt;
      if (at !== undefined && at > now) this.#nextExpiry = Math.min(this.#nextExpiry ?? Infinity, at.getTime());
    }
  }

  async #work(work: PersonWork): Promise<void> {
    const { userId, name } = work;
    const result: WorkResult = await this.#worker.work(work).catch((error: unknown) => {
      this.#platform.logger.error({ userId, error: String(error) }, 'the result of a pass was lost');
      const problem = noticeOf(error);
      this.setAside.put(work, problem, this.#platform.clock.now());
      return { outcome: 'failed', done: [], problem: problem.message };
    });
    if (!('done' in result)) {
      if (result.outcome === 'side-down') this.#pause();
      this.#dirty.add([userId], work.cause);
      this.#wakeup.wake();
      return;
    }
    const { done } = result;
    const problem = result.outcome === 'failed' ? result.problem : undefined;
    if (problem === undefined) this.#pauseMs = 0;
    else this.#wakeup.wake();
    this.passes.note({ userId, name, done, problem });
    this.#outcomes.tell(userId, done);
  }

  /** One side is out of reach: nobody is tried until it may be back. */
  #pause(): void {
    if (this.#pausedUntil > this.#now()) return;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    this.#pausedUntil = this.#now() + this.#pauseMs;
    for (const waiting of this.#queue.clear()) this.#dirty.add([waiting.userId], waiting.cause);
    this.#platform.events.publish({ topic: 'sync' });
  }
}
