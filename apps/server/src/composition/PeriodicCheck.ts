import type { Logger } from '@isthmus/kernel';
import type { Service } from './Platform.ts';

const FIRST_MS = 60_000;
const INTERVAL_MS = 60 * 60_000;

/** Looks at something a minute after the start and then once an hour; a look that fails is repeated at the next one. */
export class PeriodicCheck implements Service {
  readonly #what: string;
  readonly #look: () => Promise<void>;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = true;

  /** @param what for the log: "the password policy" */
  constructor(what: string, look: () => Promise<void>, logger: Logger) {
    this.#what = what;
    this.#look = look;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#plan(FIRST_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #plan(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.#logger.warn({ error: String(error) }, `could not look at ${this.#what}`))
        .finally(() => {
          if (!this.#stopped) this.#plan(INTERVAL_MS);
        });
    }, waitMs);
  }
}
