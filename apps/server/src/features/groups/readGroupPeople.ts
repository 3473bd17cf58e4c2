import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';

export interface GroupPerson {
  readonly userId: string;
  readonly name: string;
  readonly dn: string;
  /** Of the groups asked for, those the person is a direct member of; DNs in lower case. */
  readonly groupDns: readonly string[];
  /** The living online account that the person is linked to, and whose Isthmus it is to change. */
  readonly onlineAccountId: string | null;
}

/** People in the mirror who are direct members of one of the groups; `dns` in lower case. */
export async function readGroupPeople(
  database: Kysely<Database>,
  dns: readonly string[],
): Promise<readonly GroupPerson[]> {
  const { rows } = await sql<GroupPerson>`
    select u.id as "userId", coalesce(nullif(u.display_name, ''), u.user_name) as name, u.dn,
      array(select lower(d) from unnest(u.group_dns) d where lower(d) = any(${[...dns]}::text[])) as "groupDns",
      case when o.deleted_at is null and o.synchronized_by_others is false then o.id end as "onlineAccountId"
    from directory_user u
    left join link l on l.user_id = u.id
    left join online_account o on o.id = l.online_account_id
    where u.removed_at is null
      and exists (select 1 from unnest(u.group_dns) d where lower(d) = any(${[...dns]}::text[]))
    order by coalesce(nullif(u.display_name, ''), u.user_name) collate "und-x-icu"`.execute(database);
  return rows;
}

/** Online accounts that are linked to somebody in the directory. */
export async function readLinkedAccountIds(database: Kysely<Database>): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom('link').select('online_account_id').execute();
  return new Set(rows.map((row) => row.online_account_id));
}
