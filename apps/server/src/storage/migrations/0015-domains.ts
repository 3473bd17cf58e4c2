import { type Kysely, sql } from 'kysely';

/** Domains whose records are watched, and who lets us write records. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table watched_domain (
    id uuid primary key,
    name text not null unique,
    shown text not null,
    registrable text not null,
    is_root boolean not null,
    added_at timestamptz not null,
    added_by text not null,
    verified_at timestamptz,
    complete_at timestamptz,
    has_moved boolean not null default false,
    options jsonb not null,
    checks jsonb not null default '[]',
    name_servers text[] not null default '{}',
    provider jsonb,
    expires_at timestamptz,
    checked_at timestamptz,
    next_check_at timestamptz not null,
    problem jsonb,
    last_write jsonb
  )`.execute(database);
  await sql`create table dns_provider (
    id uuid primary key,
    kind text not null,
    name text not null unique,
    settings jsonb not null,
    added_at timestamptz not null,
    added_by text not null
  )`.execute(database);
}
