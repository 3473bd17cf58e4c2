import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SAMPLE_SKU } from '../../testing/FakeMicrosoft365.ts';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPasswords } from '../passwords/index.ts';
import { createPerformer, createPersonStore, type People, PersonLocks } from '../people/index.ts';
import { WaitingSeats } from './WaitingSeats.ts';

const OTHER_SKU = '0c0c0c0c-0000-4000-8000-000000000002';

let world: TestPlatform;
let people: People;
let seats: WaitingSeats;
let dataFolder: string;

beforeEach(async () => {
  world = await startTestPlatform();
  dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-seats-'));
  people = createPersonStore(world.platform);
  const locks = new PersonLocks();
  const mirrors = { onChange: () => undefined };
  const passwords = await createPasswords(world.platform, { people, locks, mirrors, dataFolder });
  const performer = createPerformer(world.platform, { people, passwords, locks, licensesChanged: () => undefined });
  seats = new WaitingSeats(world.platform, { people, performer });
  await accountsAreRead('some-position');
});
afterEach(async () => {
  await world.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function accountsAreRead(position: string | null): Promise<void> {
  await world.database
    .insertInto('feed')
    .values({ name: 'tenant', position, source: 'tenant' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ position }))
    .execute();
}

async function product(skuId: string, free: number): Promise<void> {
  await world.platform.database
    .insertInto('license')
    .values({
      sku_id: skuId,
      sku_part_number: skuId,
      name: skuId,
      total: free,
      used: 0,
      state: 'enabled',
      seen_at: new Date(),
    })
    .onConflict((conflict) => conflict.column('sku_id').doUpdateSet({ total: free }))
    .execute();
}

/** Person `number` waits since so many minutes. */
async function waiting(number: number, minutes: number, skuId = SAMPLE_SKU): Promise<void> {
  await people.saveUser(world.directory.set(sampleUser(number)));
  await people.saveOnline(world.microsoft365.set(sampleOnline(number)));
  await people.link(
    [{ userId: sampleUserId(number), onlineAccountId: sampleOnlineId(number), anchor: sampleUser(number).anchor }],
    'test',
  );
  await world.platform.database
    .insertInto('license_wait')
    .values({
      user_id: sampleUserId(number),
      sku_id: skuId,
      asked_by: 'test',
      asked_at: new Date(Date.now() - minutes * 60_000),
    })
    .execute();
}

/** A round as after a restart of the server, until what is expected of it was seen. */
async function round(expected: () => unknown): Promise<void> {
  await seats.start();
  await vi.waitFor(expected, { timeout: 20_000, interval: 20 });
  await seats.stop();
}

const has = (number: number, skuId = SAMPLE_SKU) =>
  world.microsoft365.users.get(sampleOnlineId(number))?.skuIds.includes(skuId);
const openAlerts = () =>
  world.platform.database.selectFrom('alert').select('subject_user_id').where('state', '<>', 'resolved').execute();
const queue = () => world.platform.database.selectFrom('license_wait').select('user_id').execute();

describe('people who wait for a license', () => {
  test('get it in the order of waiting, as far as there are seats, after a restart too', async () => {
    await waiting(1, 5);
    await waiting(2, 60);
    await product(SAMPLE_SKU, 1);
    await round(async () => expect(await queue()).toEqual([{ user_id: sampleUserId(1) }]));
    expect([has(1), has(2)]).toEqual([false, true]);
    await product(SAMPLE_SKU, 1);
    await round(async () => expect(await queue()).toEqual([]));
    expect(has(1)).toBe(true);
    expect(world.microsoft365.writes.filter((write) => write.startsWith('license'))).toHaveLength(2);
  });

  test('who have left are taken off the list, and their seat goes to the next one', async () => {
    await waiting(1, 60);
    await waiting(2, 5);
    await people.hold(sampleUserId(1), 'off-boarded', []);
    await product(SAMPLE_SKU, 1);
    await round(async () => expect(await queue()).toEqual([]));
    expect([has(1), has(2)]).toEqual([false, true]);
  });

  test('nobody has left while the accounts of the tenant are still to be read, as after an integration was disabled', async () => {
    await waiting(1, 60);
    await waiting(2, 5);
    await people.hold(sampleUserId(1), 'off-boarded', []);
    await product(SAMPLE_SKU, 1);
    await accountsAreRead(null);
    await seats.start();
    await seats.stop();
    expect(await queue()).toHaveLength(2);
    await accountsAreRead('first-position');
    await round(async () => expect(await queue()).toEqual([]));
  });

  test('who cannot get it are told of until they can; another product does not end that', async () => {
    await waiting(1, 60);
    await waiting(2, 5);
    await product(SAMPLE_SKU, 9);
    await product(OTHER_SKU, 9);
    const refusal = new DomainError({ code: 'online.license-conflict', message: 'No.', remedy: 'Look.' });
    let isRefused = true;
    const give = world.microsoft365.accounts.changeLicenses;
    world.microsoft365.accounts.changeLicenses = async (id, change) => {
      if (isRefused && id === sampleOnlineId(1) && change.add.includes(SAMPLE_SKU)) throw refusal;
      return give(id, change);
    };
    await round(async () => expect(await openAlerts()).toEqual([{ subject_user_id: sampleUserId(1) }]));
    expect([has(1), has(2)]).toEqual([false, true]);
    await world.platform.database
      .insertInto('license_wait')
      .values({ user_id: sampleUserId(1), sku_id: OTHER_SKU, asked_by: 'test', asked_at: new Date() })
      .execute();
    await round(async () => expect(await queue()).toHaveLength(1));
    expect(has(1, OTHER_SKU)).toBe(true);
    expect(await openAlerts()).toHaveLength(1);
    isRefused = false;
    await round(async () => expect(await openAlerts()).toEqual([]));
    expect(has(1)).toBe(true);
  });
});
