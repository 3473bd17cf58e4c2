import { DomainError, type Logger } from '@isthmus/kernel';
import type { Client } from 'ldapts';
import { isCertificateError, isConnectionError, resultCodeOf } from './directoryError.ts';
import { type ConnectionSettings, closeClient, openingError, openServiceClient } from './openClient.ts';

/** Quick requests must not wait behind a full pass over the directory, which may take minutes. */
export type Lane = 'quick' | 'feed';

const LANES = {
  quick: { connections: 4, timeoutMs: 20_000 },
  feed: { connections: 1, timeoutMs: 600_000 },
} as const;

const INSUFFICIENT_RIGHTS = 50;

interface Connection {
  readonly client: Client;
  readonly url: string;
  readonly generation: number;
  /** Opened for the work at hand. */
  readonly isNew: boolean;
}

interface LaneState {
  idle: Connection[];
  running: number;
  readonly waiting: (() => void)[];
}

const newLane = (): LaneState => ({ idle: [], running: 0, waiting: [] });

/**
 * Bounded, self-healing connections to one domain controller at a time: the first that answers is kept, so that what
 * was written is read back from the same place; when it cannot be reached any more, the next one takes over.
 */
export class DomainControllerConnections {
  readonly #urls: readonly string[];
  readonly #settings: ConnectionSettings;
  readonly #logger: Logger;
  readonly #lanes: Record<Lane, LaneState> = { quick: newLane(), feed: newLane() };
  #current = 0;
  #generation = 0;
  #closed = false;

  constructor(urls: readonly string[], settings: ConnectionSettings, logger: Logger) {
    this.#urls = urls;
    this.#settings = settings;
    this.#logger = logger;
  }

  /** Address of the controller in use. */
  get url(): string {
    return this.#urls[this.#current] ?? '';
  }

  /** True while the first of the addresses is in use. */
  get isPreferred(): boolean {
    return this.#current === 0;
  }

  get settings(): ConnectionSettings {
    return this.#settings;
  }

  /**
   * Runs the work, one request, on a connection that is bound as the service account. `repeatable` work (reading) is
   * done once more over a new connection when the connection broke under it; writing is not, for it may have been done.
   * What a connection from before is refused for want of rights is tried once more on a new one: see {@link renew}.
   */
  async use<T>(work: (client: Client) => Promise<T>, options: { lane?: Lane; repeatable?: boolean } = {}): Promise<T> {
    const lane = this.#lanes[options.lane ?? 'quick'];
    const { connections } = LANES[options.lane ?? 'quick'];
    await this.#enter(lane, connections);
    try {
      return await this.#attempt(lane, options, work);
    } finally {
      lane.running -= 1;
      lane.waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const idle = Object.values(this.#lanes).flatMap((lane) => lane.idle.splice(0));
    await Promise.all(idle.map(({ client }) => closeClient(client)));
  }

  /**
   * Lets the next work sign in anew: a connection keeps the groups that its account had when it was opened, so rights
   * that somebody gave since then would not be seen.
   */
  renew(): void {
    this.#generation += 1;
  }

  async #enter(lane: LaneState, connections: number): Promise<void> {
    while (lane.running >= connections) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    lane.running += 1;
  }

  async #attempt<T>(
    lane: LaneState,
    options: { lane?: Lane; repeatable?: boolean },
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#take(lane, LANES[options.lane ?? 'quick'].timeoutMs);
    try {
      const result = await work(connection.client);
      await this.#giveBack(lane, connection);
      return result;
    } catch (error) {
      if (!isConnectionError(error)) {
        const mayHaveRightsNow = resultCodeOf(error) === INSUFFICIENT_RIGHTS && !connection.isNew;
        if (mayHaveRightsNow) this.renew();
        await this.#giveBack(lane, connection);
        if (mayHaveRightsNow && !this.#closed) return this.#attempt(lane, options, work);
        throw error;
      }
      // The other idle connections of a controller that went away would only time out one after another.
      await Promise.all([connection, ...lane.idle.splice(0)].map(({ client }) => closeClient(client)));
      if (options.repeatable !== true || this.#closed) throw error;
      this.#logger.warn({ url: connection.url, reason: String(error) }, 'lost a directory connection, trying again');
      return this.#attempt(lane, { ...options, repeatable: false }, work);
    }
  }

  async #take(lane: LaneState, timeoutMs: number): Promise<Connection> {
    for (let found = lane.idle.pop(); found !== undefined; found = lane.idle.pop()) {
      if (this.#isUsable(found)) return found;
      await closeClient(found.client);
    }
    return this.#open(timeoutMs);
  }

  async #open(timeoutMs: number): Promise<Connection> {
    if (this.#closed) {
      throw new DomainError({ code: 'directory.failed', message: 'The connection to the directory was closed.' });
    }
    let lastError: unknown;
    for (let attempt = 0; attempt < this.#urls.length; attempt += 1) {
      const { url } = this;
      const generation = this.#generation;
      try {
        return { client: await openServiceClient(url, this.#settings, timeoutMs), url, generation, isNew: true };
      } catch (error) {
        // A wrong password is wrong everywhere, and trying it at every controller would lock the account.
        if (!isConnectionError(error) && !isCertificateError(error)) throw openingError(error);
        lastError = error;
        this.#logger.warn({ url, reason: String(error) }, 'domain controller cannot be used');
        if (this.url === url) this.#current = (this.#current + 1) % this.#urls.length;
      }
    }
    throw openingError(lastError);
  }

  #isUsable({ client, url, generation }: Connection): boolean {
    // After a silent reconnect of the library the connection would be anonymous: only a bound one is used.
    return client.isBound && url === this.url && generation === this.#generation;
  }

  async #giveBack(lane: LaneState, connection: Connection): Promise<void> {
    if (!this.#closed && this.#isUsable(connection)) lane.idle.push({ ...connection, isNew: false });
    else await closeClient(connection.client);
  }
}
