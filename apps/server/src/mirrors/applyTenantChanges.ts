import type { OnlineAccount, OnlineAccountChangesPage } from '@isthmus/microsoft365';
import { type Kysely, sql } from 'kysely';
import { onlineFromRow, upsertOnline } from '../features/people/index.ts';
import { isAnyOf } from '../storage/isAnyOf.ts';
import type { Database } from '../storage/schema.ts';
import { linkPeople, oneAfterTheOther, tellDatabaseOfCrowd } from './linkPeople.ts';

export interface AppliedTenantChanges {
  /** Linked people whose online account is another now, with the state before and after; `after` undefined = gone for good. */
  readonly people: readonly {
    readonly userId: string;
    readonly before: OnlineAccount;
    readonly after: OnlineAccount | undefined;
  }[];
  readonly linked: readonly string[];
}

async function readKnown(database: Kysely<Database>, ids: readonly string[]) {
  const rows = await database
    .selectFrom('online_account as o')
    .innerJoin('link as l', 'l.online_account_id', 'o.id')
    .selectAll('o')
    .select('l.user_id')
    .where(isAnyOf('o.id', ids))
    .execute();
  return new Map(rows.map((row) => [row.id, { userId: row.user_id, account: onlineFromRow(row) }]));
}

/** Accounts that a whole reading did not show. */
async function listMissing(database: Kysely<Database>, shown: readonly string[], readAt: Date): Promise<string[]> {
  const rows = await database
    .selectFrom('online_account')
    .select('id')
    // What was made after this reading began cannot be missed by it.
    .where('seen_at', '<', readAt)
    .where(({ not }) => not(isAnyOf('id', shown)))
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Changes, removals, links and the position of the feed, all or nothing. `inBin`: the recycle bin, which a whole
 * reading needs beside the accounts. `readAt`: when the reading began.
 */
export async function applyTenantChanges(
  database: Kysely<Database>,
  page: OnlineAccountChangesPage,
  round: { readonly readAt: Date; readonly inBin: readonly OnlineAccount[] },
  savePosition: (transaction: Kysely<Database>) => Promise<void>,
): Promise<AppliedTenantChanges> {
  const { readAt, inBin } = round;
  return database.transaction().execute(async (transaction) => {
    await oneAfterTheOther(transaction);
    const told = [...inBin, ...page.changed];
    const shown = told.map((account) => account.id);
    const deleted: string[] = page.removed.filter(({ reason }) => reason === 'deleted').map(({ id }) => id);
    const purged: string[] = page.removed.filter(({ reason }) => reason === 'purged').map(({ id }) => id);
    if (!page.incremental) purged.push(...(await listMissing(transaction, shown, readAt)));
    const before = await readKnown(transaction, [...shown, ...deleted, ...purged]);
    const changed = new Set(await upsertOnline(transaction, told, readAt));
    const marked = await sql<{
      id: string;
    }>`update online_account set deleted_at = ${readAt}, deleted_seen_at = ${readAt}
      where id = any(${deleted}::uuid[]) and deleted_at is null returning id`.execute(transaction);
    for (const { id } of marked.rows) changed.add(id);
    await sql`delete from link where online_account_id = any(${purged}::uuid[])`.execute(transaction);
    await sql`delete from online_account where id = any(${purged}::uuid[])`.execute(transaction);
    const scope = page.incremental ? { onlineIds: [...changed] } : 'all';
    await tellDatabaseOfCrowd(transaction, changed.size);
    const linked = await linkPeople(transaction, scope, readAt);
    await tellDatabaseOfCrowd(transaction, linked.length);
    await savePosition(transaction);
    const after = await readKnown(transaction, [...changed]);
    const concerned = [...before].filter(([id]) => changed.has(id) || purged.includes(id));
    return {
      people: concerned.map(([id, { userId, account }]) => ({
        userId,
        before: account,
        after: after.get(id)?.account,
      })),
      linked,
    };
  });
}
