import { type OnlineAccountId, parseOnlineAccountId } from '@isthmus/kernel';
import { z } from 'zod';
import type { OnlineAccount } from '../OnlineAccount.ts';
import type { CallOptions, OnlineAccountChangesPage } from '../ports.ts';
import type { GraphAnswer, GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { GraphFailure, graphError } from './graphErrors.ts';
import { parseAccount, SELECT } from './onlineAccountFields.ts';
import { READ } from './readAccounts.ts';

const START = `/users/delta?${SELECT}`;

const removal = z.object({
  id: z.string().transform(parseOnlineAccountId),
  '@removed': z.object({ reason: z.string().default('changed') }),
});
const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

type Change =
  | { readonly kind: 'changed'; readonly account: OnlineAccount }
  | { readonly kind: 'removed'; readonly id: OnlineAccountId; readonly reason: 'deleted' | 'purged' };

/** Follows the change feed to its end; when the position is too old, everything is read anew. */
export async function readAccountChanges(
  transport: GraphTransport,
  cursor: string | undefined,
  options: CallOptions,
): Promise<OnlineAccountChangesPage> {
  const round = await followFeed(transport, cursor ?? START, options);
  if (round !== undefined) return { ...round, incremental: cursor !== undefined };
  const anew = await followFeed(transport, START, options);
  if (anew !== undefined) return { ...anew, incremental: false };
  throw new TypeError('The change feed refuses its own links');
}

/** undefined when the service does not accept the position any more. */
async function followFeed(
  transport: GraphTransport,
  start: string,
  options: CallOptions,
): Promise<Omit<OnlineAccountChangesPage, 'incremental'> | undefined> {
  // An account may come twice; the later entry is the newer one, so it also takes the later place.
  const changes = new Map<OnlineAccountId, Change>();
  let path = start;
  for (;;) {
    const request: GraphRequest = { method: 'GET', path, permission: READ, purpose: 'read what changed' };
    const answer = await transport.answer(request, options);
    if (isTooOld(answer)) return undefined;
    if (answer.status >= 400) throw graphError(answer, request);
    const { value, '@odata.nextLink': next, '@odata.deltaLink': end } = page.parse(answer.body);
    for (const entry of value) {
      const change = readChange(entry);
      const id = change.kind === 'changed' ? change.account.id : change.id;
      changes.delete(id);
      changes.set(id, change);
    }
    if (next === undefined) return collect([...changes.values()], z.string().parse(end));
    path = next;
  }
}

function readChange(entry: unknown): Change {
  const removed = removal.safeParse(entry);
  if (!removed.success) return { kind: 'changed', account: parseAccount(entry) };
  // Microsoft's words: "changed" is in the recycle bin, "deleted" is gone for good.
  const reason = removed.data['@removed'].reason === 'deleted' ? 'purged' : 'deleted';
  return { kind: 'removed', id: removed.data.id, reason };
}

function collect(changes: readonly Change[], cursor: string): Omit<OnlineAccountChangesPage, 'incremental'> {
  return {
    changed: changes.flatMap((change) => (change.kind === 'changed' ? change.account : [])),
    removed: changes.flatMap((change) => (change.kind === 'removed' ? { id: change.id, reason: change.reason } : [])),
    cursor,
  };
}

/** The documented answer is 410; the directory is seen to answer 400 in several wordings. */
function isTooOld(answer: GraphAnswer): boolean {
  if (answer.status === 410) return true;
  if (answer.status < 400 || answer.status >= 500) return false;
  const failure = new GraphFailure(answer);
  return (
    /syncStateNotFound|resyncRequired|Directory_ExpiredPageToken|syncStateInvalid/i.test(failure.code) ||
    /DeltaLink older than|page token value has expired|resync/i.test(failure.message)
  );
}
