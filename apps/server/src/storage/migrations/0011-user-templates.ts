import { type Kysely, sql } from 'kysely';

/** Templates for new people. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table user_template (
    id uuid primary key,
    name text not null,
    settings jsonb not null,
    changed_at timestamptz not null,
    changed_by text not null
  )`.execute(database);
  await sql`create unique index user_template_name on user_template (lower(name))`.execute(database);
}
