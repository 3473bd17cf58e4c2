import type { Logger } from '@isthmus/kernel';

/** Runs a step again and again, one at a time: in intervals, at once when nudged, more slowly while it fails. */
export class PollLoop {
  readonly #step: () => Promise<void>;
  readonly #intervalMs: number;
  readonly #longestMs: number;
  readonly #logger: Logger;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(parts: {
    /** A step that throws has failed. */
    readonly step: () => Promise<void>;
    readonly intervalMs: number;
    readonly longestMs: number;
    readonly logger: Logger;
  }) {
    this.#step = parts.step;
    this.#intervalMs = parts.intervalMs;
    this.#longestMs = parts.longestMs;
    this.#logger = parts.logger;
  }

  start(): void {
    this.#stopped = false;
    void this.run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** A whole step that begins after this call. */
  async run(): Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true;
      await this.#running;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#rounds();
    await this.#running;
  }

  #mustRepeat(): boolean {
    return this.#again && !this.#stopped;
  }

  #hasEnded(): boolean {
    return this.#stopped;
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#step();
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        if (this.#failures === 1) this.#logger.warn({ error: String(error) }, 'a mirror cannot read its side');
      }
    } while (this.#mustRepeat());
    this.#running = undefined;
    if (this.#hasEnded()) return;
    const waitMs = Math.min(this.#intervalMs * 2 ** Math.min(this.#failures, 20), this.#longestMs);
    this.#timer = setTimeout(() => void this.run(), this.#failures === 0 ? this.#intervalMs : waitMs);
  }
}
