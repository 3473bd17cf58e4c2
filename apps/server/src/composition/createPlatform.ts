import { type Clock, type Logger, type Secret, systemClock } from '@isthmus/kernel';
import { loadOrCreateKeyFile } from '@isthmus/sealing';
import type { Configuration } from '../config/Configuration.ts';
import type { DataFolder } from '../config/DataFolder.ts';
import { endpointsOf, ServerConnections } from '../connections/ServerConnections.ts';
import { DbosEngine } from '../engine/DbosEngine.ts';
import { LiveEvents } from '../events/LiveEvents.ts';
import { createAlerts, type PostgresAlerts } from '../features/alerts/index.ts';
import { HashChainedAudit } from '../features/audit/index.ts';
import { DurableJobs } from '../features/jobs/index.ts';
import { DatabaseTimeline } from '../features/timeline/index.ts';
import { DatabaseSettingStore } from '../storage/DatabaseSettingStore.ts';
import { SealedSecretStore } from '../storage/SealedSecretStore.ts';
import type { Storage } from './openStorage.ts';
import type { Platform } from './Platform.ts';

/** {@link Platform} with what only the composition may do with its parts: start them, stop them, exchange them. */
export interface ServerPlatform extends Platform {
  readonly engine: DbosEngine;
  readonly jobs: DurableJobs;
  readonly alerts: PostgresAlerts;
  readonly connections: ServerConnections;
  readonly masterKey: Secret<Uint8Array>;
}

/** Makes the parts that every feature uses; starts none of them. */
export async function createPlatform(
  configuration: Configuration,
  parts: {
    readonly storage: Storage;
    readonly dataFolder: DataFolder;
    readonly logger: Logger;
    readonly clock?: Clock;
  },
): Promise<ServerPlatform> {
  const { storage, dataFolder, logger, clock = systemClock } = parts;
  const { database, address } = storage;
  const masterKey = await loadOrCreateKeyFile(dataFolder.at('keys', 'master.key'));
  const secrets = new SealedSecretStore(database, masterKey, clock);
  const settings = new DatabaseSettingStore(database, clock);
  const events = new LiveEvents();
  const engine = new DbosEngine({ address, logger });
  const connections = new ServerConnections({
    directory: configuration.directory,
    endpoints: await endpointsOf(configuration.cloud),
    settings,
    secrets,
    clock,
    logger,
  });
  return {
    clock,
    logger,
    database,
    engine,
    jobs: new DurableJobs({ database, engine, events, clock, logger }),
    audit: new HashChainedAudit(database, clock),
    timeline: new DatabaseTimeline(database, clock),
    alerts: createAlerts({ database, clock, events }),
    events,
    secrets,
    settings,
    connections,
    masterKey,
  };
}
