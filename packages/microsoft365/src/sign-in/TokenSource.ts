import { type Clock, Secret } from '@isthmus/kernel';

/** Gives the bearer token for Microsoft Graph. */
export interface TokenSource {
  /** @throws DomainError when there is none to be had */
  token(): Promise<Secret>;
  /** The service refused this token: the next call of {@link token} gets another one. */
  reject(token: Secret): void;
}

export interface FreshToken {
  readonly value: string;
  readonly expiresAt: Date;
}

interface Held {
  readonly token: Secret;
  readonly renewAt: number;
  readonly expiresAt: number;
}

const MARGIN = 5 * 60_000;
const MARGIN_SHARE = 0.2;
/** A token with less than this left may die on the way. */
const TOO_OLD = 10_000;

/** Keeps one token in memory, renews it before it ends, and lets callers who come at once share one sign-in. */
export class CachedTokens implements TokenSource {
  readonly #fetch: () => Promise<FreshToken>;
  readonly #clock: Clock;
  #held: Held | undefined;
  #fetching: Promise<Secret> | undefined;

  constructor(fetch: () => Promise<FreshToken>, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  token(): Promise<Secret> {
    const now = this.#clock.now().getTime();
    const held = this.#held;
    if (held === undefined || held.expiresAt - TOO_OLD <= now) return this.#renew();
    if (held.renewAt <= now) {
      // The old one still works: nobody waits, and a failure shows itself when it does not work any more.
      this.#renew().catch(() => undefined);
    }
    return Promise.resolve(held.token);
  }

  reject(token: Secret): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  #renew(): Promise<Secret> {
    this.#fetching ??= this.#fetchOne().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchOne(): Promise<Secret> {
    const now = this.#clock.now().getTime();
    const fresh = await this.#fetch();
    const expiresAt = fresh.expiresAt.getTime();
    const margin = Math.min(MARGIN, (expiresAt - now) * MARGIN_SHARE);
    this.#held = { token: new Secret(fresh.value), renewAt: expiresAt - margin, expiresAt };
    return this.#held.token;
  }
}
