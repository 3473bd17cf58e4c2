import { DomainError } from '@isthmus/kernel';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('applies each migration once, even when several nodes start together', async () => {
  const second = {
    name: '9001-note',
    up: async (database: Kysely<unknown>) => {
      await sql`create table note (id int)`.execute(database);
    },
  };
  const known = [...migrations, second];
  const runs = await Promise.all([1, 2, 3].map(() => migrate(test.database, known)));
  expect(runs.flat()).toEqual(['9001-note']);
});

it('refuses a database of a newer release', async () => {
  const error = await migrate(test.database, migrations).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DomainError);
  expect(error).toMatchObject({ code: 'storage.database-newer' });
});

it('leaves the old schema whole when a migration fails', async () => {
  const known = [
    ...migrations,
    { name: '9001-note', up: async () => undefined },
    {
      name: '9002-broken',
      up: async (database: Kysely<unknown>) => {
        await sql`create table half (id int)`.execute(database);
        throw new Error('broken');
      },
    },
  ];
  await expect(migrate(test.database, known)).rejects.toThrow('broken');
  const { rows } = await sql`select to_regclass('half') as half`.execute(test.database);
  expect(rows).toEqual([{ half: null }]);
});
