import { type HoldReason, type OnlineAccountFilter, onlineAccountFilters } from '@isthmus/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import { searchWords } from '../../storage/searchWords.ts';
import { knownSignIn, notSignedIn } from '../people/index.ts';

/** One row of the list as the database answers it. */
export interface OnlineAccountRow {
  readonly id: string;
  readonly upn: string;
  readonly display_name: string;
  readonly mail: string | null;
  readonly sign_in_allowed: boolean;
  readonly sku_ids: string[];
  readonly inherited_sku_ids: string[];
  readonly disabled_plans: Record<string, string[]>;
  readonly usage_location: string | null;
  readonly synchronized_by_others: boolean;
  readonly sessions_valid_from: Date | null;
  readonly account_created_at: Date | null;
  readonly deleted_at: Date | null;
  /** Null also when the tenant does not tell; see `sign_in_read_at`. */
  readonly last_sign_in_at: Date | null;
  readonly sign_in_read_at: Date | null;
  readonly hold: HoldReason | null;
  readonly user_id: string | null;
  readonly user_name: string | null;
  readonly user_display_name: string | null;
  readonly user_upn: string | null;
  readonly user_enabled: boolean | null;
  readonly user_expires_at: Date | null;
  readonly user_removed_at: Date | null;
  readonly user_protected_administrator: boolean | null;
}

const columns = sql`o.id, o.upn, o.display_name, o.mail, o.sign_in_allowed, o.sku_ids, o.usage_location,
  o.inherited_sku_ids, o.disabled_plans,
  o.synchronized_by_others, o.sessions_valid_from, o.account_created_at, o.deleted_at, l.hold,
  s.last_sign_in_at, s.read_at as sign_in_read_at, u.id as user_id,
  u.user_name, u.display_name as user_display_name, u.upn as user_upn, u.enabled as user_enabled,
  u.expires_at as user_expires_at, u.removed_at as user_removed_at,
  u.protected_administrator as user_protected_administrator`;

const tablesAt = (now: Date): RawBuilder<unknown> => sql`online_account o
  left join link l on l.online_account_id = o.id
  left join directory_user u on u.id = l.user_id
  left join online_sign_in s on ${knownSignIn(now)}`;

const conditionsAt = (now: Date): Readonly<Record<OnlineAccountFilter, RawBuilder<unknown>>> => ({
  all: sql`o.deleted_at is null`,
  linked: sql`(o.deleted_at is null and l.user_id is not null)`,
  'not-linked': sql`(o.deleted_at is null and l.user_id is null)`,
  unlicensed: sql`(o.deleted_at is null and cardinality(o.sku_ids) = 0)`,
  blocked: sql`(o.deleted_at is null and not o.sign_in_allowed)`,
  'not-signed-in': sql`(o.deleted_at is null and ${notSignedIn(now)})`,
  removed: sql`o.deleted_at is not null`,
});

/** Every word must be found somewhere in what people know of an account or of its user. */
function searchCondition(text: string | undefined): RawBuilder<unknown> {
  const words = searchWords(text).map(
    (found) => sql`o.id in (select id from online_account where ${found} union all
      select online_account_id from link where user_id in (select id from directory_user where ${found}))`,
  );
  return words.length === 0 ? sql`true` : sql.join(words, sql` and `);
}

/** Columns a list can be sorted by. */
const sortable: Readonly<Record<string, RawBuilder<unknown>>> = {
  address: sql`lower(o.upn)`,
  displayName: sql`o.display_name collate "und-x-icu"`,
  user: sql`coalesce(nullif(u.display_name, ''), u.user_name) collate "und-x-icu"`,
  state: sql`case when o.deleted_at is not null then 3 when not o.sign_in_allowed then 2
    when cardinality(o.sku_ids) = 0 then 1 else 0 end`,
  license: sql`(select min(license.name) from license where license.sku_id::text = any (o.sku_ids))`,
  createdAt: sql`o.account_created_at`,
  lastSignInAt: sql`s.last_sign_in_at`,
};

export const sortableColumns: readonly string[] = Object.keys(sortable);

export interface OnlineAccountQuery {
  readonly filter: OnlineAccountFilter;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

function orderOf(sort: string | undefined): RawBuilder<unknown> {
  const direction = sort?.startsWith('-') ? sql`desc` : sql`asc`;
  const column = sortable[sort?.replace(/^-/, '') ?? 'address'] ?? sortable['address'];
  // The id at the end makes the order total: paging never shows a row twice.
  return sql`${column} ${direction} nulls last, lower(o.upn) ${direction}, o.id ${direction}`;
}

export async function selectOnlineAccountRows(
  database: Kysely<Database>,
  query: OnlineAccountQuery,
  now: Date,
): Promise<{ readonly rows: readonly OnlineAccountRow[]; readonly total: number }> {
  const tables = tablesAt(now);
  const where = sql`${conditionsAt(now)[query.filter]} and ${searchCondition(query.q)}`;
  const [{ rows }, counted] = await Promise.all([
    sql<OnlineAccountRow>`select ${columns} from ${tables} where ${where} order by ${orderOf(query.sort)}
      limit ${query.limit} offset ${query.offset}`.execute(database),
    sql<{ total: number }>`select count(*)::int as total from ${tables} where ${where}`.execute(database),
  ]);
  return { rows, total: counted.rows[0]?.total ?? 0 };
}

export async function selectOnlineAccountRow(
  database: Kysely<Database>,
  id: string,
  now: Date,
): Promise<OnlineAccountRow | undefined> {
  const found = sql<OnlineAccountRow>`select ${columns} from ${tablesAt(now)} where o.id = ${id}`;
  const { rows } = await found.execute(database);
  return rows[0];
}

/** Accounts in each preset, in one pass over the table. */
export async function countOnlinePresets(
  database: Kysely<Database>,
  now: Date,
): Promise<Record<OnlineAccountFilter, number>> {
  const conditions = conditionsAt(now);
  const counts = onlineAccountFilters.map(
    (preset) => sql`count(*) filter (where ${conditions[preset]})::int as ${sql.ref(preset)}`,
  );
  const counting = sql<Record<OnlineAccountFilter, number>>`select ${sql.join(counts)} from ${tablesAt(now)}`;
  const { rows } = await counting.execute(database);
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate without grouping answers one row');
  return row;
}
