import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Alerts } from '../features/alerts/index.ts';
import { ISTHMUS_ITSELF } from '../http/Actor.ts';
import type { Database } from '../storage/schema.ts';

const MIRROR_LOCK = 7_482_010;
const CONFLICT = 'sync.link-conflict';

type Scope = { readonly userIds: readonly string[] } | { readonly onlineIds: readonly string[] } | 'all';

function within(scope: Scope): RawBuilder<boolean> {
  if (scope === 'all') return sql`true`;
  return 'userIds' in scope
    ? sql`u.id = any(${[...scope.userIds]}::uuid[])`
    : sql`o.id = any(${[...scope.onlineIds]}::uuid[])`;
}

/** A user account that was made again under its old anchor takes its link over from the one that is gone. */
async function freeLinksOfRemoved(database: Kysely<Database>, scope: Scope): Promise<void> {
  await sql`
    delete from link l using directory_user former, directory_user u, online_account o
    where former.id = l.user_id and former.removed_at is not null and o.id = l.online_account_id
      and o.immutable_id = u.anchor and u.removed_at is null and u.id <> former.id and ${within(scope)}`.execute(
    database,
  );
}

/** A link that was there before the integration was disabled comes back with its holds, and who made it when. */
async function restoreRemembered(transaction: Kysely<Database>, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await sql`
    with remembered as (delete from remembered_link where user_id = any(${[...userIds]}::uuid[]) returning *)
    update link l set created_at = r.created_at, created_by = r.created_by, address_follows = r.address_follows,
      blocked_by_us = r.blocked_by_us, revoke_due = r.revoke_due, hold = r.hold, hold_sku_ids = r.hold_sku_ids,
      held_at = r.held_at
    from remembered r where l.user_id = r.user_id and l.online_account_id = r.online_account_id`.execute(transaction);
}

/**
 * Makes the links that both sides tell of: the anchor of the user account is stored in the online account. Nobody who
 * is linked already is touched, and an anchor that several user accounts share links none of them.
 * @returns the user accounts that are linked now
 */
export async function linkPeople(transaction: Kysely<Database>, scope: Scope, now: Date): Promise<readonly string[]> {
  await freeLinksOfRemoved(transaction, scope);
  // The pairs are gathered whole before the first is written: a scan of the table while it is being filled meets every
  // new row again for every person, which takes minutes at a first reading of 100,000.
  const result = await sql<{ user_id: string }>`
    with pairs as materialized (
      select array_agg(u.id) as user_ids, array_agg(o.id) as online_ids
      from directory_user u join online_account o on o.immutable_id = u.anchor
      where ${within(scope)} and u.removed_at is null and o.deleted_at is null and not u.built_in
        and not exists (select 1 from link l where l.user_id = u.id)
        and not exists (select 1 from link l where l.online_account_id = o.id)
        and not exists (select 1 from directory_user twin
          where twin.anchor = u.anchor and twin.id <> u.id and twin.removed_at is null))
    insert into link (user_id, online_account_id, anchor, created_at, created_by, address_follows, blocked_by_us)
    select u.id, o.id, u.anchor, ${now}, ${ISTHMUS_ITSELF},
      case lower(split_part(o.upn, '@', 1))
        when lower(u.user_name) then 'user-name' when lower(split_part(u.upn, '@', 1)) then 'upn' end,
      not o.sign_in_allowed and not u.enabled
    from pairs, unnest(pairs.user_ids, pairs.online_ids) as pair (user_id, online_id)
      join directory_user u on u.id = pair.user_id join online_account o on o.id = pair.online_id
    on conflict do nothing
    returning user_id`.execute(transaction);
  const linked = result.rows.map((row) => row.user_id);
  await restoreRemembered(transaction, linked);
  return linked;
}

const MANY = 500;

/**
 * After a crowd of new rows the planner of the database still believes the tables to be empty and would join them
 * row by row; it finds out by itself only minutes later.
 */
export async function tellDatabaseOfCrowd(transaction: Kysely<Database>, rows: number): Promise<void> {
  if (rows >= MANY) await sql`analyze directory_user, online_account, link`.execute(transaction);
}

/** Two mirrors that each see one end of a link, uncommitted by the other, would both not make it: one after the other. */
export async function oneAfterTheOther(transaction: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MIRROR_LOCK})`.execute(transaction);
}

/** Tells of anchors that point to somebody else than the link does; nothing is linked anew by itself. */
export async function reportLinkConflicts(database: Kysely<Database>, alerts: Alerts): Promise<void> {
  const conflicts = await sql<{ user_id: string; display_name: string; upn: string }>`
    select u.id as user_id, u.display_name, o.upn
    from directory_user u join online_account o on o.immutable_id = u.anchor
    where u.removed_at is null and o.deleted_at is null and not u.built_in
      and not exists (select 1 from link l where l.user_id = u.id and l.online_account_id = o.id)`.execute(database);
  for (const { user_id, display_name, upn } of conflicts.rows) {
    await alerts.raise({
      code: CONFLICT,
      severity: 'warning',
      title: `${display_name} cannot be linked without doubt`,
      detail: `The online account ${upn} bears the mark of ${display_name}, but one of them is linked otherwise.`,
      remedy: 'Decide which online account belongs to the person and unlink the other.',
      subjectUserId: user_id,
      subject: display_name,
    });
  }
  const current = new Set(conflicts.rows.map((row) => row.user_id));
  const open = await database
    .selectFrom('alert')
    .select('subject_user_id')
    .where('code', '=', CONFLICT)
    .where('state', '<>', 'resolved')
    .execute();
  for (const { subject_user_id: userId } of open) {
    if (userId !== null && !current.has(userId)) await alerts.resolve(CONFLICT, userId);
  }
}
