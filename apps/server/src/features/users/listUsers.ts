import type { User, userOperations } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { keepCounts, readFreshness } from '../../mirrors/index.ts';
import { type PresentContext, presentUser } from './presentUser.ts';
import {
  countPresets,
  searchUserRows,
  selectUserRow,
  selectUserRows,
  sortableColumns,
  type UserListQuery,
} from './userRows.ts';

const readPresetCounts = keepCounts(({ database, clock }) => countPresets(database, clock.now()));

type UserList = z.input<NonNullable<typeof userOperations.listUsers.response>>;

async function readPresentContext(platform: Platform, actor: Actor): Promise<PresentContext> {
  const licenses = await platform.database.selectFrom('license').select(['sku_id', 'name']).execute();
  const names = new Map(licenses.map((license) => [license.sku_id, license.name]));
  return {
    actor,
    integrated: platform.connections.findMicrosoft365() !== undefined,
    now: platform.clock.now(),
    licenseName: (skuId) => names.get(skuId) ?? skuId,
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

/** The list of people, from the mirrors only. */
export async function listUsers(platform: Platform, query: UserListQuery, actor: Actor): Promise<UserList> {
  demandSortable(query.sort);
  const now = platform.clock.now();
  const searching = (query.q ?? '').trim() !== '';
  const [context, page, counts, freshness] = await Promise.all([
    readPresentContext(platform, actor),
    searching
      ? searchUserRows(platform.database, query, now)
      : selectUserRows(platform.database, query, now).then((rows) => ({ rows, found: undefined })),
    readPresetCounts(platform),
    readFreshness(platform),
  ]);
  const total = page.found ?? counts[query.filter];
  return { items: page.rows.map((row) => presentUser(row, context)), total, ...freshness, counts };
}

/** One row, for the details. */
export async function findUserInList(platform: Platform, userId: string, actor: Actor): Promise<User | undefined> {
  const row = await selectUserRow(platform.database, userId, platform.clock.now());
  return row === undefined ? undefined : presentUser(row, await readPresentContext(platform, actor));
}
