import { DomainError, type OnlineAccountId } from '@isthmus/kernel';
import type { OnlineAccount } from '../OnlineAccount.ts';
import type { AccountLicenseChange, BulkResult, CallOptions, LicenseChange } from '../ports.ts';
import { attemptMany } from './batch.ts';
import type { GraphRequest, Outcome } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { GraphFailure, graphError, unreachable } from './graphErrors.ts';
import { asError, readBack, readMany } from './readAccounts.ts';

const ROUNDS = 6;
const FIRST_WAIT = 500;
const NOT_ASSIGNED = /does not have a corresponding license/i;

/** One account's change on its way; what is to be done is computed anew from every reading. */
class Attempt {
  readonly id: OnlineAccountId;
  readonly add = new Set<string>();
  readonly remove = new Set<string>();
  readonly disabledPlans = new Map<string, readonly string[]>();
  account: OnlineAccount | undefined;
  sent = false;
  trouble: Error | undefined;
  result: BulkResult<OnlineAccount> | undefined;

  constructor(id: OnlineAccountId) {
    this.id = id;
  }

  include(change: LicenseChange): void {
    for (const sku of change.add) this.#move(sku, this.remove, this.add);
    for (const sku of change.remove) this.#move(sku, this.add, this.remove);
    for (const [sku, plans] of Object.entries(change.disabledPlans ?? {})) {
      this.disabledPlans.set(sku.toLowerCase(), plans.map((plan) => plan.toLowerCase()).sort());
    }
  }

  #move(sku: string, from: Set<string>, to: Set<string>): void {
    from.delete(sku.toLowerCase());
    to.add(sku.toLowerCase());
  }

  /** Products that are not there, or not with the services wanted. */
  #missing(account: OnlineAccount): string[] {
    const fits = (sku: string): boolean => {
      const wanted = this.disabledPlans.get(sku);
      if (!account.skuIds.includes(sku)) return false;
      return wanted === undefined || wanted.join() === (account.disabledPlans[sku] ?? []).join();
    };
    return [...this.add].filter((sku) => !fits(sku));
  }

  /** What a group gives is not ours to take. */
  #toTake(account: OnlineAccount): string[] {
    return [...this.remove].filter((sku) => account.skuIds.includes(sku) && !account.inheritedSkuIds.includes(sku));
  }

  isDone(account: OnlineAccount): boolean {
    return this.#missing(account).length === 0 && this.#toTake(account).length === 0;
  }

  request(account: OnlineAccount): GraphRequest {
    const add = this.#missing(account).map((skuId) => ({
      skuId,
      disabledPlans: this.disabledPlans.get(skuId) ?? account.disabledPlans[skuId] ?? [],
    }));
    return {
      method: 'POST',
      path: `/users/${this.id}/assignLicense`,
      // All products in one call: calls side by side collide on the account.
      body: { addLicenses: add, removeLicenses: this.#toTake(account) },
      permission: 'LicenseAssignment.ReadWrite.All',
      purpose: `change the licenses of ${account.upn}`,
    };
  }
}

/** Brings many accounts to the products wanted; results in the order given. */
export async function changeLicensesOf(
  transport: GraphTransport,
  changes: readonly AccountLicenseChange[],
  options: CallOptions,
): Promise<readonly BulkResult<OnlineAccount>[]> {
  const attempts = new Map<OnlineAccountId, Attempt>();
  for (const change of changes) {
    const attempt = attempts.get(change.id) ?? new Attempt(change.id);
    attempts.set(change.id, attempt);
    attempt.include(change);
    attempt.account ??= change.known;
  }
  const all = [...attempts.values()];
  for (let round = 0; round < ROUNDS; round++) {
    const open = all.filter((attempt) => attempt.result === undefined && !attempt.sent);
    if (open.length === 0) break;
    if (round > 0) await transport.wait(FIRST_WAIT * 2 ** (round - 1), options);
    // What the caller read a moment ago counts once; after trouble it is read anew.
    const unread = round === 0 ? open.filter((attempt) => attempt.account === undefined) : open;
    await look(transport, unread, options, round);
    for (const attempt of open) {
      const { account, result } = attempt;
      if (account !== undefined && result === undefined && attempt.isDone(account))
        attempt.result = { ok: true, value: account };
    }
    await send(
      transport,
      open.filter((attempt) => attempt.result === undefined),
      options,
    );
  }
  await confirm(transport, all, options);
  return changes.map(({ id }) => attempts.get(id)?.result ?? { ok: false, error: notShown(id) });
}

