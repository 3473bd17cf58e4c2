import { type Clock, DomainError } from '@isthmus/kernel';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';

export interface SignInAttempt {
  /** Who is meant, the same for every spelling of the name. */
  readonly account: string;
  readonly address: string;
  /** The person has signed in from this address before. */
  readonly isKnownAddress: boolean;
  /** Failed sign-ins after which the directory locks the account; 0 = never. */
  readonly lockoutThreshold: number;
}

const WINDOW_MS = 30 * 60_000;
const FAILURES_PER_ADDRESS = 30;
const FAILURES_PER_ACCOUNT = 10;

/**
 * How many wrong passwords of one account we let through to the directory. It stays below the number at which the
 * directory locks the account, so that nobody can lock somebody out through us; and strangers get one less than an
 * address the person has used before, so that they cannot keep the person from signing in either.
 */
export function failuresAllowed({ lockoutThreshold, isKnownAddress }: SignInAttempt): number {
  if (lockoutThreshold === 0) return isKnownAddress ? 2 * FAILURES_PER_ACCOUNT : FAILURES_PER_ACCOUNT;
  const known = Math.min(2 * FAILURES_PER_ACCOUNT, lockoutThreshold - 1);
  return Math.max(1, isKnownAddress ? known : Math.min(FAILURES_PER_ACCOUNT, known - 1));
}

/** Counts attempts in a sliding window. An attempt is counted before the directory is asked, so parallel ones add up. */
export class SignInThrottle {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws DomainError `session.too-many-attempts`, before the directory has been asked */
  async begin(attempt: SignInAttempt): Promise<void> {
    const now = this.#clock.now();
    const since = new Date(now.getTime() - WINDOW_MS);
    await this.#database.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtext(${`sign-in ${attempt.account}`}))`.execute(transaction);
      const counted = await transaction
        .selectFrom('sign_in_attempt')
        .select((eb) => [
          eb.fn.countAll<string>().filterWhere('account', '=', attempt.account).as('account'),
          eb.fn.countAll<string>().filterWhere('address', '=', attempt.address).as('address'),
          eb.fn.min('at').as('oldest'),
        ])
        .where('at', '>', since)
        .where((eb) => eb.or([eb('account', '=', attempt.account), eb('address', '=', attempt.address)]))
        .executeTakeFirstOrThrow();
      const tooMany =
        Number(counted.account) >= failuresAllowed(attempt) || Number(counted.address) >= FAILURES_PER_ADDRESS;
      if (tooMany) throw tooManyAttempts(new Date(counted.oldest).getTime() + WINDOW_MS - now.getTime());
      await transaction
        .insertInto('sign_in_attempt')
        .values({ account: attempt.account, address: attempt.address, at: now })
        .execute();
    });
  }

  /** The right password ends the count of the account; wrong ones of other accounts still count for the address. */
  async forget(account: string): Promise<void> {
    await this.#database.deleteFrom('sign_in_attempt').where('account', '=', account).execute();
  }

  /** The directory could not be asked: that attempt did not count. */
  async takeBack(attempt: SignInAttempt): Promise<void> {
    const last = this.#database
      .selectFrom('sign_in_attempt')
      .select('id')
      .where('account', '=', attempt.account)
      .where('address', '=', attempt.address)
      .orderBy('id', 'desc')
      .limit(1);
    await this.#database.deleteFrom('sign_in_attempt').where('id', 'in', last).execute();
  }

  async removeOld(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - WINDOW_MS);
    await this.#database.deleteFrom('sign_in_attempt').where('at', '<', before).execute();
  }
}

function tooManyAttempts(waitMs: number): DomainError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
  return new DomainError({
    code: 'session.too-many-attempts',
    message: 'Too many failed sign-ins; this one was not tried.',
    remedy: `Wait ${minutes} minute${minutes === 1 ? '' : 's'}, or sign in from a computer you have used before.`,
    parameters: { minutes },
  });
}
