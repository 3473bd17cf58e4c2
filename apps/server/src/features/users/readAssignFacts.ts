import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { onlineFromRow, type Person, type PersonStore } from '../people/index.ts';
import { PlanReader } from '../sync/index.ts';
import type { AssignFacts } from './planAssign.ts';

/** A person, and the online account that is to be theirs. */
export interface WantedPair {
  readonly person: Person;
  readonly accountId: string;
}

async function findHolders(
  platform: Platform,
  people: PersonStore,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const rows = await platform.database
    .selectFrom('link')
    .select(['user_id', 'online_account_id'])
    .where('online_account_id', 'in', accountIds)
    .execute();
  if (rows.length === 0) return new Map();
  const holders = await people.findMany(rows.map((row) => row.user_id));
  const living = new Map(
    holders.filter((holder) => holder.removedAt === undefined).map((holder) => [String(holder.user.id), holder]),
  );
  return new Map(
    rows.flatMap((row): [string, Person][] => {
      const holder = living.get(row.user_id);
      return holder === undefined ? [] : [[row.online_account_id, holder]];
    }),
  );
}

/** An account and whoever has it now; undefined when the mirror does not know it. */
export async function findAccount(
  platform: Platform,
  people: PersonStore,
  id: string,
): Promise<Pick<AssignFacts, 'account' | 'holder'> | undefined> {
  const [row, holders] = await Promise.all([
    platform.database.selectFrom('online_account').selectAll().where('id', '=', id).executeTakeFirst(),
    findHolders(platform, people, [id]),
  ]);
  return row === undefined ? undefined : { account: onlineFromRow(row), holder: holders.get(id) };
}

function accountNotFound(): DomainError {
  return new DomainError({
    code: 'online.account-not-found',
    message: 'There is no such online account.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
  });
}

/** What {@link planAssign} asks for, for each pair in its order, among it what the pass would do once they are linked. */
export async function readAssignFacts(
  platform: Platform,
  people: PersonStore,
  pairs: readonly WantedPair[],
): Promise<readonly AssignFacts[]> {
  if (pairs.length === 0) return [];
  const ids = pairs.map(({ accountId }) => accountId.toLowerCase());
  const [rows, holders] = await Promise.all([
    platform.database.selectFrom('online_account').selectAll().where('id', 'in', ids).execute(),
    findHolders(platform, people, ids),
  ]);
  const accounts = new Map(rows.map((row) => [row.id, onlineFromRow(row)]));
  const since = platform.clock.now();
  const linked = pairs.map(({ person, accountId }) => {
    const account = accounts.get(accountId.toLowerCase());
    if (account === undefined) throw accountNotFound();
    const link = { since, addressFollows: undefined, blockedByUs: false, revokeDue: false, hold: undefined };
    return { account, person: { ...person, online: { ...account, immutableId: person.user.anchor }, link } };
  });
  const planned = await new PlanReader(platform, people).plan(
    linked.map(({ person }) => person),
    () => undefined,
  );
  return linked.map(({ account }, index) => ({
    account,
    holder: holders.get(account.id),
    afterwards: planned[index]?.plan.actions ?? [],
  }));
}
