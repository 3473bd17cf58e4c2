import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import { PHONE_LIMIT, TEXT_LIMITS } from './planFields.ts';
import { type SyncSettings, sourceOf } from './syncSettings.ts';

type MapSettings = Pick<SyncSettings, 'map'>;

function column(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function fitted(from: string, limit: number): RawBuilder<string> {
  return sql`rtrim(left(btrim(${sql.ref(`u.${column(from)}`)}), ${sql.lit(limit)}))`;
}

function textsDiffer(settings: MapSettings): RawBuilder<unknown>[] {
  return (Object.entries(TEXT_LIMITS) as [keyof typeof TEXT_LIMITS, number][]).flatMap(([field, limit]) => {
    const from = sourceOf(settings, field);
    if (from === undefined) return [];
    const wanted = fitted(from, limit);
    const found = sql`coalesce(${sql.ref(`o.${column(field)}`)}, '')`;
    const differs = sql`(${sql.ref(`u.${column(from)}`)} <> ${found} and ${wanted} <> ${found})`;
    return [field === 'displayName' ? sql`(${differs} and ${wanted} <> '')` : differs];
  });
}

function phonesDiffer(settings: MapSettings): RawBuilder<unknown>[] {
  const from = sourceOf(settings, 'businessPhones');
  if (from === undefined) return [];
  const phone = fitted(from, PHONE_LIMIT);
  const given = sql.ref(`u.${column(from)}`);
  return [
    sql`((coalesce(o.business_phones[1], '') <> ${given} or cardinality(o.business_phones) > 1)
      and o.business_phones <> case when ${phone} = '' then '{}'::text[] else array[${phone}] end)`,
  ];
}

const followed = sql`case l.address_follows
  when 'user-name' then u.user_name when 'upn' then split_part(u.upn, '@', 1) end`;

/**
 * Linked people for whom the planner may find something to do or to tell: the planner's conditions as one set-based
 * query, so that a pass with nothing to do reads no people at all. It may name too many, never too few.
 */
export async function findDiffering(
  database: Kysely<Database>,
  now: Date,
  settings: MapSettings,
): Promise<readonly string[]> {
  const fields = [sql`false`, ...textsDiffer(settings), ...phonesDiffer(settings)];
  const result = await sql<{ user_id: string }>`
    select l.user_id
    from link l
    join directory_user u on u.id = l.user_id
    join online_account o on o.id = l.online_account_id
    where (u.removed_at is not null and o.deleted_at is null)
      or (u.removed_at is null and o.deleted_at is not null and l.hold is null)
      or (u.removed_at is null and o.deleted_at is null and (
        o.sign_in_allowed <> (l.hold is null and u.enabled and (u.expires_at is null or u.expires_at > ${now}))
        or l.revoke_due
        or (l.blocked_by_us and o.sign_in_allowed)
        or ${sql.join(fields, sql` or `)}
        or ${followed} <> split_part(o.upn, '@', 1) and lower(${followed}) <> lower(split_part(o.upn, '@', 1))))`.execute(
    database,
  );
  return result.rows.map((row) => row.user_id);
}

/** When the next linked user account ends, after `now`. */
export async function findNextExpiry(database: Kysely<Database>, now: Date): Promise<Date | undefined> {
  const row = await database
    .selectFrom('directory_user')
    .innerJoin('link', 'link.user_id', 'directory_user.id')
    .select(({ fn }) => fn.min('expires_at').as('next'))
    .where('removed_at', 'is', null)
    .where('enabled', '=', true)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.next ?? undefined;
}
