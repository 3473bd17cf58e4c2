import type { OnlineAccount, onlineAccountOperations } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { keepCounts, readFreshness } from '../../mirrors/index.ts';
import { onlineStateOf, userStateOf } from '../people/index.ts';
import {
  countOnlinePresets,
  type OnlineAccountQuery,
  type OnlineAccountRow,
  selectOnlineAccountRow,
  selectOnlineAccountRows,
  sortableColumns,
} from './onlineAccountRows.ts';

const readPresetCounts = keepCounts(({ database, clock }) => countOnlinePresets(database, clock.now()));

type OnlineAccountList = z.input<NonNullable<typeof onlineAccountOperations.listOnlineAccounts.response>>;

interface PresentContext {
  readonly actor: Pick<Actor, 'permissions'>;
  readonly now: Date;
  readonly licenseName: (skuId: string) => string;
}

async function readPresentContext(platform: Platform, actor: Actor): Promise<PresentContext> {
  const licenses = await platform.database.selectFrom('license').select(['sku_id', 'name']).execute();
  const names = new Map(licenses.map((license) => [license.sku_id, license.name]));
  return { actor, now: platform.clock.now(), licenseName: (skuId) => names.get(skuId) ?? skuId };
}

function presentHolder(row: OnlineAccountRow, now: Date): OnlineAccount['user'] {
  if (row.user_id === null) return null;
  return {
    id: row.user_id,
    name: row.user_display_name || row.user_name || '',
    userName: row.user_name ?? '',
    state: userStateOf({
      removed: row.user_removed_at !== null,
      enabled: row.user_enabled === true,
      expiresAt: row.user_expires_at,
      upn: row.user_upn,
      protectedAdministrator: row.user_protected_administrator === true,
      now,
    }),
  };
}

/** What the caller may do with the account; one that a user has is always handled with its person. */
function commandsFor(
  row: OnlineAccountRow,
  user: OnlineAccount['user'],
  { actor }: PresentContext,
): OnlineAccount['may'] {
  const permitted = actor.permissions.includes('online-accounts.write');
  const mayRemove = actor.permissions.includes('users.remove');
  const ours = permitted && !row.synchronized_by_others;
  const present = ours && row.deleted_at === null;
  // The account of somebody removed waits for the person to be restored or forgotten.
  const isFree = user === null || user.state === 'removed';
  const linked = present && !isFree;
  const usable = present && (user === null || linked);
  const isActive = user === null || user.state === 'active';
  return {
    assign: present && isFree,
    unassign: linked && row.hold !== 'unassigned',
    unlink: permitted && user !== null,
    changeLicenses: usable,
    changeNames: usable,
    changeAddresses: usable,
    removeOnline: linked && mayRemove,
    blockOnline: usable && row.sign_in_allowed,
    allowOnline: usable && isActive && (row.hold !== null || !row.sign_in_allowed),
    restore: ours && mayRemove && row.deleted_at !== null,
  };
}

function present(row: OnlineAccountRow, context: PresentContext): OnlineAccount {
  const user = presentHolder(row, context.now);
  return {
    id: row.id,
    address: row.upn,
    displayName: row.display_name,
    state: onlineStateOf({
      deleted: row.deleted_at !== null,
      signInAllowed: row.sign_in_allowed,
      licenses: row.sku_ids.length,
    }),
    signInAllowed: row.sign_in_allowed,
    hold: row.hold,
    licenses: row.sku_ids.map((skuId) => ({
      skuId,
      name: context.licenseName(skuId),
      inherited: row.inherited_sku_ids.includes(skuId),
      disabledPlans: row.disabled_plans[skuId] ?? [],
    })),
    usageLocation: row.usage_location,
    mail: row.mail,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    sessionsValidFrom: row.sessions_valid_from?.toISOString() ?? null,
    user,
    managedByOthers: row.synchronized_by_others,
    signIn: row.sign_in_read_at === null ? null : { lastAt: row.last_sign_in_at?.toISOString() ?? null },
    createdAt: row.account_created_at?.toISOString() ?? null,
    may: commandsFor(row, user, context),
  };
}

function demandSortable(sort: string | undefined): void {
  if (sort === undefined || sortableColumns.includes(sort.replace(/^-/, ''))) return;
  throw new DomainError({
    code: 'request.sort-unknown',
    message: `The list cannot be sorted by “${sort}”.`,
    remedy: `Use one of ${sortableColumns.join(', ')}, with “-” before it for the reverse.`,
    field: 'sort',
  });
}

/** Every account of the tenant, from the mirror only. */
export async function listOnlineAccounts(
  platform: Platform,
  query: OnlineAccountQuery,
  actor: Actor,
): Promise<OnlineAccountList> {
  demandSortable(query.sort);
  const [context, { rows, total }, counts, { online }] = await Promise.all([
    readPresentContext(platform, actor),
    selectOnlineAccountRows(platform.database, query, platform.clock.now()),
    readPresetCounts(platform),
    readFreshness(platform),
  ]);
  return { items: rows.map((row) => present(row, context)), total, online, counts };
}

export async function getOnlineAccount(platform: Platform, id: string, actor: Actor): Promise<OnlineAccount> {
  const row = await selectOnlineAccountRow(platform.database, id, platform.clock.now());
  if (row !== undefined) return present(row, await readPresentContext(platform, actor));
  throw new DomainError({
    code: 'online.account-not-found',
    message: 'There is no such online account.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
  });
}
