import type { DirectoryChanges, DirectoryUser } from '@isthmus/directory';
import type { Kysely } from 'kysely';
import { upsertUsers, userFromRow } from '../features/people/index.ts';
import { isAnyOf } from '../storage/isAnyOf.ts';
import type { Database } from '../storage/schema.ts';
import { linkPeople, oneAfterTheOther, tellDatabaseOfCrowd } from './linkPeople.ts';

/** `kept`: who is not shown by a full reading and stays. */
type Reading = DirectoryChanges & { readonly kept: readonly string[] };

export interface AppliedDirectoryChanges {
  /** State before, of everybody who was known. */
  readonly before: ReadonlyMap<string, DirectoryUser>;
  /** Different from before, or new. */
  readonly changed: readonly DirectoryUser[];
  readonly removed: readonly string[];
  readonly linked: readonly string[];
}

async function readBefore(database: Kysely<Database>, ids: readonly string[]) {
  const rows = await database.selectFrom('directory_user').selectAll().where(isAnyOf('id', ids)).execute();
  return new Map(rows.map((row) => [row.id, userFromRow(row)]));
}

async function markRemoved(transaction: Kysely<Database>, changes: Reading, readAt: Date): Promise<readonly string[]> {
  const query = transaction
    .updateTable('directory_user')
    .set({ removed_at: readAt })
    .where('removed_at', 'is', null)
    .returning('id');
  const ids = [...changes.changed.map((user) => user.id), ...changes.kept];
  const rows = changes.incremental
    ? await query.where(isAnyOf('id', changes.removed)).execute()
    : await query
        // What was added after this reading began cannot be missed by it.
        .where('seen_at', '<', readAt)
        .where(({ not }) => not(isAnyOf('id', ids)))
        .execute();
  return rows.map((row) => row.id);
}

/** Changes, removals, links and the position of the feed, all or nothing. `readAt`: when the reading began. */
export async function applyDirectoryChanges(
  database: Kysely<Database>,
  changes: Reading,
  readAt: Date,
  savePosition: (transaction: Kysely<Database>) => Promise<void>,
): Promise<AppliedDirectoryChanges> {
  return database.transaction().execute(async (transaction) => {
    await oneAfterTheOther(transaction);
    const ids = changes.changed.map((user) => user.id);
    const before = await readBefore(transaction, ids);
    const changedIds = new Set(await upsertUsers(transaction, changes.changed, readAt));
    const removed = await markRemoved(transaction, changes, readAt);
    for (const [id, user] of await readBefore(transaction, removed)) before.set(id, user);
    const scope = changes.incremental ? { userIds: [...changedIds] } : 'all';
    await tellDatabaseOfCrowd(transaction, changedIds.size);
    const linked = await linkPeople(transaction, scope, readAt);
    await tellDatabaseOfCrowd(transaction, linked.length);
    await savePosition(transaction);
    return { before, changed: changes.changed.filter((user) => changedIds.has(user.id)), removed, linked };
  });
}
