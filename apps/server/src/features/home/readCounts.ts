import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';

export interface HomeCounts {
  readonly people: number;
  readonly active: number;
  readonly linked: number;
  readonly withoutOnlineAccount: number;
  /** Active people who could get an online account right away. */
  readonly waitingForAccount: number;
  readonly administrators: number;
  readonly passwordsRejected: number;
  readonly runningJobs: number;
}

/** Every number of Home, in one pass over the people. */
export async function readCounts(database: Kysely<Database>, now: Date): Promise<HomeCounts> {
  const active = sql`(u.enabled and (u.expires_at is null or u.expires_at > ${now}))`;
  const { rows } = await sql<HomeCounts>`select
      count(*)::int as "people",
      (count(*) filter (where ${active}))::int as "active",
      (count(*) filter (where l.user_id is not null))::int as "linked",
      (count(*) filter (where l.user_id is null))::int as "withoutOnlineAccount",
      (count(*) filter (where l.user_id is null and ${active} and not u.protected_administrator))::int
        as "waitingForAccount",
      (count(*) filter (where u.access_level = 'administrator' and ${active}))::int as "administrators",
      (count(*) filter (where p.state = 'rejected' and l.user_id is not null))::int as "passwordsRejected",
      (select count(*) from job where state in ('waiting', 'running', 'interrupted'))::int as "runningJobs"
    from directory_user u
      left join link l on l.user_id = u.id
      left join password p on p.user_id = u.id
    where u.removed_at is null and not u.built_in`.execute(database);
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate without grouping answers one row');
  return row;
}
