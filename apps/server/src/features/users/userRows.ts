import { type HoldReason, type Notice, type PasswordState, type UserFilter, userFilters } from '@isthmus/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import { searchWords } from '../../storage/searchWords.ts';
import { knownSignIn, notSignedIn, unusedSince } from '../people/index.ts';
import { DAY_MS, RESTORABLE_DAYS } from './userAccount.ts';

/** One row of the list as the database answers it. */
export interface UserRow {
  readonly id: string;
  readonly user_name: string;
  readonly upn: string | null;
  readonly display_name: string;
  readonly given_name: string;
  readonly surname: string;
  readonly mail: string | null;
  readonly department: string;
  readonly title: string;
  readonly enabled: boolean;
  readonly locked: boolean;
  readonly expires_at: Date | null;
  readonly password_set_at: Date | null;
  readonly last_sign_in_at: Date | null;
  readonly access_level: 'standard' | 'help-desk' | 'administrator';
  readonly protected_administrator: boolean;
  readonly removed_at: Date | null;
  readonly linked_account_id: string | null;
  readonly account_id: string | null;
  readonly account_upn: string | null;
  readonly account_mail: string | null;
  readonly account_sign_in_allowed: boolean | null;
  readonly account_sku_ids: string[] | null;
  readonly account_inherited_sku_ids: string[] | null;
  readonly account_disabled_plans: Record<string, string[]> | null;
  readonly account_usage_location: string | null;
  readonly account_deleted_at: Date | null;
  readonly account_sessions_valid_from: Date | null;
  readonly account_seen_at: Date | null;
  readonly hold: HoldReason | null;
  readonly password_state: PasswordState['state'] | null;
  readonly password_changed_at: Date | null;
  readonly password_delivered_at: Date | null;
  readonly password_delay_ms: number | null;
  readonly password_reason: Notice | null;
  readonly restorable: boolean;
}

const columns = sql`u.id, u.user_name, u.upn, u.display_name, u.given_name, u.surname, u.mail, u.department, u.title,
  u.enabled, u.locked, u.expires_at, u.password_set_at, u.last_sign_in_at, u.access_level, u.protected_administrator,
  u.removed_at, l.online_account_id as linked_account_id, o.id as account_id, o.upn as account_upn,
  o.mail as account_mail, o.sign_in_allowed as account_sign_in_allowed, o.sku_ids as account_sku_ids,
  o.inherited_sku_ids as account_inherited_sku_ids, o.disabled_plans as account_disabled_plans,
  o.usage_location as account_usage_location, o.deleted_at as account_deleted_at,
  o.sessions_valid_from as account_sessions_valid_from, o.seen_at as account_seen_at, l.hold, p.state as password_state,
  p.changed_at as password_changed_at, p.delivered_at as password_delivered_at, p.delay_ms as password_delay_ms,
  p.reason as password_reason`;

const tables = sql`directory_user u
  left join link l on l.user_id = u.id
  left join online_account o on o.id = l.online_account_id
  left join password p on p.user_id = u.id`;

/** Names are sorted as people sort them, whatever their script or accents. */
const nameOrder = sql`coalesce(nullif(u.display_name, ''), u.user_name) collate "und-x-icu"`;

/** Presets; all but \`removed\` are about people who are there. */
function presetCondition(filter: UserFilter, now: Date): RawBuilder<unknown> {
  const expired = sql`(u.expires_at is not null and u.expires_at <= ${now})`;
  const conditions: Record<UserFilter, RawBuilder<unknown>> = {
    all: sql`true`,
    active: sql`(u.enabled and not ${expired})`,
    inactive: sql`(not u.enabled or ${expired})`,
    'without-online-account': sql`l.user_id is null`,
    'with-online-account': sql`l.user_id is not null`,
    'password-not-in-step': sql`(l.user_id is not null and o.deleted_at is null
      and coalesce(p.state, 'never-captured') <> 'in-step')`,
    administrators: sql`(u.access_level = 'administrator' or u.protected_administrator)`,
    'needs-attention': sql`(u.locked or (l.user_id is not null and (p.state = 'rejected' or o.id is null
      or o.deleted_at is not null)) or (u.enabled and u.upn is null and not u.protected_administrator))`,
    // By what the tenant tells of sign-ins; where it does not, by the directory's, which are up to two weeks late.
    'license-unused': sql`(cardinality(o.sku_ids) > 0 and o.deleted_at is null and (not o.sign_in_allowed
      or coalesce((select ${notSignedIn(now)} from online_sign_in s where ${knownSignIn(now)}),
        coalesce(u.last_sign_in_at, u.account_created_at) < ${unusedSince(now)})))`,
    leaving: sql`exists (select 1 from offboarding where offboarding.user_id = u.id)`,
    removed: sql`true`,
  };
  return conditions[filter];
}

function restorableSince(now: Date): Date {
  return new Date(now.getTime() - RESTORABLE_DAYS * DAY_MS);
}

function restorable(now: Date): RawBuilder<unknown> {
  return sql`exists (select 1 from removal r where r.user_id = u.id and r.restored_at is null
    and r.restorable_until > ${now})`;
}

function presence(filter: UserFilter, now: Date): RawBuilder<unknown> {
  return filter === 'removed'
    ? // "is not null" first: it spares the subquery for everybody who is there.
      sql`u.removed_at is not null and u.removed_at > ${restorableSince(now)} and not exists (select 1 from removal r
        where r.user_id = u.id and r.restored_at is not null)`
    : sql`u.removed_at is null`;
}

