/**
 * How much of a limit is left, refilled steadily. May go below zero: an answer can say afterwards that a request was
 * dearer than expected.
 */
export class TokenBucket {
  readonly capacity: number;
  readonly #perMillisecond: number;
  #level: number;
  #at: number;

  constructor(limit: { readonly amount: number; readonly perMilliseconds: number }, now: Date) {
    this.capacity = limit.amount;
    this.#perMillisecond = limit.amount / limit.perMilliseconds;
    this.#level = limit.amount;
    this.#at = now.getTime();
  }

  level(now: Date): number {
    // A clock that was set back must not refill nor drain.
    const passed = Math.max(0, now.getTime() - this.#at);
    this.#level = Math.min(this.capacity, this.#level + passed * this.#perMillisecond);
    this.#at = now.getTime();
    return this.#level;
  }

  /**
   * Milliseconds until `amount` can be taken while `reserve` stays; 0 = now. What is larger than the whole bucket may
   * go when the bucket is full, else it would wait forever.
   */
  waitFor(amount: number, reserve: number, now: Date): number {
    const needed = Math.min(this.capacity, amount + reserve);
    const missing = needed - this.level(now);
    return missing <= 0 ? 0 : Math.ceil(missing / this.#perMillisecond);
  }

  take(amount: number, now: Date): void {
    this.#level = this.level(now) - amount;
  }

  /** The service knows better: at most this much is left. */
  lowerTo(level: number, now: Date): void {
    this.#level = Math.min(this.level(now), level);
  }
}
