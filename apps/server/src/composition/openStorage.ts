import type { Logger } from '@isthmus/kernel';
import { Secret } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Configuration } from '../config/Configuration.ts';
import type { DatabaseAddress } from '../storage/DatabaseAddress.ts';
import { InstanceLock } from '../storage/InstanceLock.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/openDatabase.ts';
import { PostgreSqlServer } from '../storage/postgresql/PostgreSqlServer.ts';
import type { Database } from '../storage/schema.ts';
import type { Shutdown } from './Shutdown.ts';

export interface Storage {
  readonly address: DatabaseAddress;
  readonly database: Kysely<Database>;
}

/** The database of the configuration, or our own; migrated, and ours alone. */
export async function openStorage(
  configuration: Configuration,
  parts: { readonly logger: Logger; readonly shutdown: Shutdown; readonly onLost: () => void },
): Promise<Storage> {
  const { logger, shutdown, onLost } = parts;
  const address = await openServer(configuration, logger, shutdown);
  const lock = await InstanceLock.take(address, logger, onLost);
  shutdown.add('instance lock', () => lock.release());
  const database = await openDatabase(address, logger);
  shutdown.add('database', () => database.destroy());
  const applied = await migrate(database);
  if (applied.length > 0) logger.info({ applied }, 'the database was brought up to date');
  return { address, database };
}

async function openServer(
  { database, dataFolder }: Configuration,
  logger: Logger,
  shutdown: Shutdown,
): Promise<DatabaseAddress> {
  if (database !== undefined) return { kind: 'url', url: new Secret(database.url) };
  const server = await PostgreSqlServer.start({ dataFolder, logger });
  shutdown.add('PostgreSQL', () => server.stop());
  return server.address;
}
