import { afterEach, beforeEach, expect, test } from 'vitest';
import { PersonLocks } from '../features/people/index.ts';
import { sampleOnline, sampleUser, sampleUserId } from '../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../testing/startTestPlatform.ts';
import { findController } from './findController.ts';
import { createMirrors, type Mirrors } from './index.ts';

const PEOPLE = 8;
let world: TestPlatform;
let mirrors: Mirrors;

async function start(): Promise<void> {
  mirrors = createMirrors(world.platform, { locks: new PersonLocks(), intervals: { directoryMs: 20, tenantMs: 20 } });
  await mirrors.start();
}

beforeEach(async () => {
  world = await startTestPlatform();
  for (let number = 1; number <= PEOPLE; number += 1) {
    world.directory.set(sampleUser(number));
    world.microsoft365.set(sampleOnline(number));
  }
  await start();
  await until(async () => (await living()).length === PEOPLE);
});
afterEach(async () => {
  await mirrors.stop();
  await world.drop();
});

async function living(): Promise<string[]> {
  const rows = await world.database.selectFrom('directory_user').select('id').where('removed_at', 'is', null).execute();
  return rows.map(({ id }) => id).sort();
}

async function openAlerts(): Promise<string[]> {
  const rows = await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
  return rows.map(({ code }) => code).sort();
}

const inUse = () => findController(world.platform.settings);
const missing = async () => (await inUse())?.missing.length;
const dc2 = { hostName: 'dc2.corp.contoso.test', isPreferred: false };

test('when another controller takes over, nobody is lost whom it does not know yet, and whoever was removed is', async () => {
  const [late, late2, removed] = [sampleUserId(1), sampleUserId(2), sampleUserId(3)];
  expect(await inUse()).toMatchObject({ hostName: 'dc1.corp.contoso.test', reason: 'chosen', previous: null });
  await mirrors.stop();
  world.directory.delete(removed);
  world.directory.startOver('other-controller', dc2, [late, late2]);
  await start();
  await until(async () => (await missing()) === 2);
  expect(await living()).toHaveLength(PEOPLE - 1);
  expect(await living()).not.toContain(removed);
  expect(await inUse()).toMatchObject({ ...dc2, reason: 'failed-over', previous: 'dc1.corp.contoso.test' });
  expect(await openAlerts()).toEqual(['directory.failed-over', 'directory.people-missing']);

  // A full reading that nobody asked for, as at night, changes nothing in that.
  await mirrors.refresh({ full: true });
  expect(await missing()).toBe(2);
  expect(await living()).toHaveLength(PEOPLE - 1);

  // Replication brings one; of the other the removal.
  world.directory.set(sampleUser(1));
  world.directory.delete(late2);
  await until(async () => (await missing()) === 0);
  expect(await living()).toHaveLength(PEOPLE - 2);
  expect(await openAlerts()).toEqual(['directory.failed-over']);

  world.directory.startOver('other-controller', { hostName: 'dc1.corp.contoso.test', isPreferred: true }, []);
  await until(async () => (await inUse())?.isPreferred === true);
  await until(async () => (await openAlerts()).length === 0);
});

test('a restored controller removes nobody, however many it has forgotten, until a person says so', async () => {
  const forgotten = Array.from({ length: PEOPLE - 1 }, (_, index) => sampleUserId(index + 1));
  world.directory.startOver('restored', {}, forgotten);
  await until(async () => (await missing()) === PEOPLE - 1);
  expect(await living()).toHaveLength(PEOPLE);
  expect(await inUse()).toMatchObject({ hostName: 'dc1.corp.contoso.test', reason: 'restored' });
  expect(await openAlerts()).toEqual(['directory.people-missing', 'directory.restored']);

  await mirrors.stop();
  await start();
  await mirrors.refresh({ full: true });
  expect(await living()).toHaveLength(PEOPLE);

  await mirrors.refresh({ full: true, believed: true });
  expect(await living()).toEqual([sampleUserId(PEOPLE)]);
  expect(await openAlerts()).toEqual([]);
});
