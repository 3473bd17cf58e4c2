import { DomainError, isDomainError, type OnlineAccountId, type Secret } from '@isthmus/kernel';
import type { User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { NewOnlineAccount, OnlineAccount, OnlineAccountChanges } from '../OnlineAccount.ts';
import type {
  AccountLicenseChange,
  AccountSignIn,
  BulkResult,
  CallOptions,
  LicenseChange,
  OnlineAccountChangesPage,
  OnlineAccounts,
} from '../ports.ts';
import { changeLicensesOf } from './changeLicenses.ts';
import { type Ensured, ensureAccounts } from './ensureAccounts.ts';
import type { GraphAnswer, GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { graphError, unreachable } from './graphErrors.ts';
import { listSignIns } from './listSignIns.ts';
import { accountPage, bodyOfChanges, passwordProfile, SELECT, shows } from './onlineAccountFields.ts';
import { readAccountChanges } from './readAccountChanges.ts';
import { findAccounts, READ, readAccount, readBack, whileLagging } from './readAccounts.ts';
import { selectOf } from './typedReads.ts';

const REPEATS = 5;
/** For so long after its creation a 404 means that a replica lags, not that the account is gone. */
const FRESH = 5 * 60_000;

/** Online accounts by Microsoft Graph. */
export class GraphAccounts implements OnlineAccounts {
  readonly #transport: GraphTransport;
  readonly #createdAt = new Map<OnlineAccountId, number>();

  constructor(transport: GraphTransport) {
    this.#transport = transport;
  }

  readChanges(cursor: string | undefined, options: CallOptions): Promise<OnlineAccountChangesPage> {
    return readAccountChanges(this.#transport, cursor, options);
  }

  find(id: OnlineAccountId, options: CallOptions): Promise<OnlineAccount | undefined> {
    return readAccount(this.#transport, id, options);
  }

  findByUpn(upn: string, options: CallOptions): Promise<OnlineAccount | undefined> {
    return readAccount(this.#transport, upn, options);
  }

  async findByImmutableId(immutableId: string, options: CallOptions): Promise<OnlineAccount | undefined> {
    const [account] = await findAccounts(this.#transport, 'onPremisesImmutableId', [immutableId], options);
    return account;
  }

  async listDeleted(options: CallOptions): Promise<readonly OnlineAccount[]> {
    const found: OnlineAccount[] = [];
    let path: string | undefined = `/directory/deletedItems/microsoft.graph.user?${SELECT}&$top=999`;
    while (path !== undefined) {
      const request: GraphRequest = { method: 'GET', path, permission: BIN, purpose: 'list removed accounts' };
      const page: z.infer<typeof accountPage> = accountPage.parse((await this.#transport.call(request, options)).body);
      found.push(...page.value.map(withoutPrefix));
      path = page['@odata.nextLink'];
    }
    return found;
  }

  listSignIns(options: CallOptions): Promise<readonly AccountSignIn[]> {
    return listSignIns(this.#transport, options);
  }

  async ensure(account: NewOnlineAccount, options: CallOptions): Promise<Ensured> {
    const [result] = await this.ensureMany([account], options);
    if (result === undefined) throw new TypeError('No result for the account');
    if (!result.ok) throw result.error;
    return result.value;
  }

  async ensureMany(
    accounts: readonly NewOnlineAccount[],
    options: CallOptions,
  ): Promise<readonly BulkResult<Ensured>[]> {
    const results = await ensureAccounts(this.#transport, accounts, options);
    for (const result of results) if (result.ok && result.value.created) this.#remember(result.value.account.id);
    return results;
  }

  async change(id: OnlineAccountId, changes: OnlineAccountChanges, options: CallOptions): Promise<OnlineAccount> {
    const body = bodyOfChanges(changes);
    const request: GraphRequest = { ...update(id, READ, 'change the account'), body };
    return this.#write(id, request, (account) => shows(account, changes), options);
  }

  async setSignInAllowed(id: OnlineAccountId, allowed: boolean, options: CallOptions): Promise<OnlineAccount> {
    const purpose = allowed ? 'allow the sign-in' : 'block the sign-in';
    const request = { ...update(id, 'User.EnableDisableAccount.All', purpose), body: { accountEnabled: allowed } };
    return this.#write(id, request, (account) => account.signInAllowed === allowed, options);
  }

  async revokeSessions(id: OnlineAccountId, options: CallOptions): Promise<void> {
    await this.#untilThere(id, options, {
      method: 'POST',
      path: `/users/${id}/revokeSignInSessions`,
      permission: 'User.RevokeSessions.All',
      purpose: 'end the sessions',
      repeatable: true,
    });
  }

  async setPassword(
    id: OnlineAccountId,
    password: Secret,
    choice: { readonly mustChange: boolean },
    options: CallOptions,
  ): Promise<void> {
    await this.#untilThere(id, options, {
      ...update(id, 'User-PasswordProfile.ReadWrite.All and the directory role User Administrator', 'set the password'),
      // Alone in its call: together with other fields all of them would be refused when this one is.
      body: { passwordProfile: passwordProfile(password, choice.mustChange) },
      // Setting the same password twice ends in the same state, and there is no way to read it.
      repeatable: true,
    });
  }

  async remove(id: OnlineAccountId, options: CallOptions): Promise<void> {
    const request: GraphRequest = {
      method: 'DELETE',
      path: `/users/${id}`,
      permission: BIN,
      purpose: 'remove the account',
      repeatable: true,
    };
    const answer = await this.#lagAware(id, options, async () => {
      const told = await this.#transport.answer(request, options);
      // The answer to an earlier try may have been lost; what lies in the bin is not waited for.
      return isMissing(told) && (await this.#isInBin(id, options)) ? REMOVED : told;
    });
    if (answer.status >= 400 && answer.status !== 404) throw graphError(answer, request);
    const gone = await whileLagging(this.#transport, options, async () =>
      (await readAccount(this.#transport, id, options)) === undefined ? true : undefined,
    );
    if (gone === undefined) throw notShown('remove the account');
    this.#createdAt.delete(id);
  }

  async restore(id: OnlineAccountId, options: CallOptions): Promise<OnlineAccount> {
    const request: GraphRequest = {
      method: 'POST',
      path: `/directory/deletedItems/${id}/restore`,
      permission: BIN,
      purpose: 'restore the account',
    };
    let mayBeDone = false;
    for (let round = 0; round < REPEATS; round++) {
      const outcome = await this.#transport.attempt(request, options);
      if (outcome.kind === 'failed') throw outcome.error;
      if (outcome.kind === 'answer' && outcome.answer.status < 400) return this.#restored(id, options);
      // Not in the bin any more after a call whose answer was lost: that call did it, and replicas show it soon.
      if (mayBeDone && isMissing(outcome)) return this.#restored(id, options);
      mayBeDone = outcome.kind === 'unknown';
      const live = await readAccount(this.#transport, id, options);
      if (live !== undefined) return live;
      if (outcome.kind === 'answer') throw restoreError(graphError(outcome.answer, request));
      await this.#transport.wait(500 * 2 ** round, options);
    }
    throw unreachable(request, undefined);
  }

  async changeLicenses(id: OnlineAccountId, change: LicenseChange, options: CallOptions): Promise<OnlineAccount> {
    const [result] = await this.changeLicensesMany([{ id, ...change }], options);
    if (result === undefined) throw new TypeError('No result for the account');
    if (!result.ok) throw result.error;
    return result.value;
  }

  changeLicensesMany(
    changes: readonly AccountLicenseChange[],
    options: CallOptions,
  ): Promise<readonly BulkResult<OnlineAccount>[]> {
    return changeLicensesOf(this.#transport, changes, options);
  }

  /** Writes, looks after an unknown outcome before writing again, and reads back. */
  async #write(
    id: OnlineAccountId,
    request: GraphRequest,
    isDone: (account: OnlineAccount) => boolean,
    options: CallOptions,
  ): Promise<OnlineAccount> {
    for (let round = 0; round < REPEATS; round++) {
      const outcome = await this.#lagAware(id, options, () => this.#transport.attempt(request, options));
      if (outcome.kind === 'failed') throw outcome.error;
      if (outcome.kind === 'answer' && outcome.answer.status >= 400) throw graphError(outcome.answer, request);
      if (outcome.kind === 'answer') return this.#shown(id, isDone, request.purpose, options);
      const account = await readAccount(this.#transport, id, options);
      if (account !== undefined && isDone(account)) return account;
      await this.#transport.wait(500 * 2 ** round, options);
    }
    throw unreachable(request, undefined);
  }

  async #isInBin(id: OnlineAccountId, options: CallOptions): Promise<boolean> {
    const path = `/directory/deletedItems/${id}?${selectOf<User>('id')}`;
    const request: GraphRequest = { method: 'GET', path, permission: BIN, purpose: 'look into the recycle bin' };
    return (await this.#transport.answer(request, options)).status < 400;
  }

  async #shown(
    id: OnlineAccountId,
    isDone: (account: OnlineAccount) => boolean,
    purpose: string,
    options: CallOptions,
  ): Promise<OnlineAccount> {
    const { shown, trouble } = await readBack(this.#transport, new Map([[id, isDone]]), options);
    const account = shown.get(id);
    if (account === undefined) throw trouble ?? notShown(purpose);
    return account;
  }

  async #restored(id: OnlineAccountId, options: CallOptions): Promise<OnlineAccount> {
    this.#remember(id);
    return this.#shown(id, () => true, 'restore the account', options);
  }

  async #untilThere(id: OnlineAccountId, options: CallOptions, request: GraphRequest): Promise<void> {
    const answer = await this.#lagAware(id, options, () => this.#transport.answer(request, options));
    if (answer.status >= 400) throw graphError(answer, request);
  }

  /** Repeats a 404 for an account that we made a moment ago. */
  async #lagAware<T extends object>(id: OnlineAccountId, options: CallOptions, step: () => Promise<T>): Promise<T> {
    const first = await step();
    if (!isMissing(first) || !this.#isFresh(id)) return first;
    const later = await whileLagging(this.#transport, options, async () => {
      const next = await step();
      return isMissing(next) ? undefined : next;
    });
    return later ?? first;
  }

  #remember(id: OnlineAccountId): void {
    const now = this.#transport.clock.now().getTime();
    for (const [known, at] of this.#createdAt) if (now - at > FRESH) this.#createdAt.delete(known);
    this.#createdAt.set(id, now);
  }

  #isFresh(id: OnlineAccountId): boolean {
    const at = this.#createdAt.get(id);
    return at !== undefined && this.#transport.clock.now().getTime() - at <= FRESH;
  }
}

const BIN = 'User.DeleteRestore.All';
const REMOVED: GraphAnswer = { status: 204, headers: {}, body: undefined };

function update(id: OnlineAccountId, permission: string, purpose: string): GraphRequest {
  return { method: 'PATCH', path: `/users/${id}`, permission, purpose };
}

const missing = z.union([
  z.object({ status: z.literal(404) }),
  z.object({ kind: z.literal('answer'), answer: z.object({ status: z.literal(404) }) }),
]);

function isMissing(outcome: object): boolean {
  return missing.safeParse(outcome).success;
}

/** In the recycle bin the sign-in name carries the id in front, to leave the name free. */
function withoutPrefix(account: OnlineAccount): OnlineAccount {
  const prefix = account.id.replaceAll('-', '');
  return account.upn.toLowerCase().startsWith(prefix) ? { ...account, upn: account.upn.slice(prefix.length) } : account;
}

function restoreError(error: DomainError): DomainError {
  const taken = isDomainError(error, 'online.address-taken') || isDomainError(error, 'online.anchor-taken');
  if (!taken) return error;
  return new DomainError({
    code: 'online.restore-conflict',
    message: 'The account cannot be restored, because its address or its link is used by another account now.',
    remedy: 'Change or remove the other account first.',
    parameters: error.parameters,
    cause: error,
  });
}

function notShown(purpose: string): DomainError {
  return new DomainError({
    code: 'online.busy',
    message: `Microsoft 365 accepted the call to ${purpose}, but does not show the result yet.`,
    remedy: 'Look again in a few minutes; running it again does no harm.',
    retryable: true,
  });
}
