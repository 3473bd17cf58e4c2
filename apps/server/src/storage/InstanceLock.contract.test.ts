import { silentLogger } from '@isthmus/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { InstanceLock } from './InstanceLock.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('lets one server work on a database, and the next one after it', async () => {
  const first = await InstanceLock.take(test.address, silentLogger, () => undefined);
  await expect(InstanceLock.take(test.address, silentLogger, () => undefined)).rejects.toMatchObject({
    code: 'storage.database-in-use',
  });
  await first.release();
  await (await InstanceLock.take(test.address, silentLogger, () => undefined)).release();
});

it('is taken again when its connection broke, and tells when another server was faster', async () => {
  const lost = vi.fn();
  await InstanceLock.take(test.address, silentLogger, lost);
  const kill = sql`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  await kill.execute(test.database);
  const faster = await InstanceLock.take(test.address, silentLogger, () => undefined);
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce(), { timeout: 20_000 });
  await faster.release();
});
