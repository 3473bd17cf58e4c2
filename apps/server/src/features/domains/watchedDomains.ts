import { DomainError } from '@isthmus/kernel';
import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database, WatchedDomainTable } from '../../storage/schema.ts';

export type WatchedDomain = Selectable<WatchedDomainTable>;

export function findWatched(database: Kysely<Database>, name: string): Promise<WatchedDomain | undefined> {
  return database.selectFrom('watched_domain').selectAll().where('name', '=', name).executeTakeFirst();
}

/** @throws DomainError `domains.not-watched` */
export async function demandWatched(database: Kysely<Database>, name: string): Promise<WatchedDomain> {
  const found = await findWatched(database, name);
  if (found !== undefined) return found;
  throw new DomainError({
    code: 'domains.not-watched',
    message: `The domain ${name} is not linked here.`,
    remedy: 'Link it on the page Microsoft 365, or with "isthmus domain link".',
    field: 'name',
  });
}

/** @returns the row as it is afterwards; undefined when the domain was unlinked meanwhile */
export function updateWatched(
  database: Kysely<Database>,
  name: string,
  changes: Updateable<WatchedDomainTable>,
): Promise<WatchedDomain | undefined> {
  return database.updateTable('watched_domain').set(changes).where('name', '=', name).returningAll().executeTakeFirst();
}
