import { randomUUID } from 'node:crypto';
import type { Clock } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import type { NewTimelineEntry, Timeline } from './Timeline.ts';

const INSERT_CHUNK = 500;

export class DatabaseTimeline implements Timeline {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async record(entries: readonly NewTimelineEntry[]): Promise<void> {
    const at = this.#clock.now();
    for (let start = 0; start < entries.length; start += INSERT_CHUNK) {
      const rows = entries.slice(start, start + INSERT_CHUNK).map((entry) => ({
        id: randomUUID(),
        user_id: entry.userId,
        online_account_id: entry.onlineAccountId ?? null,
        at,
        side: entry.side,
        event: entry.event,
        sentence: entry.sentence,
        actor: entry.actor,
        reason: entry.reason ?? null,
        duration_ms: entry.durationMs ?? null,
        changes: JSON.stringify(entry.changes ?? []),
        problem: entry.problem == null ? null : JSON.stringify(entry.problem),
        request_id: entry.requestId ?? null,
        job_id: entry.jobId ?? null,
      }));
      await this.#database.insertInto('timeline').values(rows).execute();
    }
  }
}
