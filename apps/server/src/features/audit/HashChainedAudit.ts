import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@isthmus/kernel';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditTable, Database } from '../../storage/schema.ts';
import type { Audit, NewAuditEntry } from './Audit.ts';

type Row = Selectable<AuditTable>;

/** Serializes writers: the hash of an entry needs the one before it. */
const CHAIN_LOCK = 7_482_004;
const BEGINNING = Buffer.alloc(32);
const VERIFY_CHUNK = 1000;

/** Everything of an entry but its place, in a form that is the same when it is read back. */
function contentOf(row: Omit<Row, 'sequence' | 'hash' | 'previous_hash'>): string {
  return JSON.stringify([
    row.id,
    row.at.toISOString(),
    row.actor,
    row.address,
    row.action,
    row.sentence,
    row.subject_user_id,
    row.subject,
    row.result,
    row.changes.map(({ field, before, after }) => [field, before, after]),
    row.request_id,
    row.job_id,
  ]);
}

function hashOf(previous: Buffer, row: Omit<Row, 'sequence' | 'hash' | 'previous_hash'>): Buffer {
  return createHash('sha256').update(previous).update(contentOf(row)).digest();
}

function rowOf(entry: NewAuditEntry, at: Date): Omit<Row, 'sequence' | 'hash' | 'previous_hash'> {
  return {
    id: randomUUID(),
    at,
    actor: entry.actor,
    address: entry.address ?? null,
    action: entry.action,
    sentence: entry.sentence,
    subject_user_id: entry.subjectUserId ?? null,
    subject: entry.subject ?? null,
    result: entry.result,
    changes: [...(entry.changes ?? [])],
    request_id: entry.requestId ?? null,
    job_id: entry.jobId ?? null,
  };
}

/**
 * Each entry carries the hash of itself and the one before it, so that a changed or missing entry breaks the chain;
 * a trigger of the database refuses changes in the first place.
 */
export class HashChainedAudit implements Audit {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async record(...entries: readonly NewAuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = this.#clock.now();
    await this.#database.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(CHAIN_LOCK)})`.execute(transaction);
      const last = await transaction
        .selectFrom('audit')
        .select('hash')
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      let previous_hash = last?.hash ?? BEGINNING;
      const links = entries.map((entry) => {
        const row = rowOf(entry, at);
        const hash = hashOf(previous_hash, row);
        const link = { ...row, changes: JSON.stringify(row.changes), previous_hash, hash };
        previous_hash = hash;
        return link;
      });
      await transaction.insertInto('audit').values(links).execute();
    });
  }

  async verify(): Promise<{ intact: boolean; entries: number; firstBroken: number | null }> {
    let previous: Buffer = BEGINNING;
    let after = '0';
    let entries = 0;
    for (;;) {
      const rows = await this.#database
        .selectFrom('audit')
        .selectAll()
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(VERIFY_CHUNK)
        .execute();
      for (const row of rows) {
        const fits = row.previous_hash.equals(previous) && row.hash.equals(hashOf(previous, row));
        if (!fits) return { intact: false, entries, firstBroken: Number(row.sequence) };
        previous = row.hash;
        after = row.sequence;
        entries += 1;
      }
      if (rows.length < VERIFY_CHUNK) return { intact: true, entries, firstBroken: null };
    }
  }
}
