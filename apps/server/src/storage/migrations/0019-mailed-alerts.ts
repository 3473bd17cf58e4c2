import { type Kysely, sql } from 'kysely';

/** What was written about by e-mail; `severity`: as it was then, because an alert may become worse. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table mailed_alert (
    alert_id uuid primary key references alert (id) on delete cascade,
    severity text not null,
    mailed_at timestamptz not null
  )`.execute(database);
  await sql`create index mailed_alert_mailed_at on mailed_alert (mailed_at)`.execute(database);
}
