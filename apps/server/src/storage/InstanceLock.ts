import { setTimeout as delay } from 'node:timers/promises';
import { DomainError, type Logger } from '@isthmus/kernel';
import pg from 'pg';
import { type DatabaseAddress, poolSettings } from './DatabaseAddress.ts';

const LOCK = 7_482_005;
const RETRY_MS = 2_000;

/**
 * One server works on a database at a time: a second one would do every job twice. The lock lives as long as its
 * connection; when the database restarts, it is taken again at once.
 */
export class InstanceLock {
  readonly #address: DatabaseAddress;
  readonly #logger: Logger;
  readonly #onLost: () => void;
  #client: pg.Client | undefined;
  #released = false;

  private constructor(address: DatabaseAddress, logger: Logger, onLost: () => void) {
    this.#address = address;
    this.#logger = logger;
    this.#onLost = onLost;
  }

  /** @throws DomainError `storage.database-in-use` */
  static async take(address: DatabaseAddress, logger: Logger, onLost: () => void): Promise<InstanceLock> {
    const lock = new InstanceLock(address, logger, onLost);
    if (await lock.#connect()) return lock;
    throw new DomainError({
      code: 'storage.database-in-use',
      message: 'Another Isthmus server works on this database.',
      remedy: 'End it first, or give this one a database of its own.',
    });
  }

  async release(): Promise<void> {
    this.#released = true;
    await this.#client?.end();
  }

  async #connect(): Promise<boolean> {
    const client = new pg.Client(poolSettings(this.#address));
    client.on('error', () => undefined);
    client.once('end', () => void this.#takeAgain());
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK]);
    if (rows[0]?.taken === true) {
      this.#client = client;
      return true;
    }
    client.removeAllListeners('end');
    await client.end();
    return false;
  }

  async #takeAgain(): Promise<void> {
    for (;;) {
      await delay(RETRY_MS);
      if (this.#released) return;
      const taken = await this.#connect().catch(() => undefined);
      if (taken === true) return;
      if (taken === false) {
        this.#logger.error({}, 'another server has taken over the database');
        return this.#onLost();
      }
    }
  }
}
