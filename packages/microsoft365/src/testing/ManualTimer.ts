import { ManualClock } from '@isthmus/kernel';
import type { Timer } from '../http/Timer.ts';

/** A timer that fires when its clock is moved: waiting without time passing. */
export class ManualTimer implements Timer {
  readonly clock: ManualClock;
  #waiting: { at: number; run: () => void }[] = [];

  constructor(clock = new ManualClock(new Date('2030-01-01T00:00:00Z'))) {
    this.clock = clock;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.clock.now().getTime() + milliseconds, run };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Moves the clock to the next due moment and fires it; false when nothing waits. */
  fireNext(): boolean {
    const next = this.#waiting.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return false;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    this.clock.advance(Math.max(0, next.at - this.clock.now().getTime()));
    next.run();
    return true;
  }

  /** Moves the clock by the time given, firing what comes due on the way. */
  advance(milliseconds: number): void {
    const end = this.clock.now().getTime() + milliseconds;
    while (this.#waiting.some((entry) => entry.at <= end)) this.fireNext();
    this.clock.advance(end - this.clock.now().getTime());
  }
}

/** A timer for tests of retries: waits end in their order, but as soon as nothing else is to be done. */
export class HurriedTimer extends ManualTimer {
  readonly waits: number[] = [];
  #firing = false;

  override after(milliseconds: number, run: () => void): () => void {
    this.waits.push(milliseconds);
    const cancel = super.after(milliseconds, run);
    this.#fireSoon();
    return cancel;
  }

  #fireSoon(): void {
    if (this.#firing) return;
    this.#firing = true;
    setImmediate(() => {
      this.#firing = false;
      this.fireNext();
      if (this.pending > 0) this.#fireSoon();
    });
  }
}
