import process from 'node:process';
import { isDomainError, type Logger } from '@isthmus/kernel';
import { createServer, type RunningServer } from './composition/createServer.ts';
import type { Configuration } from './config/Configuration.ts';
import { createLogger } from './config/createLogger.ts';
import { DataFolder } from './config/DataFolder.ts';
import { loadConfiguration } from './config/loadConfiguration.ts';

const STOP_MS = 60_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const tell = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

/** Resolves when somebody asks the server to end: a signal, the closed lifeline, or the server itself. */
function stopRequest(lifeline: Configuration['lifeline'], lost: Promise<void>): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
    void lost.then(() => resolve('lost'));
    if (lifeline !== 'stdin') return;
    process.stdin.on('end', () => resolve('lifeline'));
    process.stdin.on('error', () => resolve('lifeline'));
    process.stdin.resume();
  });
}

/** The code is for the person at the terminal alone: it goes to no log. */
function showSetUpCode({ url, setUpCode }: RunningServer): void {
  if (setUpCode === undefined) return;
  const code = setUpCode.reveal();
  tell({ event: 'set-up-code', code, url: `${url}/setup` });
  say(`\nNo directory is connected yet. Open ${url}/setup and enter the set-up code ${code}\n`);
}

async function run(): Promise<number> {
  const configuration = await loadConfiguration();
  await DataFolder.check(configuration.dataFolder);
  const logger: Logger = createLogger(configuration.dataFolder, configuration.logLevel);
  const { promise: lost, resolve: onLost } = Promise.withResolvers<void>();
  const asked = stopRequest(configuration.lifeline, lost);
  process.on('unhandledRejection', (error) => logger.error({ error }, 'a promise was rejected and nobody listened'));
  const starting = createServer(configuration, { logger, onLost });
  const early = await Promise.race([asked, starting.then(() => undefined)]);
  const server = await starting;
  if (early === undefined) {
    logger.info({ url: server.url }, 'Isthmus is ready');
    showSetUpCode(server);
    tell({ event: 'ready', url: server.url });
  }
  const reason = early ?? (await asked);
  logger.info({ reason }, 'Isthmus stops');
  const forced = setTimeout(() => process.exit(1), STOP_MS);
  await server.stop();
  clearTimeout(forced);
  return reason === 'lost' ? 1 : 0;
}

// Whoever reads our output may be killed first; we still stop in order.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await run();
} catch (error) {
  if (isDomainError(error)) {
    say(error.message);
    if (error.remedy !== undefined) say(error.remedy);
  } else {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  process.exitCode = 1;
}
// Nothing may keep a stopped server alive, such as a standard input that stays open.
process.exit();
