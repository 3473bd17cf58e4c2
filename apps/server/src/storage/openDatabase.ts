import type { Logger } from '@isthmus/kernel';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type DatabaseAddress, poolSettings } from './DatabaseAddress.ts';
import { findDatabaseError, unreachableDatabase } from './databaseError.ts';
import type { Database } from './schema.ts';

const POOL_SIZE = 16;

/** A pool whose connections may break (the database restarts) without harm: who uses one gets its query rejected. */
export function createPool(address: DatabaseAddress, logger: Logger, max: number = POOL_SIZE): pg.Pool {
  const pool = new pg.Pool({ ...poolSettings(address), max, idleTimeoutMillis: 60_000 });
  pool.on('error', (error) => logger.warn({ error: error.message }, 'a database connection broke'));
  // The pool listens to idle connections only; a busy one without a listener would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Opens the database and proves that it answers. `destroy()` of the result closes it. */
export async function openDatabase(address: DatabaseAddress, logger: Logger): Promise<Kysely<Database>> {
  const pool = createPool(address, logger);
  await pool.query('select 1').catch(async (cause: unknown) => {
    await pool.end();
    throw findDatabaseError(cause) ?? unreachableDatabase(cause);
  });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
