import { type Kysely, sql } from 'kysely';

/** Licenses with their services and where they come from; people who wait for a seat. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table online_account
    add column inherited_sku_ids text[] not null default '{}',
    add column disabled_plans jsonb not null default '{}'`.execute(database);
  await sql`alter table license add column service_plans jsonb not null default '[]'`.execute(database);
  // The feed answers what it was asked for when it began; only a new one tells about the new columns.
  await sql`update feed set position = null where name = 'tenant'`.execute(database);
  await sql`create table license_wait (
    user_id uuid not null references directory_user(id) on delete cascade,
    sku_id uuid not null,
    disabled_plans text[] not null default '{}',
    asked_by text not null,
    asked_at timestamptz not null,
    primary key (user_id, sku_id)
  )`.execute(database);
}
