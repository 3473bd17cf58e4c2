import { randomUUID } from 'node:crypto';
import { Secret, silentLogger } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabaseAddress, poolSettings } from '../DatabaseAddress.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../openDatabase.ts';
import type { Database } from '../schema.ts';

export interface TestDatabase {
  readonly database: Kysely<Database>;
  readonly address: DatabaseAddress;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

const TEMPLATE = 'isthmus_template';
const TEMPLATE_LOCK = 7_482_002;

function addressOf(database: string): DatabaseAddress {
  const { host, port, password } = inject('testPostgreSql');
  return { kind: 'socket', host, port, user: 'postgres', password: new Secret(password), database };
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(poolSettings(addressOf('postgres')));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Several test files start at once; the first one migrates a template that all copy. */
async function ensureTemplate(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
  if (found.rowCount !== 0) return;
  const half = `${TEMPLATE}_half`;
  await client.query(`drop database if exists ${half}`);
  await client.query(`create database ${half}`);
  const database = await openDatabase(addressOf(half), silentLogger);
  await migrate(database);
  await database.destroy();
  await client.query(`alter database ${half} rename to ${TEMPLATE}`);
}

/** A fresh, migrated database of its own, for one test file or one test. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(client);
    await client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  });
  const address = addressOf(name);
  const database = await openDatabase(address, silentLogger);
  return {
    database,
    address,
    drop: async () => {
      await database.destroy();
      await asAdministrator((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
