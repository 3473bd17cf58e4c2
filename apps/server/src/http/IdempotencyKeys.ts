import { createHmac } from 'node:crypto';
import { type Clock, DomainError, type Secret } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.ts';

export interface RememberedAnswer {
  readonly status: number;
  readonly response: object | null;
}

export interface KeyedRequest {
  readonly key: string;
  readonly sessionId: string;
  /** Everything that makes the request what it is. */
  readonly content: unknown;
}

const IN_PROGRESS = 0;
/** A request of which nothing was heard for so long was cut off, and may be sent again. */
const ABANDONED_MS = 2 * 60_000;
const KEEP_MS = 24 * 60 * 60_000;

/**
 * Makes repeated requests harmless: the first one is carried out, a repetition gets the first one's answer. Requests
 * are remembered as keyed hashes, because a body may hold a password.
 */
export class IdempotencyKeys {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;
  readonly #hashKey: Secret<Uint8Array>;

  constructor(database: Kysely<Database>, clock: Clock, hashKey: Secret<Uint8Array>) {
    this.#database = database;
    this.#clock = clock;
    this.#hashKey = hashKey;
  }

  /** Carries the request out, or answers what it answered before. A failed one is forgotten and may be repeated. */
  async once(request: KeyedRequest, work: () => Promise<RememberedAnswer>): Promise<RememberedAnswer> {
    const hash = createHmac('sha256', this.#hashKey.reveal()).update(JSON.stringify(request.content)).digest();
    const remembered = (await this.#begin(request, hash)) ? undefined : await this.#find(request, hash);
    if (remembered !== undefined) return remembered;
    try {
      const answer = await work();
      await this.#database
        .updateTable('idempotency_key')
        .set({
          status: answer.status,
          response: answer.response === null ? null : JSON.stringify(answer.response),
        })
        .where('key', '=', request.key)
        .where('session_id', '=', request.sessionId)
        .execute();
      return answer;
    } catch (error) {
      await this.#forget(request);
      throw error;
    }
  }

  async removeOld(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEEP_MS);
    await this.#database.deleteFrom('idempotency_key').where('created_at', '<', before).execute();
  }

  async #begin({ key, sessionId }: KeyedRequest, hash: Buffer): Promise<boolean> {
    const now = this.#clock.now();
    await this.#database
      .deleteFrom('idempotency_key')
      .where('key', '=', key)
      .where('session_id', '=', sessionId)
      .where('status', '=', IN_PROGRESS)
      .where('created_at', '<', new Date(now.getTime() - ABANDONED_MS))
      .execute();
    const result = await this.#database
      .insertInto('idempotency_key')
      .values({ key, session_id: sessionId, request_hash: hash, status: IN_PROGRESS, response: null, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async #find({ key, sessionId }: KeyedRequest, hash: Buffer): Promise<RememberedAnswer | undefined> {
    const row = await this.#database
      .selectFrom('idempotency_key')
      .selectAll()
      .where('key', '=', key)
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (!row.request_hash.equals(hash)) {
      throw new DomainError({
        code: 'http.idempotency-key-reused',
        message: 'This Idempotency-Key was used for another request.',
        remedy: 'Use a new key for each new request.',
      });
    }
    if (row.status !== IN_PROGRESS) return { status: row.status, response: row.response };
    throw new DomainError({
      code: 'http.request-in-progress',
      message: 'The same request is still being carried out.',
      remedy: 'Wait for it, then repeat it with the same key.',
      retryable: true,
    });
  }

  async #forget({ key, sessionId }: KeyedRequest): Promise<void> {
    await this.#database
      .deleteFrom('idempotency_key')
      .where('key', '=', key)
      .where('session_id', '=', sessionId)
      .where('status', '=', IN_PROGRESS)
      .execute();
  }
}
