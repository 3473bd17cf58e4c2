import type { RecordCheck, ZoneChange } from '@isthmus/dns';
import { DomainError } from '@isthmus/kernel';
import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database, WatchedDomainTable } from '../../storage/schema.ts';

export type WatchedDomain = Selectable<WatchedDomainTable>;

/** A check as it is kept, with what was found out beside it. */
export interface CheckedRecord extends RecordCheck {
  /** Questions that a receiver of mail has to ask; of sender policies. */
  readonly lookups?: number;
}

/** What was written last, so that it can be taken back. */
export interface ZoneWrite {
  readonly providerId: string;
  readonly providerName: string;
  readonly zone: string;
  readonly changes: readonly ZoneChange[];
  readonly at: string;
  readonly by: string;
  readonly undone: boolean;
}

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
