import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { up } from './0021-search-index.ts';

let world: TestDatabase;
beforeAll(async () => {
  world = await createTestDatabase();
});
afterAll(() => world.drop());

const searchIndexes = async (database: QueryExecutorProvider): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select indexname as name from pg_indexes
    where schemaname = current_schema() and indexname like '%_search' order by 1`.execute(database);
  return rows.map(({ name }) => name);
};

test('both sides can be searched by an index', async () => {
  expect(await searchIndexes(world.database)).toEqual(['directory_user_search', 'online_account_search']);
});

test('a database where the extension is forbidden is searched without', async () => {
  const role = `weak_${process.pid}`;
  await world.database.transaction().execute(async (transaction) => {
    await sql`drop extension pg_trgm cascade`.execute(transaction);
    await sql`create role ${sql.ref(role)}`.execute(transaction);
    await sql`create schema weak authorization ${sql.ref(role)}`.execute(transaction);
    await sql`set local role ${sql.ref(role)}`.execute(transaction);
    await sql`set local search_path to weak`.execute(transaction);
    for (const table of ['directory_user', 'online_account']) {
      await sql`create table ${sql.ref(table)} (search_text text)`.execute(transaction);
    }
    await up(transaction as unknown as Kysely<unknown>);
    expect(await searchIndexes(transaction)).toEqual([]);
    await sql`reset role`.execute(transaction);
    await sql`drop schema weak cascade`.execute(transaction);
    await sql`drop role ${sql.ref(role)}`.execute(transaction);
  });
});
