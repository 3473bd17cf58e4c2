import type { OnlineAccountId } from '@isthmus/kernel';
import type { OnlineAccount } from '../OnlineAccount.ts';
import type { CallOptions } from '../ports.ts';
import { attemptMany, chunk } from './batch.ts';
import type { GraphRequest, Outcome } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { graphError, unreachable } from './graphErrors.ts';
import { accountPage, parseAccount, SELECT } from './onlineAccountFields.ts';

/** Microsoft's limit of values in one `in (…)`; the whole list costs as much as one account. */
const VALUES = 15;
/** Replication takes seconds, rarely a minute; together a little over a minute. */
const LAG_WAITS = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

export const READ = 'User.ReadWrite.All';

export function readRequest(idOrUpn: string): GraphRequest {
  return {
    method: 'GET',
    path: `/users/${encodeURIComponent(idOrUpn)}?${SELECT}`,
    permission: READ,
    purpose: `read the account ${idOrUpn}`,
  };
}

export async function readAccount(
  transport: GraphTransport,
  idOrUpn: string,
  options: CallOptions,
): Promise<OnlineAccount | undefined> {
  const request = readRequest(idOrUpn);
  return accountOf(await transport.answer(request, options), request);
}

function accountOf(
  answer: { status: number; headers: Readonly<Record<string, string>>; body: unknown },
  request: GraphRequest,
) {
  if (answer.status === 404) return undefined;
  if (answer.status >= 400) throw graphError(answer, request);
  return parseAccount(answer.body);
}

/** Accounts whose property has one of the values; fifteen for the price of one. */
export async function findAccounts(
  transport: GraphTransport,
  property: 'id' | 'onPremisesImmutableId',
  values: readonly string[],
  options: CallOptions,
): Promise<readonly OnlineAccount[]> {
  const requests = chunk([...new Set(values)], VALUES).map((some) => {
    const list = some.map((value) => `'${value.replaceAll("'", "''")}'`).join(',');
    const filter = some.length === 1 ? `${property} eq ${list}` : `${property} in (${list})`;
    return {
      method: 'GET',
      path: `/users?$filter=${encodeURIComponent(filter)}&${SELECT}`,
      permission: READ,
      purpose: 'look for accounts',
    } as const;
  });
  const outcomes = await attemptMany(transport, requests, options);
  return outcomes.flatMap((outcome, index) => pageOf(outcome, requests[index]));
}

function pageOf(outcome: Outcome, request: GraphRequest | undefined): readonly OnlineAccount[] {
  if (request === undefined) return [];
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'unknown') throw unreachable(request, outcome.cause);
  if (outcome.answer.status >= 400) throw graphError(outcome.answer, request);
  return accountPage.parse(outcome.answer.body).value;
}

/** Accounts by id: in lists first, then one by one what the lists, which lag more, do not show. */
export async function readMany(
  transport: GraphTransport,
  ids: readonly OnlineAccountId[],
  options: CallOptions,
): Promise<ReadonlyMap<OnlineAccountId, OnlineAccount>> {
  const listed = await findAccounts(transport, 'id', ids, options);
  const found = new Map(listed.map((account) => [account.id, account]));
  const rest = ids.filter((id) => !found.has(id));
  const trouble = await readDirectly(transport, rest, found, options);
  if (trouble !== undefined) throw trouble;
  return found;
}

/** Puts into `found` what is there. The answer is the trouble that kept some from being read, if any. */
async function readDirectly(
  transport: GraphTransport,
  ids: readonly OnlineAccountId[],
  found: Map<OnlineAccountId, OnlineAccount>,
  options: CallOptions,
): Promise<Error | undefined> {
  const requests = ids.map(readRequest);
  const outcomes = await attemptMany(transport, requests, options);
  let trouble: Error | undefined;
  for (const [index, outcome] of outcomes.entries()) {
    const request = requests[index];
    if (request === undefined) continue;
    const account = outcome.kind === 'answer' ? accountOf(outcome.answer, request) : undefined;
    if (account !== undefined) found.set(account.id, account);
    if (outcome.kind === 'failed') trouble = outcome.error;
    if (outcome.kind === 'unknown') trouble = unreachable(request, outcome.cause);
  }
  return trouble;
}

export interface ReadBack {
  /** The accounts that show what was written. */
  readonly shown: ReadonlyMap<OnlineAccountId, OnlineAccount>;
  /** Why others could not be read; undefined when they were, but do not show it. */
  readonly trouble: Error | undefined;
}

/** Reads accounts back until each shows what was written, as long as replication may take. */
export async function readBack(
  transport: GraphTransport,
  expected: ReadonlyMap<OnlineAccountId, (account: OnlineAccount) => boolean>,
  options: CallOptions,
): Promise<ReadBack> {
  const shown = new Map<OnlineAccountId, OnlineAccount>();
  const keep = (found: ReadonlyMap<OnlineAccountId, OnlineAccount>) => {
    for (const [id, account] of found) if (expected.get(id)?.(account)) shown.set(id, account);
  };
  const open = () => [...expected.keys()].filter((id) => !shown.has(id));
  try {
    if (expected.size > 1) {
      keep(new Map((await findAccounts(transport, 'id', open(), options)).map((account) => [account.id, account])));
    }
    for (const wait of LAG_WAITS) {
      if (shown.size === expected.size) break;
      const found = new Map<OnlineAccountId, OnlineAccount>();
      const trouble = await readDirectly(transport, open(), found, options);
      keep(found);
      if (trouble !== undefined) return { shown, trouble };
      if (shown.size < expected.size) await transport.wait(wait, options);
    }
    return { shown, trouble: undefined };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { shown, trouble: asError(error) };
  }
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Repeats a step that answers 404 only because the account was made a moment ago. */
export async function whileLagging<T>(
  transport: GraphTransport,
  options: CallOptions,
  step: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const wait of LAG_WAITS) {
    const result = await step();
    if (result !== undefined) return result;
    await transport.wait(wait, options);
  }
  return undefined;
}
