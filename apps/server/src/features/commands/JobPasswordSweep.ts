import type { Platform, Service } from '../../composition/Platform.ts';
import { sweepJobPasswords } from './jobPasswords.ts';

/** A password this young may belong to a job that is just being started. */
const YOUNG_MS = 5 * 60_000;
const EVERY_MS = 60 * 60_000;

/** Removes passwords that a crash left behind: at the start of the server, and now and then. */
export class JobPasswordSweep implements Service {
  readonly #platform: Platform;
  #timer: NodeJS.Timeout | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async start(): Promise<void> {
    await this.#sweep();
    this.#timer = setInterval(() => void this.#sweep(), EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    const { database, clock, logger } = this.#platform;
    try {
      const removed = await sweepJobPasswords(database, new Date(clock.now().getTime() - YOUNG_MS));
      if (removed > 0) logger.info({ removed }, 'removed passwords of jobs that do not exist any more');
    } catch (error) {
      logger.warn({ error }, 'passwords of old jobs could not be looked through; the next round tries again');
    }
  }
}
