import { type Kysely, sql } from 'kysely';

/** Two things of the same millisecond are told in the order in which they happened. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table timeline add sequence bigint generated always as identity`.execute(database);
}
