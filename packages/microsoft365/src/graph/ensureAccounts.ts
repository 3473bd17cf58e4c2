import { DomainError, isDomainError, type OnlineAccountId } from '@isthmus/kernel';
import type { NewOnlineAccount, OnlineAccount } from '../OnlineAccount.ts';
import type { BulkResult, CallOptions } from '../ports.ts';
import { attemptMany } from './batch.ts';
import type { GraphRequest, Outcome } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { graphError, unreachable } from './graphErrors.ts';
import { bodyOfNewAccount, createdUser, parseAccount } from './onlineAccountFields.ts';
import { asError, findAccounts, READ, readBack, readRequest } from './readAccounts.ts';

export interface Ensured {
  readonly account: OnlineAccount;
  readonly created: boolean;
}

/** Rounds of look, create, look again; a round is needed only after an unknown outcome. */
const ROUNDS = 6;
const FIRST_WAIT = 500;

/** One account on its way; `sentBefore` = a creation went out whose outcome nobody told us. */
class Attempt {
  readonly account: NewOnlineAccount;
  sentBefore = false;
  refusal: DomainError | undefined;
  /** Created, but not read back yet. */
  id: OnlineAccountId | undefined;
  result: BulkResult<Ensured> | undefined;

  constructor(account: NewOnlineAccount) {
    this.account = account;
  }

  get open(): boolean {
    return this.result === undefined && this.id === undefined;
  }

  fail(error: Error): void {
    this.result = { ok: false, error };
  }

  succeed(account: OnlineAccount, created: boolean): void {
    this.result = { ok: true, value: { account, created } };
  }
}

/** Makes the accounts that are not there yet, each exactly once whatever the network does. Results in the order given. */
export async function ensureAccounts(
  transport: GraphTransport,
  accounts: readonly NewOnlineAccount[],
  options: CallOptions,
): Promise<readonly BulkResult<Ensured>[]> {
  // The same anchor given twice is the same account: the first entry makes it.
  const attempts = new Map<string, Attempt>();
  for (const account of accounts) {
    if (!attempts.has(account.immutableId)) attempts.set(account.immutableId, new Attempt(account));
  }
  const all = [...attempts.values()];
  await lookByAnchor(transport, all, options);
  for (let round = 0; round < ROUNDS; round++) {
    const open = all.filter((attempt) => attempt.open);
    if (open.length === 0) break;
    if (round > 0) await transport.wait(FIRST_WAIT * 2 ** (round - 1), options);
    await createAndLook(transport, open, options);
  }
  await confirm(transport, all, options);
  const first = new Set<string>();
  return accounts.map((account) => {
    const result = attempts.get(account.immutableId)?.result ?? { ok: false, error: notShown(account.upn) };
    const repeated = first.has(account.immutableId);
    first.add(account.immutableId);
    return repeated && result.ok ? { ok: true, value: { ...result.value, created: false } } : result;
  });
}

async function createAndLook(transport: GraphTransport, open: readonly Attempt[], options: CallOptions): Promise<void> {
  // What was refused as taken after an unknown outcome is most likely ours and only not shown yet: look, do not send.
  const toSend = open.filter((attempt) => attempt.refusal === undefined);
  const requests = toSend.map((attempt) => creation(attempt.account));
  const outcomes = await attemptMany(transport, requests, options);
  for (const [index, attempt] of toSend.entries()) {
    const request = requests[index];
    const outcome = outcomes[index];
    if (request !== undefined && outcome !== undefined) note(attempt, outcome, request);
  }
  await settleDoubts(
    transport,
    open.filter((attempt) => attempt.open && (attempt.sentBefore || attempt.refusal !== undefined)),
    options,
  );
}

async function settleDoubts(
  transport: GraphTransport,
  doubtful: readonly Attempt[],
  options: CallOptions,
): Promise<void> {
  try {
    await lookByAnchor(transport, doubtful, options);
    await lookByAddress(
      transport,
      doubtful.filter((attempt) => attempt.open),
      options,
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    // The others of the list have results to tell; these are found by the next run.
    for (const attempt of doubtful) if (attempt.open) attempt.fail(asError(error));
  }
  for (const attempt of doubtful) {
    if (attempt.open && attempt.refusal !== undefined && !attempt.sentBefore) attempt.fail(attempt.refusal);
  }
}

function creation(account: NewOnlineAccount): GraphRequest {
  return {
    method: 'POST',
    path: '/users',
    body: bodyOfNewAccount(account),
    permission: READ,
    purpose: `create the account ${account.upn}`,
  };
}

function note(attempt: Attempt, outcome: Outcome, request: GraphRequest): void {
  if (outcome.kind === 'failed') {
    attempt.fail(outcome.error);
  } else if (outcome.kind === 'unknown') {
    attempt.sentBefore = true;
  } else if (outcome.answer.status < 400) {
    attempt.id = createdUser.parse(outcome.answer.body).id;
  } else {
    const error = graphError(outcome.answer, request);
    const taken = isDomainError(error, 'online.address-taken') || isDomainError(error, 'online.anchor-taken');
    if (taken) attempt.refusal = error;
    else attempt.fail(error);
  }
}

async function lookByAnchor(
  transport: GraphTransport,
  attempts: readonly Attempt[],
  options: CallOptions,
): Promise<void> {
  const anchors = attempts.map((attempt) => attempt.account.immutableId);
  const found = await findAccounts(transport, 'onPremisesImmutableId', anchors, options);
  const byAnchor = new Map(found.map((account) => [account.immutableId, account]));
  for (const attempt of attempts) {
    const account = byAnchor.get(attempt.account.immutableId);
    if (account !== undefined) attempt.succeed(account, attempt.sentBefore);
  }
}

/** A read by name sees a fresh account earlier than a list does. Somebody else's account proves nothing by itself. */
async function lookByAddress(
  transport: GraphTransport,
  attempts: readonly Attempt[],
  options: CallOptions,
): Promise<void> {
  const requests = attempts.map((attempt) => readRequest(attempt.account.upn));
  const outcomes = await attemptMany(transport, requests, options);
  for (const [index, attempt] of attempts.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'answer' || outcome.answer.status >= 400) continue;
    const account = parseAccount(outcome.answer.body);
    if (account.immutableId === attempt.account.immutableId) attempt.succeed(account, attempt.sentBefore);
    else if (attempt.refusal !== undefined) attempt.fail(attempt.refusal);
  }
}

async function confirm(transport: GraphTransport, all: readonly Attempt[], options: CallOptions): Promise<void> {
  const waiting = new Map<OnlineAccountId, Attempt>();
  for (const attempt of all) if (attempt.id !== undefined) waiting.set(attempt.id, attempt);
  const expected = new Map(
    [...waiting].map(([id, attempt]) => [
      id,
      (account: OnlineAccount) => account.immutableId === attempt.account.immutableId,
    ]),
  );
  const { shown, trouble } = await readBack(transport, expected, options);
  for (const [id, attempt] of waiting) {
    const account = shown.get(id);
    if (account === undefined) attempt.fail(trouble ?? notShown(attempt.account.upn));
    else attempt.succeed(account, true);
  }
  for (const attempt of all) {
    if (attempt.result === undefined) attempt.fail(unreachable(creation(attempt.account), attempt.refusal));
  }
}

function notShown(upn: string): DomainError {
  return new DomainError({
    code: 'online.busy',
    message: `Microsoft 365 does not show the account ${upn} yet, although it accepted it.`,
    remedy: 'Run it again in a few minutes; an account that was made is found, not made twice.',
    retryable: true,
  });
}
