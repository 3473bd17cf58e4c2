import { permissionsOf } from '@isthmus/contracts';
import { DomainError, ManualClock } from '@isthmus/kernel';
import type { Microsoft365 } from '@isthmus/microsoft365';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listLicenses } from '../features/licenses/listLicenses.ts';
import { listOnlineAccounts } from '../features/online-accounts/listOnlineAccounts.ts';
import { createPersonStore, PersonLocks } from '../features/people/index.ts';
import { listUsers } from '../features/users/listUsers.ts';
import type { Actor } from '../http/Actor.ts';
import { SAMPLE_SKU } from '../testing/FakeMicrosoft365.ts';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../testing/startTestPlatform.ts';
import { createMirrors, type Mirrors } from './index.ts';
import { SignInReading } from './SignInReading.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

const actor: Actor = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(999),
  userName: 'admin',
  displayName: 'Admin',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '127.0.0.1',
};

let world: TestPlatform;
let clock: ManualClock;
let mirrors: Mirrors;
const SEEN_LATELY = 1;
const SEEN_LONG_AGO = 2;
const NEVER = 3;
const NEVER_AND_NEW = 4;

beforeEach(async () => {
  clock = new ManualClock(NOW);
  world = await startTestPlatform(clock);
  const licensed = { skuIds: [SAMPLE_SKU] };
  for (const number of [SEEN_LATELY, SEEN_LONG_AGO, NEVER, NEVER_AND_NEW]) {
    // In the directory everybody signs in every day.
    world.directory.set(sampleUser(number, { lastSignInAt: daysAgo(1) }));
    const createdAt = number === NEVER_AND_NEW ? daysAgo(5) : daysAgo(400);
    world.microsoft365.set(sampleOnline(number, { ...licensed, createdAt }));
  }
  mirrors = createMirrors(world.platform, {
    locks: new PersonLocks(),
    intervals: { directoryMs: 20, tenantMs: 20 },
  });
});
afterEach(async () => {
  await mirrors.stop();
  await world.drop();
});

async function start(): Promise<void> {
  await mirrors.start();
  await until(async () => (await world.database.selectFrom('link').select('user_id').execute()).length === 4);
}

function tell(): void {
  world.microsoft365.signIns = [
    { id: sampleOnlineId(SEEN_LATELY), lastSignInAt: daysAgo(2) },
    { id: sampleOnlineId(SEEN_LONG_AGO), lastSignInAt: daysAgo(91) },
    { id: sampleOnlineId(NEVER), lastSignInAt: undefined },
    { id: sampleOnlineId(NEVER_AND_NEW), lastSignInAt: undefined },
  ];
}

const known = async () => (await world.database.selectFrom('online_sign_in').selectAll().execute()).length;
const accounts = (filter: 'all' | 'not-signed-in', sort?: string) =>
  listOnlineAccounts(world.platform, { filter, sort, offset: 0, limit: 100 }, actor);
const unused = async () =>
  (await listUsers(world.platform, { filter: 'license-unused', offset: 0, limit: 100 }, actor)).items.map(
    ({ userName }) => userName,
  );

test('who has a license and has not signed in for 90 days is found, a new account is not', async () => {
  tell();
  await start();
  await until(async () => (await known()) === 4);
  const { items, counts } = await accounts('not-signed-in');
  expect(items.map(({ id }) => id)).toEqual([sampleOnlineId(SEEN_LONG_AGO), sampleOnlineId(NEVER)]);
  expect(items.map(({ signIn }) => signIn)).toEqual([{ lastAt: daysAgo(91).toISOString() }, { lastAt: null }]);
  expect(counts['not-signed-in']).toBe(2);
  expect((await accounts('all', '-lastSignInAt')).items[0]?.id).toBe(sampleOnlineId(SEEN_LATELY));
  const [license] = await listLicenses(world.platform);
  expect(license?.notSignedIn).toBe(2);
  // The tenant knows better than the directory.
  expect(await unused()).toEqual([`person${SEEN_LONG_AGO}`, `person${NEVER}`]);
});

test('a tenant that does not tell is no problem, and nobody is called unused for it', async () => {
  await start();
  await mirrors.refresh({ full: true });
  const { items } = await accounts('not-signed-in');
  expect(items).toEqual([]);
  expect((await accounts('all')).items.map(({ signIn }) => signIn)).toEqual([null, null, null, null]);
  expect((await listLicenses(world.platform))[0]?.notSignedIn).toBeNull();
  expect(await unused()).toEqual([]);
  const feed = await world.database.selectFrom('feed').select('problem').where('name', '=', 'tenant').execute();
  expect(feed).toEqual([{ problem: null }]);
});

test('a tenant that has stopped telling is believed for a week', async () => {
  tell();
  await start();
  await until(async () => (await known()) === 4);
  world.microsoft365.signIns = undefined;
  clock.advance(8 * DAY_MS);
  expect((await accounts('not-signed-in')).items).toEqual([]);
  expect((await listLicenses(world.platform))[0]?.notSignedIn).toBeNull();
});

test('it is read a few times a day, not again after a restart, and soon again when it failed', async () => {
  let asked = 0;
  let isReachable = false;
  const microsoft365 = {
    accounts: {
      listSignIns: async () => {
        asked += 1;
        if (isReachable) return [{ id: sampleOnlineId(NEVER), lastSignInAt: undefined }];
        throw new DomainError({ code: 'online.unreachable', message: 'No way.', remedy: 'Wait.', retryable: true });
      },
    },
  } as unknown as Microsoft365;
  await createPersonStore(world.platform).saveOnline(sampleOnline(NEVER));
  const after = async (reading: SignInReading, minutes: number): Promise<number> => {
    clock.advance(minutes * 60_000);
    reading.readWhenDue(microsoft365);
    await reading.idle();
    return asked;
  };
  const reading = new SignInReading(world.platform);
  expect(await after(reading, 0)).toBe(1);
  expect(await after(reading, 1)).toBe(1);
  isReachable = true;
  expect(await after(reading, 10)).toBe(2);
  expect(await after(reading, 300)).toBe(2);
  expect(await after(new SignInReading(world.platform), 1)).toBe(2);
  expect(await after(reading, 60)).toBe(3);
});
