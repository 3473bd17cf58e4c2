import { type Kysely, sql } from 'kysely';

/** Groups of the tenant that follow groups of the directory. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table group_link (
    group_id uuid primary key,
    online_group_id uuid not null unique,
    online_name text not null,
    linked_at timestamptz not null,
    linked_by text not null,
    checked_at timestamptz,
    member_count integer,
    without_account integer,
    held_ids uuid[] not null default '{}',
    approved_ids uuid[] not null default '{}',
    problem jsonb
  )`.execute(database);
}
