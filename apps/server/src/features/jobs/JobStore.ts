import type { JobKind, Notice } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import { type Kysely, type Selectable, sql } from 'kysely';
import { isAnyOf } from '../../storage/isAnyOf.ts';
import type { Database, JobItemTable, JobTable } from '../../storage/schema.ts';
import type { ItemOutcome, NewJob, NewJobItem } from './Jobs.ts';

export type JobRow = Selectable<JobTable>;
export type JobItemRow = Selectable<JobItemTable>;
export type JobCounts = Readonly<Record<JobItemRow['state'], number>>;
export type FinalState = 'done' | 'done-with-problems' | 'failed' | 'cancelled';

const INSERT_CHUNK = 1000;
const noCounts: JobCounts = { waiting: 0, running: 0, done: 0, unchanged: 0, failed: 0, cancelled: 0 };

/** The tables of jobs; every method is one statement or one transaction. */
export class JobStore {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async insert(id: string, job: NewJob<object, object>, itemIds: readonly string[]): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('job')
        .values({
          id,
          kind: job.kind,
          title: job.title,
          state: 'waiting',
          started_by: job.startedBy,
          input: JSON.stringify(job.input),
          step: null,
          created_at: this.#clock.now(),
        })
        .execute();
      for (let start = 0; start < job.items.length; start += INSERT_CHUNK) {
        const rows = job.items
          .slice(start, start + INSERT_CHUNK)
          .map((item, index) => newItemRow(id, itemIds[start + index] ?? '', start + index, item));
        await transaction.insertInto('job_item').values(rows).execute();
      }
    });
  }

  find(id: string): Promise<JobRow | undefined> {
    return this.#database.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async countsOf(ids: readonly string[]): Promise<ReadonlyMap<string, JobCounts>> {
    const counts = new Map<string, JobCounts>(ids.map((id) => [id, noCounts]));
    if (ids.length === 0) return counts;
    const rows = await this.#database
      .selectFrom('job_item')
      .select(['job_id', 'state', sql<number>`count(*)::int`.as('count')])
      .where('job_id', 'in', ids)
      .groupBy(['job_id', 'state'])
      .execute();
    for (const row of rows) counts.set(row.job_id, { ...(counts.get(row.job_id) ?? noCounts), [row.state]: row.count });
    return counts;
  }

  async listUnfinished(): Promise<readonly string[]> {
    const rows = await this.#database.selectFrom('job').select('id').where('ended_at', 'is', null).execute();
    return rows.map((row) => row.id);
  }

  /** What was running when the server ended is interrupted until its work is taken up again. */
  async markInterrupted(): Promise<void> {
    await this.#database
      .updateTable('job')
      .set({ state: 'interrupted' })
      .where('state', '=', 'running')
      .where('ended_at', 'is', null)
      .execute();
  }

  /** Marks the job as running, and gives items that were in hand at a crash back to the waiting ones. */
  async begin(id: string): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('job')
        .set((eb) => ({ state: 'running', started_at: eb.fn.coalesce('started_at', sql<Date>`${this.#clock.now()}`) }))
        .where('id', '=', id)
        .execute();
      await transaction
        .updateTable('job_item')
        .set({ state: 'waiting' })
        .where('job_id', '=', id)
        .where('state', '=', 'running')
        .execute();
    });
  }

  /** The next items nobody works on yet, now marked as running; none when the job was cancelled. */
  async claim(id: string, limit: number): Promise<readonly JobItemRow[]> {
    const next = this.#database
      .selectFrom('job_item')
      .innerJoin('job', 'job.id', 'job_item.job_id')
      .select('job_item.id')
      .where('job.id', '=', id)
      .where('job.cancel_requested', '=', false)
      .where('job_item.state', '=', 'waiting')
      .orderBy('job_item.position')
      .limit(limit)
      .forUpdate('job_item')
      .skipLocked();
    const rows = await this.#database
      .updateTable('job_item')
      .set({ state: 'running' })
      .where('id', 'in', next)
      .returningAll()
      .execute();
    return rows.sort((a, b) => a.position - b.position);
  }

  async setItemStep(itemIds: readonly string[], step: string): Promise<void> {
    await this.#database.updateTable('job_item').set({ step }).where(isAnyOf('id', itemIds)).execute();
  }

  async setStep(id: string, step: string): Promise<void> {
    await this.#database.updateTable('job').set({ step }).where('id', '=', id).execute();
  }

  async saveOutcomes(outcomes: readonly { readonly itemId: string; readonly outcome: ItemOutcome }[]): Promise<void> {
    const rows = outcomes.map(({ itemId, outcome }) => ({ id: itemId, ...outcome }));
    // A failed item keeps the step it failed at.
    await sql`
      update job_item set state = o.state, problem = o.problem, ended_at = ${this.#clock.now()},
        step = case when o.state = 'failed' then coalesce(o.step, job_item.step) end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(id uuid, state text, problem jsonb, step text)
      where job_item.id = o.id`.execute(this.#database);
  }

  async requestCancel(id: string): Promise<boolean> {
    const result = await this.#database
      .updateTable('job')
      .set({ cancel_requested: true })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async cancelWaitingItems(id: string): Promise<void> {
    await this.#database
      .updateTable('job_item')
      .set({ state: 'cancelled', ended_at: this.#clock.now() })
      .where('job_id', '=', id)
      .where('state', '=', 'waiting')
      .execute();
  }

  async end(id: string, state: FinalState, problem: Notice | null): Promise<void> {
    await this.#database
      .updateTable('job')
      .set({
        state,
        step: null,
        problem: problem === null ? null : JSON.stringify(problem),
        ended_at: this.#clock.now(),
      })
      .where('id', '=', id)
      .execute();
  }

  listFailedItems(id: string): Promise<readonly JobItemRow[]> {
    return this.#database
      .selectFrom('job_item')
      .selectAll()
      .where('job_id', '=', id)
      .where('state', '=', 'failed')
      .orderBy('position')
      .execute();
  }
}

function newItemRow(jobId: string, id: string, position: number, item: NewJobItem<object>) {
  return {
    id,
    job_id: jobId,
    position,
    name: item.name,
    user_id: item.userId ?? null,
    address: item.address ?? null,
    payload: JSON.stringify(item.payload),
    state: 'waiting' as const,
    step: null,
  };
}

/** A stored kind is one that this release knows, or the job is refused when it is run. */
export function kindOf(row: JobRow): JobKind {
  return row.kind as JobKind;
}
