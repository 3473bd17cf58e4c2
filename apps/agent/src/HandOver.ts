import { isDomainError, type Logger, type UserId } from '@isthmus/kernel';
import type { Outbox } from './Outbox.ts';
import type { ServerChannel } from './ServerChannel.ts';
import { Wakeup } from './Wakeup.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
const IDLE_MS = 60_000;

/** So many failures one after another mean that the server, not the message, is the cause. */
const FAILURES_TO_PAUSE = 5;

/**
 * Empties the outbox into the server: at least once, one after another, and without an end to the patience. What the
 * server does not take goes to the end of the line, so that it does not hold up the others.
 */
export class HandOver {
  readonly #outbox: Outbox;
  readonly #channel: ServerChannel;
  readonly #logger: Logger;
  readonly #wakeup = new Wakeup();

  constructor(outbox: Outbox, channel: ServerChannel, logger: Logger) {
    this.#outbox = outbox;
    this.#channel = channel;
    this.#logger = logger;
  }

  /** There is something new, or the server is known to be back. */
  wake(): void {
    this.#wakeup.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const progress = await this.#deliver(signal);
      if (this.#outbox.size === 0) {
        pause = FIRST_PAUSE_MS;
        await this.#wakeup.wait(IDLE_MS, signal);
        continue;
      }
      pause = progress ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await this.#wakeup.wait(pause, signal);
    }
  }

  /** True when the server accepted anything. */
  async #deliver(signal: AbortSignal): Promise<boolean> {
    let progress = false;
    let failures = 0;
    for (const userId of this.#outbox.waiting) {
      if (signal.aborted || failures >= FAILURES_TO_PAUSE) break;
      const failure = await this.#deliverOne(userId);
      if (failure === undefined) {
        progress = true;
        failures = 0;
        continue;
      }
      if (failure === 'agent.server-unreachable') break;
      failures += 1;
      this.#outbox.defer(userId);
    }
    return progress;
  }

  /** Code of what went wrong, if anything did. */
  async #deliverOne(userId: UserId): Promise<string | undefined> {
    try {
      const item = await this.#outbox.find(userId);
      if (item === undefined) return undefined;
      await this.#channel.post('/agent/v1/passwords', item);
      await this.#outbox.remove(userId, item.version);
      this.#logger.info({ userId, version: item.version }, 'password handed over');
      return undefined;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.#logger.warn({ userId, code: error.code, waiting: this.#outbox.size }, error.message);
      return error.code;
    }
  }
}
