import { DomainError, type Logger } from '@isthmus/kernel';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type DatabaseAddress, poolSettings } from './DatabaseAddress.ts';
import type { Database } from './schema.ts';

const POOL_SIZE = 16;

function databaseError(cause: unknown): DomainError {
  const code = (cause as { code?: string }).code;
  if (code === '53100') {
    return new DomainError({
      code: 'storage.disk-full',
      message: 'The database has no space left on its disk.',
      remedy: 'Free space on the disk that holds the database.',
      retryable: true,
      cause,
    });
  }
  return new DomainError({
    code: 'storage.unreachable',
    message: `The database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Check that PostgreSQL runs and that DATABASE_URL, if it is used, names it rightly.',
    retryable: true,
    cause,
  });
}

/** A pool whose idle connections may break (the server restarts) without harm. */
export function createPool(address: DatabaseAddress, logger: Logger, max: number = POOL_SIZE): pg.Pool {
  const pool = new pg.Pool({ ...poolSettings(address), max, idleTimeoutMillis: 60_000 });
  pool.on('error', (error) => logger.warn({ error: error.message }, 'a database connection broke'));
  return pool;
}

/** Opens the database and proves that it answers. `destroy()` of the result closes it. */
export async function openDatabase(address: DatabaseAddress, logger: Logger): Promise<Kysely<Database>> {
  const pool = createPool(address, logger);
  await pool.query('select 1').catch(async (cause: unknown) => {
    await pool.end();
    throw databaseError(cause);
  });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
