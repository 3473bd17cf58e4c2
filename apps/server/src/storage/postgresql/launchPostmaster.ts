import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError, type Logger } from '@isthmus/kernel';
import { hasWatchdog, type Postmaster, postmasterFileOf, processState, readPostmasterFile } from './postmasterFile.ts';
import { isLockProblem, readLogSince, serverStartError, sizeOf, withServerLog } from './serverLog.ts';
import type { ServerUser } from './serverUser.ts';
import { adoptWithWatchdog, launchWithWatchdog } from './watchdog.ts';

export interface LaunchOptions {
  readonly postgres: string;
  readonly clusterFolder: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly user: ServerUser;
  readonly settings: Readonly<Record<string, string>>;
  readonly logger: Logger;
}

/** A running PostgreSQL with our watchdog over it. */
export interface RunningPostmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly adopted: boolean;
  readonly watchdog: ChildProcess;
}

const POLL_MS = 20;
/** A crashed database replays its journal first; as long as it lives we wait this long. */
const READY_MS = 300_000;
/** How long we wait for the server of a killed predecessor to end, or for a dead one to be collected. */
const PREDECESSOR_MS = 60_000;
const ZOMBIE_MS = 15_000;

/**
 * Makes room for a start: waits until the server of a predecessor has ended, adopts one that nobody watches any more,
 * and removes a lock that no living PostgreSQL holds.
 */
async function findOrClear(options: LaunchOptions): Promise<Postmaster | undefined> {
  const began = Date.now();
  for (let pause = POLL_MS; Date.now() - began < PREDECESSOR_MS; pause = Math.min(pause * 2, 500)) {
    const postmaster = await readPostmasterFile(options.clusterFolder);
    if (postmaster === undefined) return undefined;
    const state = await processState(postmaster.pid);
    if (state === 'gone') return undefined;
    const isDead = state === 'other' || (state === 'zombie' && Date.now() - began > ZOMBIE_MS);
    if (isDead) {
      // A zombie runs no code and another program is no database: the lock is stale, though its number answers.
      options.logger.warn({ pid: postmaster.pid, state }, 'removing the stale lock of a dead database server');
      await rm(postmasterFileOf(options.clusterFolder), { force: true });
      return undefined;
    }
    if (state === 'postgres' && postmaster.status === 'ready' && !(await hasWatchdog(postmaster.pid))) {
      return postmaster;
    }
    await delay(pause);
  }
  throw new DomainError({
    code: 'storage.database-in-use',
    message: `Another PostgreSQL still uses ${options.clusterFolder}.`,
    remedy: 'End it (its process id is the first line of postmaster.pid there), then start again.',
  });
}

async function waitUntilReady(options: LaunchOptions, watchdog: ChildProcess): Promise<Postmaster | undefined> {
  const began = Date.now();
  while (watchdog.exitCode === null && watchdog.signalCode === null) {
    const postmaster = await readPostmasterFile(options.clusterFolder);
    if (postmaster?.status === 'ready' && (await processState(postmaster.pid)) === 'postgres') return postmaster;
    if (Date.now() - began > READY_MS) {
      watchdog.stdin?.end();
      throw serverStartError(`it was not ready after ${READY_MS / 1000} s`, options.logFile);
    }
    await delay(POLL_MS);
  }
  return undefined;
}

function serverCommand(options: LaunchOptions): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: options.socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    password_encryption: 'scram-sha-256',
    max_connections: '60',
    shared_buffers: '64MB',
    // Small data: workers for asynchronous reading would only be idle processes.
    io_method: 'sync',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  return [
    options.postgres,
    '-D',
    options.clusterFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function spawned(watchdog: ChildProcess): Promise<ChildProcess> {
  await new Promise<void>((resolve, reject) => {
    watchdog.once('spawn', resolve);
    watchdog.once('error', (cause) => reject(serverStartError(cause.message, 'the system log')));
  });
  return watchdog;
}

async function launchOnce(options: LaunchOptions): Promise<RunningPostmaster | 'locked'> {
  const logSize = await sizeOf(options.logFile);
  const watchdog = await spawned(
    await withServerLog(options.logFile, (log) => launchWithWatchdog(options.user, serverCommand(options), log)),
  );
  const postmaster = await waitUntilReady(options, watchdog);
  if (postmaster !== undefined) return { ...postmaster, adopted: false, watchdog };
  const output = await readLogSince(options.logFile, logSize);
  if (isLockProblem(output)) return 'locked';
  throw serverStartError(output, options.logFile);
}

/** Starts PostgreSQL, or adopts the living one of a predecessor. */
export async function launchPostmaster(options: LaunchOptions): Promise<RunningPostmaster> {
  const began = Date.now();
  for (let pause = 100; ; pause = Math.min(pause * 2, 3000)) {
    const living = await findOrClear(options);
    if (living !== undefined) {
      options.logger.info({ pid: living.pid }, 'adopted the database server that was still running');
      const watchdog = await spawned(
        await withServerLog(options.logFile, (log) => adoptWithWatchdog(options.user, living.pid, log)),
      );
      return { ...living, adopted: true, watchdog };
    }
    const launched = await launchOnce(options);
    if (launched !== 'locked') return launched;
    if (Date.now() - began > PREDECESSOR_MS) throw serverStartError('its lock is held', options.logFile);
    options.logger.warn({}, 'the database is still locked by a dead server; trying again');
    await delay(pause);
  }
}
