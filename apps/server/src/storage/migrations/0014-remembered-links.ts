import { type Kysely, sql } from 'kysely';

/** What a disabled integration remembers of its links, for the day on which it comes back. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table remembered_link (
    user_id uuid primary key,
    online_account_id uuid not null,
    created_at timestamptz not null,
    created_by text not null,
    address_follows text,
    blocked_by_us boolean not null,
    revoke_due boolean not null,
    hold text,
    hold_sku_ids text[] not null,
    held_at timestamptz
  )`.execute(database);
}
