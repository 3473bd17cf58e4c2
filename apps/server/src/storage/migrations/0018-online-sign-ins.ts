import { type Kysely, sql } from 'kysely';

/** When accounts of the tenant signed in last, as far as the tenant tells; `read_at`: when it told. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table online_sign_in (
    online_account_id uuid primary key references online_account (id) on delete cascade,
    last_sign_in_at timestamptz,
    read_at timestamptz not null
  )`.execute(database);
}
