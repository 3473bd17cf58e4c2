import { randomUUID } from 'node:crypto';
import type { ActionType, PassCause, SyncPass } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

export interface LastPass {
  readonly at: Date;
  readonly durationMs: number;
  readonly actions: number;
  readonly failed: number;
}

/** What became of one person in a pass. */
export interface PassResult {
  readonly userId: string;
  readonly name: string;
  readonly done: readonly ActionType[];
  readonly problem: string | undefined;
}

type PassPerson = SyncPass['people'][number];

interface RunningPass {
  readonly startedAt: Date;
  readonly start: number;
  readonly cause: PassCause;
  corrected: number;
  looked: number;
  actions: number;
  failed: number;
  readonly people: Map<string, PassPerson>;
}

/** So many people are named in one pass, and so many passes are kept. */
const PEOPLE = 50;
const KEPT = 200;
/** Kept even when they found nothing to do: somebody asked, or wants to know that the night was quiet. */
const ALWAYS_KEPT: readonly PassCause[] = ['asked', 'nightly-comparison', 'settings-changed'];

/** A pass begins with the first round that has somebody to look at and ends when the last worker is through. */
export class PassLog {
  readonly #platform: Platform;
  #running: RunningPass | undefined;
  #waiting: (() => void)[] = [];
  #writing: Promise<void> = Promise.resolve();
  last: LastPass | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** `corrected`: people whose copy was put right by a full comparison just before. */
  begin(cause: PassCause, corrected = 0): void {
    this.#running ??= {
      startedAt: this.#platform.clock.now(),
      start: performance.now(),
      cause,
      corrected: 0,
      looked: 0,
      actions: 0,
      failed: 0,
      people: new Map(),
    };
    this.#running.corrected += corrected;
  }

  roundDone(looked = 0): void {
    if (this.#running !== undefined) this.#running.looked += looked;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves after the next round. */
  nextRound(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  note({ userId, name, done, problem }: PassResult): void {
    const pass = this.#running;
    if (pass === undefined) return;
    pass.actions += done.length;
    if (problem !== undefined) pass.failed += 1;
    if (done.length === 0 && problem === undefined) return;
    if (pass.people.size >= PEOPLE && !pass.people.has(userId)) return;
    const before = pass.people.get(userId)?.done ?? [];
    pass.people.set(userId, { userId, name, done: [...before, ...done], problem: problem ?? null });
  }

  end(): void {
    const pass = this.#running;
    if (pass === undefined) return;
    this.#running = undefined;
    const { startedAt, start, cause, looked, corrected, actions, failed } = pass;
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    this.last = { at: startedAt, durationMs, actions, failed };
    const isNews = actions + failed > 0;
    this.#platform.logger[isNews ? 'info' : 'debug'](
      { cause, looked, corrected, actions, failed, durationMs },
      'sync pass',
    );
    if (isNews || ALWAYS_KEPT.includes(cause)) {
      this.#writing = this.#writing.then(() => this.#keep(pass, durationMs));
    }
  }

  /** What was kept is in the database afterwards. */
  settle(): Promise<void> {
    return this.#writing;
  }

  async list(limit: number): Promise<{ items: SyncPass[]; total: number }> {
    await this.#writing;
    const { database } = this.#platform;
    const rows = await database.selectFrom('sync_pass').selectAll().orderBy('at', 'desc').limit(limit).execute();
    const { count } = await database
      .selectFrom('sync_pass')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    const items = rows.map(({ at, duration_ms, ...row }) => ({
      ...row,
      at: at.toISOString(),
      durationMs: duration_ms,
    }));
    return { items, total: Number(count) };
  }

  /** The log is for people to look back at: when it cannot be written, the passes go on. */
  async #keep(pass: RunningPass, durationMs: number): Promise<void> {
    const { startedAt, cause, looked, corrected, actions, failed } = pass;
    const { database, events, logger } = this.#platform;
    const people = JSON.stringify([...pass.people.values()]);
    const row = { at: startedAt, cause, duration_ms: durationMs, looked, corrected, actions, failed, people };
    try {
      await database
        .insertInto('sync_pass')
        .values({ id: randomUUID(), ...row })
        .execute();
      const old = database.selectFrom('sync_pass').select('id').orderBy('at', 'desc').offset(KEPT);
      await database.deleteFrom('sync_pass').where('id', 'in', old).execute();
    } catch (error) {
      logger.warn({ error: String(error) }, 'a sync pass could not be written down');
    }
    events.publish({ topic: 'sync' });
  }
}
