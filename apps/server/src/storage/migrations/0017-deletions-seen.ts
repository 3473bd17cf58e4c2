import { type Kysely, sql } from 'kysely';

/** When a deletion in Microsoft 365 was seen here, to be compared with other moments of our own clock. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table online_account add column deleted_seen_at timestamptz`.execute(database);
  await sql`update online_account set deleted_seen_at = deleted_at`.execute(database);
}
