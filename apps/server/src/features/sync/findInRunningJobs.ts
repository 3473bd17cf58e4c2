import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';

/** Those whom a job is going to do something to; the job is left alone with them until it is through. */
export async function findInRunningJobs(
  database: Kysely<Database>,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const result = await sql<{ user_id: string }>`
    select distinct i.user_id from job j join job_item i on i.job_id = j.id
    where j.state in ('waiting', 'running') and i.state in ('waiting', 'running')
      and i.user_id = any(${[...userIds]}::uuid[])`.execute(database);
  return new Set(result.rows.map((row) => row.user_id));
}
