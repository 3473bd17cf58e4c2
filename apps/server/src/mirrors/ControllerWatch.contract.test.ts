import { afterEach, beforeEach, expect, test } from 'vitest';
import { PersonLocks } from '../features/people/index.ts';
import type { HeldPasses } from '../features/sync/HeldPasses.ts';
import { readSyncStatus } from '../features/sync/readSyncStatus.ts';
import { SetAside } from '../features/sync/SetAside.ts';
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
  await expect.poll(living).toHaveLength(PEOPLE - 1);
  await expect.poll(living).not.toContain(removed);
  expect(await inUse()).toMatchObject({ ...dc2, reason: 'failed-over', previous: 'dc1.corp.contoso.test' });
  await expect.poll(openAlerts).toEqual(['directory.failed-over', 'directory.people-missing']);

  // A full reading that nobody asked for, as at night, changes nothing in that.
  await mirrors.refresh({ full: true });
  await expect.poll(missing).toBe(2);
  await expect.poll(living).toHaveLength(PEOPLE - 1);

  // Replication brings one; of the other the removal.
  world.directory.set(sampleUser(1));
  world.directory.delete(late2);
  await until(async () => (await missing()) === 0);
  await expect.poll(living).toHaveLength(PEOPLE - 2);
  await expect.poll(openAlerts).toEqual(['directory.failed-over']);

  world.directory.startOver('other-controller', { hostName: 'dc1.corp.contoso.test', isPreferred: true }, []);
  await until(async () => (await inUse())?.isPreferred === true);
  await until(async () => (await openAlerts()).length === 0);
});

test('the status tells the controller, and on Windows that passwords cannot be captured', async () => {
  const sync = {
    held: { isOpen: false, open: () => undefined },
    isWorking: false,
    isPaused: false,
    lastPass: undefined,
  };
  const capture = { state: 'not-configured', detail: '', lastSeenAt: undefined, waiting: 0, rejected: 0 } as const;
  const status = () =>
    readSyncStatus(
      world.platform,
      { ...sync, held: sync.held as unknown as HeldPasses, setAside: new SetAside() },
      { status: async () => capture },
    );
  expect((await status()).passwordCapture.state).toBe('not-configured');
  const late = sampleUserId(1);
  world.directory.startOver('other-controller', { ...dc2, vendor: 'windows' }, [late]);
  await until(async () => (await missing()) === 1);
  await until(async () => (await status()).directory.server === dc2.hostName);
  expect(await status()).toMatchObject({
    directory: { controller: { reason: 'failed-over', previous: 'dc1.corp.contoso.test', missing: 1 } },
    passwordCapture: { state: 'not-possible' },
  });
});

test('a restored controller removes nobody, however many it has forgotten, until a person says so', async () => {
  const forgotten = Array.from({ length: PEOPLE - 1 }, (_, index) => sampleUserId(index + 1));
  world.directory.startOver('restored', {}, forgotten);
  await until(async () => (await missing()) === PEOPLE - 1);
  await expect.poll(living).toHaveLength(PEOPLE);
  expect(await inUse()).toMatchObject({ hostName: 'dc1.corp.contoso.test', reason: 'restored' });
  await expect.poll(openAlerts).toEqual(['directory.people-missing', 'directory.restored']);

  await mirrors.stop();
  await start();
  await mirrors.refresh({ full: true });
  await expect.poll(living).toHaveLength(PEOPLE);

  await mirrors.refresh({ full: true, believed: true });
  await expect.poll(living).toEqual([sampleUserId(PEOPLE)]);
  expect((await inUse())?.reason).toBe('chosen');
  await expect.poll(openAlerts).toEqual([]);
});

test('whoever asks for a full reading gets one, also while another reading is under way', async () => {
  await mirrors.refresh({ full: false });
  const asked: boolean[] = [];
  const { readChanges } = world.microsoft365.accounts;
  let goOn = (): void => undefined;
  world.microsoft365.accounts.readChanges = async (cursor) => {
    asked.push(cursor === undefined);
    const page = await readChanges(cursor);
    if (asked.length === 1) await new Promise<void>((resolve) => (goOn = resolve));
    return page;
  };
  await until(() => asked.length === 1);
  const refreshed = mirrors.refresh({ full: true });
  goOn();
  await refreshed;
  expect(asked.slice(0, 2)).toEqual([false, true]);
});
