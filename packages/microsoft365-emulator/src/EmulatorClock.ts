import type { Clock } from '@isthmus/kernel';

/** The tenant's time: a base clock plus an offset that tests and demonstrations may move. */
export class EmulatorClock implements Clock {
  readonly #base: Clock;
  #offsetMs = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#offsetMs);
  }

  milliseconds(): number {
    return this.#base.now().getTime() + this.#offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  set offsetMs(value: number) {
    this.#offsetMs = value;
  }
}
