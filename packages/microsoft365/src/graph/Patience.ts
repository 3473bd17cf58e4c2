import type { Clock } from '@isthmus/kernel';
import type { Lane } from '../ports.ts';

/**
 * How long a call goes on after its first failure. Bulk work has time while the tenant merely asks to wait; a person
 * in front of a screen has not, and an outage should be known soon by everybody.
 */
const FROM_FIRST_FAILURE: Readonly<Record<'throttled' | 'broken', Readonly<Record<Lane, number>>>> = {
  throttled: { password: 60_000, interactive: 30_000, background: 15 * 60_000 },
  broken: { password: 30_000, interactive: 15_000, background: 90_000 },
};

/** Counts one call's failures and says when enough is enough. */
export class Patience {
  readonly #clock: Clock;
  readonly #lane: Lane;
  #firstFailure: number | undefined;
  #failures = 0;
  #renewed = false;

  constructor(lane: Lane, clock: Clock) {
    this.#lane = lane;
    this.#clock = clock;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Notes a failure; false when it was one too many. */
  hasLeft(kind: 'throttled' | 'broken'): boolean {
    const now = this.#clock.now().getTime();
    this.#firstFailure ??= now;
    this.#failures += 1;
    return now - this.#firstFailure < FROM_FIRST_FAILURE[kind][this.#lane];
  }

  /** A token is renewed once a call; a second 401 means what it says. */
  mayRenew(): boolean {
    const first = !this.#renewed;
    this.#renewed = true;
    return first;
  }
}
