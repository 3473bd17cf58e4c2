import type { Service } from '../../composition/Platform.ts';
import type { DomainParts } from './DomainParts.ts';
import { inspectDomain } from './inspectDomain.ts';
import type { WatchedDomain } from './watchedDomains.ts';

const EVERY_MS = 10_000;

/**
 * Looks at each domain when its time has come, from the time it is linked until it is unlinked: what is due is in the
 * database, so that restarts and outages cost nothing but time. One look at a domain at a time.
 */
export class DomainWatch implements Service {
  readonly #parts: DomainParts;
  readonly #everyMs: number;
  readonly #looking = new Map<string, Promise<WatchedDomain>>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(parts: DomainParts, everyMs: number = EVERY_MS) {
    this.#parts = parts;
    this.#everyMs = everyMs;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
    await Promise.allSettled(this.#looking.values());
  }

  /** Looks now, because somebody asks. @throws DomainError */
  inspect(name: string): Promise<WatchedDomain> {
    return this.#look(name, true);
  }

  #look(name: string, isAsked: boolean): Promise<WatchedDomain> {
    const running = this.#looking.get(name);
    // What a person just did is not in a look that began before.
    const look = (running ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => inspectDomain(this.#parts, name, isAsked))
      .finally(() => {
        if (this.#looking.get(name) === look) this.#looking.delete(name);
      });
    this.#looking.set(name, look);
    return look;
  }

  #plan(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#lookAtDue().finally(() => {
        if (!this.#stopped) this.#plan();
      });
    }, this.#everyMs);
  }

  async #lookAtDue(): Promise<void> {
    const { platform } = this.#parts;
    const log = (error: unknown): void => platform.logger.warn({ error: String(error) }, 'could not look at a domain');
    try {
      if (platform.connections.findMicrosoft365() === undefined) return;
      const due = await platform.database
        .selectFrom('watched_domain')
        .select('name')
        .where('next_check_at', '<=', platform.clock.now())
        .orderBy('next_check_at')
        .execute();
      for (const { name } of due) {
        if (this.#stopped) return;
        if (!this.#looking.has(name)) await this.#look(name, false).catch(log);
      }
    } catch (error) {
      log(error);
    }
  }
}
