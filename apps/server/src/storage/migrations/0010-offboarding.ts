import { type Kysely, sql } from 'kysely';

/** People who leave: what was taken from them in the directory, and when both accounts are removed. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table link drop constraint link_hold_check`.execute(database);
  await sql`alter table link
    add constraint link_hold_check check (hold in ('locked', 'blocked', 'unassigned', 'off-boarded'))`.execute(
    database,
  );
  await sql`create table offboarding (
    user_id uuid primary key references directory_user(id) on delete cascade,
    begun_at timestamptz not null,
    begun_by text not null,
    group_dns text[] not null,
    mailbox jsonb not null default '{}',
    remove_at timestamptz
  )`.execute(database);
  await sql`create index offboarding_remove_at on offboarding (remove_at)`.execute(database);
}
