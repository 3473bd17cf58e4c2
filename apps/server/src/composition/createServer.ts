import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { operations } from '@isthmus/contracts';
import type { Clock, Logger, Secret } from '@isthmus/kernel';
import { z } from 'zod';
import type { Configuration } from '../config/Configuration.ts';
import { DataFolder } from '../config/DataFolder.ts';
import { findIntegrationCredentials } from '../features/integration/index.ts';
import { createSessions } from '../features/session/index.ts';
import { SetUpCode } from '../features/setup/index.ts';
import { openAgentEndpoint } from '../http/agentEndpoint.ts';
import { registerDashboardFiles } from '../http/dashboardFiles.ts';
import { HttpEndpoint } from '../http/HttpEndpoint.ts';
import { IdempotencyKeys } from '../http/IdempotencyKeys.ts';
import { registerLiveEventStream } from '../http/liveEventStream.ts';
import { OperationRouter } from '../http/OperationRouter.ts';
import { certificateSource } from '../http/tls/CertificateSource.ts';
import { createPlatform, type ServerPlatform } from './createPlatform.ts';
import { housekeeping } from './housekeeping.ts';
import { openStorage } from './openStorage.ts';
import { type Features, registerFeatures } from './registerFeatures.ts';
import { Shutdown } from './Shutdown.ts';

export interface ServerOptions {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** The server can no longer do its work and should be stopped. */
  readonly onLost?: () => void;
}

export interface RunningServer {
  readonly url: string;
  /** Only while no directory is connected; to be shown to whoever started the server. */
  readonly setUpCode: Secret | undefined;
  stop(): Promise<void>;
}

const DASHBOARD = fileURLToPath(new URL('../../../dashboard/dist/', import.meta.url));
/** Work that a crash interrupted should find the directory; a server without one starts all the same. */
const DIRECTORY_PATIENCE_MS = 8_000;

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Builds the whole server from its configuration and starts it. @throws DomainError when a part cannot start */
export async function createServer(configuration: Configuration, options: ServerOptions): Promise<RunningServer> {
  const shutdown = new Shutdown(options.logger);
  try {
    return await start(configuration, options, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(configuration: Configuration, options: ServerOptions, shutdown: Shutdown): Promise<RunningServer> {
  const { logger, onLost = () => undefined } = options;
  const dataFolder = await DataFolder.open(configuration.dataFolder);
  shutdown.add('data folder', () => dataFolder.release());
  const storage = await openStorage(configuration, { logger, shutdown, onLost });
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const platform = await createPlatform(configuration, { storage, dataFolder, logger, ...clock });
  const version = readVersion();
  const certificates = certificateSource(configuration, dataFolder.at('tls'), platform.clock);
  const endpoint = await HttpEndpoint.create(certificates, version, logger);
  shutdown.add('HTTP', () => endpoint.close());
  const sessions = createSessions(platform);
  const setUpCode = new SetUpCode(platform.settings, platform.clock);
  const idempotencyKeys = new IdempotencyKeys(platform.database, platform.clock, platform.masterKey);
  const authenticator = sessions.sessions;
  const { server } = endpoint;
  const router = new OperationRouter({ server, authenticator, audit: platform.audit, idempotencyKeys });
  const features = await registerFeatures(router, platform, {
    configuration,
    sessions,
    setUpCode,
    version,
    findServerCertificate: async () => endpoint.certificateFacts(),
    findAddress: () => endpoint.address,
  });
  demandHandlers(router);
  registerLiveEventStream(server, { events: platform.events, authenticator });
  await registerDashboardFiles(server, DASHBOARD);
  await startWork(platform, features, idempotencyKeys, shutdown);
  const agent = await openAgentEndpoint(configuration.agent, features.agent, logger);
  shutdown.add('agent endpoint', () => agent.close());
  const url = await endpoint.listen(configuration);
  const isOpen = !platform.connections.isDirectoryConfigured();
  if (!isOpen) await setUpCode.revoke();
  return { url, setUpCode: isOpen ? await setUpCode.issue() : undefined, stop: () => shutdown.run() };
}

/** The API description promises every operation of the contract. */
function demandHandlers(router: OperationRouter): void {
  const missing = Object.keys(operations).filter((id) => !router.handled.has(id));
  if (missing.length > 0) throw new TypeError(`No feature handles ${missing.join(', ')}`);
}

/** Connects both sides, then lets the services and the interrupted jobs go on. */
async function startWork(
  platform: ServerPlatform,
  features: Features,
  idempotencyKeys: IdempotencyKeys,
  shutdown: Shutdown,
): Promise<void> {
  const { connections, engine, jobs } = platform;
  const connected = connections.start(() => findIntegrationCredentials(platform));
  shutdown.add('connections', () => connections.stop());
  await Promise.race([connected, delay(DIRECTORY_PATIENCE_MS, undefined, { ref: false })]);
  for (const [name, service] of features.services) {
    await service.start();
    shutdown.add(name, () => service.stop());
  }
  const tidying = housekeeping(platform, idempotencyKeys);
  shutdown.add('housekeeping', tidying.stop);
  await jobs.prepare();
  await engine.start();
  shutdown.add('engine', () => engine.stop());
  shutdown.add('jobs', () => jobs.stop());
  await jobs.resume();
}