async function look(
  transport: GraphTransport,
  open: readonly Attempt[],
  options: CallOptions,
  round: number,
): Promise<void> {
  const found = await readOrFail(transport, open, options, round);
  for (const attempt of open) {
    const account = found.get(attempt.id);
    if (account === undefined && round === 0) attempt.result = { ok: false, error: missing(attempt.id) };
    if (account === undefined) continue;
    attempt.account = account;
  }
}

/** At the first look nothing is lost by failing as a whole; later the others of the list have results to tell. */
async function readOrFail(
  transport: GraphTransport,
  open: readonly Attempt[],
  options: CallOptions,
  round: number,
): Promise<ReadonlyMap<OnlineAccountId, OnlineAccount>> {
  try {
    const ids = open.map(({ id }) => id);
    return await readMany(transport, ids, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (round === 0) throw error;
    for (const attempt of open) attempt.result = { ok: false, error: asError(error) };
    return new Map();
  }
}

async function send(transport: GraphTransport, open: readonly Attempt[], options: CallOptions): Promise<void> {
  const ready = open.flatMap((attempt) =>
    attempt.account === undefined ? [] : [{ attempt, request: attempt.request(attempt.account) }],
  );
  const outcomes = await attemptMany(
    transport,
    ready.map(({ request }) => request),
    options,
  );
  for (const [index, { attempt, request }] of ready.entries()) {
    const outcome = outcomes[index];
    if (outcome !== undefined) note(attempt, outcome, request);
  }
}

function note(attempt: Attempt, outcome: Outcome, request: GraphRequest): void {
  if (outcome.kind === 'failed') {
    attempt.result = { ok: false, error: outcome.error };
  } else if (outcome.kind === 'unknown') {
    attempt.trouble = unreachable(request, outcome.cause);
  } else if (outcome.answer.status < 400) {
    attempt.sent = true;
  } else {
    const error = graphError(outcome.answer, request);
    // We have just read the account: a replica has not seen it yet, or our reading of its licenses was old.
    const lagging = outcome.answer.status === 404 || NOT_ASSIGNED.test(new GraphFailure(outcome.answer).message);
    if (lagging) attempt.trouble = error;
    else attempt.result = { ok: false, error };
  }
}

async function confirm(transport: GraphTransport, all: readonly Attempt[], options: CallOptions): Promise<void> {
  const waiting = all.filter((attempt) => attempt.sent && attempt.result === undefined);
  const expected = new Map(waiting.map((attempt) => [attempt.id, (account: OnlineAccount) => attempt.isDone(account)]));
  const { shown, trouble } = await readBack(transport, expected, options);
  for (const attempt of waiting) {
    const account = shown.get(attempt.id);
    if (account === undefined) attempt.result = { ok: false, error: trouble ?? notShown(attempt.id) };
    else attempt.result = { ok: true, value: account };
  }
  for (const attempt of all) attempt.result ??= { ok: false, error: attempt.trouble ?? notShown(attempt.id) };
}

function missing(id: OnlineAccountId): DomainError {
  return new DomainError({
    code: 'online.account-not-found',
    message: 'The online account does not exist any more.',
    remedy: 'Refresh the list; look into the recycle bin.',
    parameters: { id },
  });
}

function notShown(id: OnlineAccountId): DomainError {
  return new DomainError({
    code: 'online.busy',
    message: 'Microsoft 365 accepted the licenses, but does not show them yet.',
    remedy: 'Look again in a few minutes; running it again does no harm.',
    retryable: true,
    parameters: { id },
  });
}
