import { type Kysely, sql } from 'kysely';

/** Who administers the tenant; empty until it could be read, as every tenant has somebody. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table tenant_role (
    holder_id uuid primary key,
    is_global_administrator boolean not null
  )`.execute(database);
}
