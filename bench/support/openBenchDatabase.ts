import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@isthmus/kernel';
import { migrate } from '../../apps/server/src/storage/migrate.ts';
import { openDatabase } from '../../apps/server/src/storage/openDatabase.ts';
import { PostgreSqlServer } from '../../apps/server/src/storage/postgresql/PostgreSqlServer.ts';
import type { TestDatabase } from '../../apps/server/src/storage/testing/index.ts';

/** A server of its own, as there is no test run that has one. */
export async function openBenchDatabase(): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-bench-'));
  const server = await PostgreSqlServer.start({ dataFolder, logger: silentLogger });
  const address = server.administratorAddress;
  const database = await openDatabase(address, silentLogger);
  await migrate(database);
  const drop = async (): Promise<void> => {
    await database.destroy();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { database, address, drop };
}
