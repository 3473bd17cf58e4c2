import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger, Secret } from '@isthmus/kernel';
import type { DatabaseAddress } from '../DatabaseAddress.ts';
import { ADMINISTRATOR_ROLE, ensureCluster } from './createCluster.ts';
import { ensureDatabase } from './ensureDatabase.ts';
import { type LaunchOptions, launchPostmaster, type RunningPostmaster } from './launchPostmaster.ts';
import { postgreSqlBinaries } from './postgreSqlBinaries.ts';
import { processState } from './postmasterFile.ts';
import { findServerUser } from './serverUser.ts';
import { prepareSocketFolder } from './socketFolder.ts';

export interface PostgreSqlServerOptions {
  /** Everything is kept in `postgresql` below it. */
  readonly dataFolder: string;
  readonly logger: Logger;
  /** Added to the server's settings, such as `fsync: 'off'` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

const WATCH_MS = 500;
const STOP_MS = 30_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Our own PostgreSQL: the real programs, one private unix socket, no network. It ends when this process ends, however
 * that happens; one that outlived a predecessor is adopted; one that dies is started again.
 */
export class PostgreSqlServer {
  readonly #options: LaunchOptions;
  readonly #password: Secret;
  #running: RunningPostmaster;
  #stopping = false;
  readonly #watching: Promise<void>;

  private constructor(options: LaunchOptions, password: Secret, running: RunningPostmaster) {
    this.#options = options;
    this.#password = password;
    this.#running = running;
    this.#watching = this.#watch();
  }

  static async start(options: PostgreSqlServerOptions): Promise<PostgreSqlServer> {
    const folder = resolve(options.dataFolder, 'postgresql');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const binaries = postgreSqlBinaries();
    const user = findServerUser(join(folder, 'data'));
    const cluster = await ensureCluster(folder, binaries, user);
    const launch: LaunchOptions = {
      postgres: binaries.postgres,
      clusterFolder: cluster.folder,
      socketFolder: await prepareSocketFolder(folder, user),
      logFile: join(folder, 'log'),
      user,
      settings: options.settings ?? {},
      logger: options.logger,
    };
    const server = new PostgreSqlServer(launch, cluster.password, await launchPostmaster(launch));
    await ensureDatabase(server.administratorAddress, server.address).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return server;
  }

  /** Where the product's database is. */
  get address(): DatabaseAddress {
    return this.#addressOf('isthmus', 'isthmus');
  }

  /** For making databases. */
  get administratorAddress(): DatabaseAddress {
    return this.#addressOf(ADMINISTRATOR_ROLE, 'postgres');
  }

  get wasAdopted(): boolean {
    return this.#running.adopted;
  }

  get pid(): number {
    return this.#running.pid;
  }

  /** Fast shutdown; open connections are ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#watching;
    const { pid, watchdog } = this.#running;
    watchdog.stdin?.end();
    const began = Date.now();
    let urged = false;
    while ((await processState(pid)) === 'postgres') {
      if (!urged && Date.now() - began > STOP_MS) {
        urged = true;
        process.kill(pid, 'SIGQUIT');
      }
      await delay(20);
    }
  }

  #addressOf(user: string, database: string): DatabaseAddress {
    const { socketFolder, port } = this.#running;
    return { kind: 'socket', host: socketFolder, port, user, password: this.#password, database };
  }

  async #watch(): Promise<void> {
    for (;;) {
      await delay(WATCH_MS);
      if (this.#stopping) return;
      if ((await processState(this.#running.pid)) === 'postgres') continue;
      this.#options.logger.error({ pid: this.#running.pid }, 'the database server ended; starting it again');
      await this.#startAgain();
    }
  }

  async #startAgain(): Promise<void> {
    for (let pause = WATCH_MS; !this.#stopping; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        this.#running.watchdog.stdin?.end();
        this.#running = await launchPostmaster(this.#options);
        return;
      } catch (error) {
        this.#options.logger.error({ error }, 'the database server could not be started again');
        await delay(pause);
      }
    }
  }
}
