import { type Kysely, sql } from 'kysely';

/** The online sign-in of a linked person can be kept blocked on purpose. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table link
    add column hold text check (hold in ('locked', 'blocked', 'unassigned')),
    add column hold_sku_ids text[] not null default '{}',
    add column held_at timestamptz`.execute(database);
}
