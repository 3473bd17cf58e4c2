import { DomainError, parseOnlineAccountId } from '@isthmus/kernel';
import type { Microsoft365, OnlineAccount } from '@isthmus/microsoft365';
import type { Kysely } from 'kysely';
import { isAnyOf } from '../storage/isAnyOf.ts';
import type { Database } from '../storage/schema.ts';

/** So many may be missing without any doubt, as accounts do get deleted for good. */
const MINIMUM = 5;
const SHARE = 0.05;
/** Of many missing accounts so many are asked for by themselves. */
const ASKED = 10;

/**
 * A reading of everything makes us forget what it does not show, and with it the links. When it misses many living
 * accounts, a few of them are asked for: one that is there proves the reading wrong.
 * @throws DomainError `online.reading-incomplete`
 */
export async function refuseIncompleteReading(
  database: Kysely<Database>,
  microsoft365: Microsoft365,
  shown: readonly OnlineAccount[],
): Promise<void> {
  const living = database.selectFrom('online_account').where('deleted_at', 'is', null);
  const ids = shown.map((account) => account.id);
  const missing = await living
    .select('id')
    .where(({ not }) => not(isAnyOf('id', ids)))
    .execute();
  if (missing.length <= MINIMUM) return;
  const { count } = await living.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow();
  if (missing.length <= Number(count) * SHARE) return;
  for (const { id } of missing.slice(0, ASKED)) {
    const found = await microsoft365.accounts.find(parseOnlineAccountId(id), { lane: 'background' });
    if (found === undefined) continue;
    throw new DomainError({
      code: 'online.reading-incomplete',
      message: `Microsoft 365 did not show ${missing.length} of ${count} accounts, although ${found.upn} is there.`,
      remedy: 'Nothing was changed. It is read again soon; if this stays, run a full comparison later.',
      retryable: true,
    });
  }
}