/** Every word must be found somewhere in what people know of a person, on either side. */
function searchCondition(text: string | undefined): RawBuilder<unknown> {
  const words = searchWords(text).map(
    (found) => sql`u.id in (select id from directory_user where ${found} union all
      select user_id from link where online_account_id in (select id from online_account where ${found}))`,
  );
  return words.length === 0 ? sql`true` : sql.join(words, sql` and `);
}

function conditionOf(filter: UserFilter, text: string | undefined, now: Date): RawBuilder<unknown> {
  return sql`not u.built_in and ${presence(filter, now)} and ${presetCondition(filter, now)}
    and ${searchCondition(text)}`;
}

const passwordRank = sql`case when l.user_id is null then 'not-linked' else coalesce(p.state, 'never-captured') end`;
const stateRank = sql`case when not u.enabled then 2 when u.expires_at <= now() then 1 else 0 end`;
const onlineRank = sql`case when l.user_id is null then 5 when o.id is null then 4 when o.deleted_at is not null then 3
  when not o.sign_in_allowed then 2 when cardinality(o.sku_ids) = 0 then 1 else 0 end`;

/** Columns a list can be sorted by. */
const sortable: Readonly<Record<string, RawBuilder<unknown>>> = {
  displayName: nameOrder,
  userName: sql`lower(u.user_name)`,
  upn: sql`lower(u.upn)`,
  givenName: sql`u.given_name collate "und-x-icu"`,
  surname: sql`u.surname collate "und-x-icu"`,
  mail: sql`lower(u.mail)`,
  department: sql`u.department collate "und-x-icu"`,
  title: sql`u.title collate "und-x-icu"`,
  state: stateRank,
  online: sql`lower(o.upn)`,
  onlineState: onlineRank,
  accessLevel: sql`u.access_level`,
  license: sql`(select min(license.name) from license where license.sku_id::text = any (o.sku_ids))`,
  password: passwordRank,
  lastSignInAt: sql`u.last_sign_in_at`,
  lastSynchronizedAt: sql`o.seen_at`,
  removedAt: sql`u.removed_at`,
};

export const sortableColumns: readonly string[] = Object.keys(sortable);

function orderOf(sort: string | undefined): RawBuilder<unknown> {
  const direction = sort?.startsWith('-') ? sql`desc` : sql`asc`;
  const wanted = sort?.replace(/^-/, '') ?? 'displayName';
  const column = sortable[wanted];
  // The id at the end makes the order total: paging never shows a row twice. This very order has an index.
  const byName = sql`${nameOrder} ${direction}, u.id ${direction}`;
  return column === undefined || wanted === 'displayName' ? byName : sql`${column} ${direction} nulls last, ${byName}`;
}

export interface UserListQuery {
  readonly filter: UserFilter;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export async function selectUserRows(
  database: Kysely<Database>,
  query: UserListQuery,
  now: Date,
): Promise<readonly UserRow[]> {
  const { rows } = await sql<UserRow>`select ${columns}, ${restorable(now)} as restorable from ${tables}
    where ${conditionOf(query.filter, query.q, now)} order by ${orderOf(query.sort)}
    limit ${query.limit} offset ${query.offset}`.execute(database);
  return rows;
}

/** The same for a search, which has to look at everybody anyhow, with the number of people found. */
export async function searchUserRows(
  database: Kysely<Database>,
  query: UserListQuery,
  now: Date,
): Promise<{ readonly rows: readonly UserRow[]; readonly found: number }> {
  const { rows } = await sql<UserRow & { found: number }>`select ${columns}, ${restorable(now)} as restorable,
      (count(*) over ())::int as found
    from ${tables} where ${conditionOf(query.filter, query.q, now)} order by ${orderOf(query.sort)}
    limit ${query.limit} offset ${query.offset}`.execute(database);
  const [first] = rows;
  // A page behind the end has no row to carry the number.
  const found = first === undefined && query.offset > 0 ? await countUserRows(database, query, now) : first?.found;
  return { rows, found: found ?? 0 };
}

export async function selectUserRow(
  database: Kysely<Database>,
  userId: string,
  now: Date,
): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`select ${columns}, ${restorable(now)} as restorable from ${tables}
    where u.id = ${userId}`.execute(database);
  return rows[0];
}

async function countUserRows(database: Kysely<Database>, { filter, q }: UserListQuery, now: Date): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from ${tables}
    where ${conditionOf(filter, q, now)}`.execute(database);
  return rows[0]?.total ?? 0;
}

/** Ids of everybody a filter finds, in the order of the list. */
export async function selectUserIds(
  database: Kysely<Database>,
  filter: UserFilter,
  q: string | undefined,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select u.id from ${tables}
    where ${conditionOf(filter, q, now)} order by ${orderOf(undefined)}`.execute(database);
  return rows.map((row) => row.id);
}

/** People in each preset, in one pass over the table. */
export async function countPresets(database: Kysely<Database>, now: Date): Promise<Record<UserFilter, number>> {
  const counts = userFilters.map(
    (preset) =>
      sql`count(*) filter (where ${presence(preset, now)} and ${presetCondition(preset, now)})::int
        as ${sql.ref(preset)}`,
  );
  const { rows } = await sql<Record<UserFilter, number>>`select ${sql.join(counts)} from ${tables}
    where not u.built_in`.execute(database);
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate without grouping answers one row');
  return row;
}
