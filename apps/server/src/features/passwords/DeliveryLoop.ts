import type { Logger } from '@isthmus/kernel';

/** Passwords on their way at the same time; the throttle governor keeps the order among all calls. */
const AT_ONCE = 8;
const POLL_MS = 2_000;

/** Hands people to `deliver`, each one at a time: at once when nudged, else as soon as they are due. */
export class DeliveryLoop {
  readonly #listDue: () => Promise<readonly string[]>;
  readonly #deliver: (userId: string) => Promise<void>;
  readonly #logger: Logger;
  readonly #queue = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(parts: {
    readonly listDue: () => Promise<readonly string[]>;
    readonly deliver: (userId: string) => Promise<void>;
    readonly logger: Logger;
  }) {
    this.#listDue = parts.listDue;
    this.#deliver = parts.deliver;
    this.#logger = parts.logger;
  }

  start(): void {
    this.#stopped = false;
    void this.#poll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#queue.clear();
    await Promise.all(this.#running.values());
  }

  nudge(userId: string): void {
    if (this.#stopped) return;
    this.#queue.add(userId);
    this.#startMore();
  }

  async #poll(): Promise<void> {
    try {
      for (const userId of await this.#listDue()) if (!this.#running.has(userId)) this.#queue.add(userId);
    } catch (error) {
      this.#logger.warn({ error: String(error) }, 'cannot look for waiting passwords');
    }
    if (this.#stopped) return;
    this.#startMore();
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  #startMore(): void {
    for (const userId of this.#queue) {
      if (this.#stopped || this.#running.size >= AT_ONCE) return;
      // One that came for the same person meanwhile is sent when this one is through.
      if (this.#running.has(userId)) continue;
      this.#queue.delete(userId);
      const work = this.#deliver(userId)
        .catch((error: unknown) => this.#logger.error({ userId, error: String(error) }, 'a password delivery failed'))
        .finally(() => {
          this.#running.delete(userId);
          this.#startMore();
        });
      this.#running.set(userId, work);
    }
  }
}
