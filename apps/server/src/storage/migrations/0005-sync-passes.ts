import { type Kysely, sql } from 'kysely';

/** What passes did, for people to look back at. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table sync_pass (
    id uuid primary key, at timestamptz not null, cause text not null, duration_ms double precision not null,
    looked integer not null, corrected integer not null, actions integer not null, failed integer not null,
    people jsonb not null)`.execute(database);
  await sql`create index sync_pass_at on sync_pass (at desc)`.execute(database);
}
