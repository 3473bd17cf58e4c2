import { DomainError } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMirrors, type Mirrors } from '../../mirrors/index.ts';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../../testing/startTestPlatform.ts';
import { createPerformer, createPersonStore, type PasswordOutbox, PersonLocks } from '../people/index.ts';
import { changeSyncSettings, readSyncSettings } from './changeSyncSettings.ts';
import { createSyncService } from './createSyncService.ts';
import { readDrift } from './readDrift.ts';
import { readSyncPerson, readSyncPlan } from './readSyncPlan.ts';
import type { SyncOptions, SyncService } from './SyncService.ts';

let world: TestPlatform;
let sync: SyncService;
let mirrors: Mirrors;

const noPasswords: PasswordOutbox = {
  accept: async () => undefined,
  acceptClear: async () => undefined,
  findWaiting: async () => new Map(),
  markDelivered: async () => undefined,
  deliverWaiting: async () => 'nothing-waiting',
  markNeverCaptured: async () => undefined,
};

const administrator = {
  sessionId: '',
  userId: sampleUserId(999),
  userName: 'admin',
  displayName: 'Admin',
  role: 'administrator' as const,
  permissions: [],
  address: '127.0.0.1',
};

async function start(options: Partial<SyncOptions> = {}): Promise<void> {
  const locks = new PersonLocks();
  const people = createPersonStore(world.platform);
  mirrors = createMirrors(world.platform, { locks, intervals: { directoryMs: 20, tenantMs: 20 } });
  const { licensesChanged } = mirrors;
  const performer = createPerformer(world.platform, { people, passwords: noPasswords, locks, licensesChanged });
  sync = createSyncService(world.platform, { people, performer, mirrors, options });
  await mirrors.start();
  await sync.start();
}

async function stop(): Promise<void> {
  await sync.stop();
  await mirrors.stop();
}

/** People 1 to `count`, linked and in step. */
async function populate(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    world.directory.set(sampleUser(number));
    world.microsoft365.set(sampleOnline(number));
  }
  await until(async () => (await linked()) === count);
}

async function linked(): Promise<number> {
  return (await world.database.selectFrom('link').select('user_id').execute()).length;
}

const isBlocked = (number: number) => world.microsoft365.users.get(sampleOnlineId(number))?.signInAllowed === false;
const isRemoved = (number: number) => world.microsoft365.bin.has(sampleOnlineId(number));
const disable = (number: number) => world.directory.change(sampleUserId(number), { enabled: false });

async function alerts(state = 'active'): Promise<string[]> {
  const rows = await world.database
    .selectFrom('alert')
    .select('code')
    .where('state', '=', state as 'active')
    .execute();
  return rows.map((row) => row.code);
}

async function timelineOf(number: number) {
  return world.database
    .selectFrom('timeline')
    .select(['event', 'reason', 'duration_ms'])
    .where('user_id', '=', sampleUserId(number))
    .where('event', '<>', 'directory.user-added')
    .orderBy('at')
    .execute();
}

beforeEach(async () => {
  world = await startTestPlatform();
  await start();
});

afterEach(async () => {
  await stop();
  await world.drop();
});

const by = { actor: administrator, requestId: 'request' };

test('both sides are mirrored, and people whose anchors match are linked', async () => {
  await populate(3);
  const people = createPersonStore(world.platform);
  const person = await people.get(sampleUserId(2));
  expect(person.online?.upn).toBe('person2@contoso.example');
  expect(person.link?.addressFollows).toBe('user-name');
  const licenses = await world.database.selectFrom('license').select(['name', 'total']).execute();
  expect(licenses).toEqual([{ name: 'Business Premium', total: 100 }]);
  expect(world.microsoft365.writes).toEqual([]);
});

test('somebody disabled in the directory is blocked online, thrown out of the sessions, and may come back', async () => {
  await populate(2);
  disable(1);
  await until(() => world.microsoft365.writes.includes(`revoke ${sampleOnlineId(1)}`));
  expect(isBlocked(1)).toBe(true);
  const entries = await until(async () => {
    const found = await timelineOf(1);
    return found.length === 3 && found;
  });
  expect(entries.map(({ event, reason }) => [event, reason])).toEqual([
    ['directory.disabled', null],
    ['online.sign-in-blocked', 'user-disabled'],
    ['online.sessions-revoked', 'user-disabled'],
  ]);
  expect(entries[1]?.duration_ms).toBeGreaterThanOrEqual(0);
  const audited = await until(async () => {
    const found = await world.database.selectFrom('audit').select(['actor', 'action']).execute();
    return found.length === 2 && found;
  });
  expect(audited).toEqual([
    { actor: 'Isthmus', action: 'online.block-sign-in' },
    { actor: 'Isthmus', action: 'online.revoke-sessions' },
  ]);
  world.directory.change(sampleUserId(1), { enabled: true });
  await until(() => !isBlocked(1));
  expect(isBlocked(2)).toBe(false);
});

test('a field whose differences are to be left alone is shown with both values, and not overwritten', async () => {
  await populate(2);
  const drift = { department: 'leave', jobTitle: 'warn' } as const;
  const dry = await changeSyncSettings(world.platform, sync, { change: { drift }, dryRun: true }, by);
  expect(dry.settings.map.find(({ field }) => field === 'department')?.policy).toBe('leave');
  expect((await sync.reader.settings()).drift).toEqual({});
  await changeSyncSettings(world.platform, sync, { change: { drift }, dryRun: false }, by);
  world.microsoft365.set(sampleOnline(1, { department: 'Portal', jobTitle: 'Portal', officeLocation: 'Portal' }));
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.officeLocation !== 'Portal');
  const { policies, people, total } = await until(async () => {
    const drift = await readDrift(world.platform, sync.reader);
    return drift.people[0]?.differences.length === 2 && drift;
  });
  expect(total).toBe(1);
  expect(people[0]).toMatchObject({
    userId: sampleUserId(1),
    differences: [
      { field: 'department', directory: sampleUser(1).department || null, online: 'Portal' },
      { field: 'jobTitle', directory: sampleUser(1).title || null, online: 'Portal' },
    ],
  });
  expect(policies.filter(({ isStandard }) => !isStandard)).toEqual([
    { field: 'department', policy: 'leave', isStandard: false },
    { field: 'jobTitle', policy: 'warn', isStandard: false },
  ]);
  const [entry] = await world.database.selectFrom('audit').selectAll().where('action', '=', 'sync.settings').execute();
  expect(entry?.changes).toContainEqual({ field: 'drift.department', before: 'overwrite', after: 'leave' });
  const back = { drift: { department: 'overwrite', jobTitle: 'overwrite' } } as const;
  await changeSyncSettings(world.platform, sync, { change: back, dryRun: false }, by);
  await until(async () => (await readDrift(world.platform, sync.reader)).total === 0);
});

test('an account that ends is blocked when it ends, with nobody’s change to tell of it', async () => {
  await populate(1);
  world.directory.change(sampleUserId(1), { expiresAt: new Date(Date.now() + 700) });
  await until(() => isBlocked(1));
  expect(world.directory.users.get(sampleUserId(1))?.enabled).toBe(true);
});

test('changed properties and names go up', async () => {
  await populate(1);
  world.directory.change(sampleUserId(1), { department: 'Research', userName: 'ada' });
  const wanted = { department: 'Research', upn: 'ada@contoso.example' };
  await until(() => {
    const account = world.microsoft365.users.get(sampleOnlineId(1));
    return account?.department === wanted.department && account.upn === wanted.upn;
  });
  const people = createPersonStore(world.platform);
  await until(async () => (await people.get(sampleUserId(1))).online?.upn === wanted.upn);
  expect((await people.get(sampleUserId(1))).link?.addressFollows).toBe('user-name');
});

test('somebody removed in the directory is removed online after a snapshot, and restored when coming back', async () => {
  await populate(2);
  const before = world.directory.users.get(sampleUserId(1))!;
  world.directory.delete(sampleUserId(1));
  await until(() => isRemoved(1));
  const [snapshot] = await world.database.selectFrom('removal').selectAll().execute();
  expect(snapshot).toMatchObject({ user_id: sampleUserId(1), online_account_id: sampleOnlineId(1), restored_at: null });
  expect(snapshot?.online_snapshot).toMatchObject({ upn: 'person1@contoso.example', signInAllowed: true });
  world.directory.set(before);
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.signInAllowed);
  const [restored] = await world.database.selectFrom('removal').selectAll().execute();
  expect(restored?.restored_at).not.toBeNull();
});

test('somebody who is back is restored, even where the mirror missed that the online account is gone', async () => {
  await populate(2);
  const people = createPersonStore(world.platform);
  await world.microsoft365.accounts.remove(sampleOnlineId(1));
  await until(async () => (await people.get(sampleUserId(1))).online?.deletedAt !== undefined);
  await until(() => !sync.isWorking);
  // A page of changes that was read before the removal has arrived behind it.
  const { database } = world;
  const stale = { deleted_at: null, deleted_seen_at: null, sign_in_allowed: false };
  await database.updateTable('online_account').set(stale).where('id', '=', sampleOnlineId(1)).execute();
  await database.updateTable('link').set({ blocked_by_us: true }).execute();
  await database.updateTable('directory_user').set({ returned_at: new Date() }).execute();
  sync.lookAgain([sampleUserId(1)]);
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.signInAllowed);
});

test('a removal that the directory does not confirm is not believed', async () => {
  await populate(1);
  const user = world.directory.users.get(sampleUserId(1))!;
  const { readChanges } = world.directory;
  world.directory.readChanges = async () => ({
    changed: [],
    removed: [user.id],
    cookie: '1000000',
    incremental: true,
    controller: world.directory.controller,
  });
  world.directory.change(user.id, {});
  await until(() => world.directory.calls.includes('findUser'));
  world.directory.readChanges = readChanges;
  await sync.runNow({ full: false });
  expect(isRemoved(1)).toBe(false);
  expect((await createPersonStore(world.platform).get(user.id)).removedAt).toBeUndefined();
});

test('six at once are held until somebody decides, one by one; everything else goes on', async () => {
  await populate(20);
  for (let number = 1; number <= 6; number += 1) {
    world.directory.users.set(sampleUserId(number), sampleUser(number, { enabled: false, department: 'Closed' }));
  }
  await stop();
  await start();
  for (let number = 1; number <= 6; number += 1) world.directory.change(sampleUserId(number), {});
  const open = await until(() => (sync.held.open()?.items.length === 6 ? sync.held.open() : undefined));
  await until(() => world.microsoft365.users.get(sampleOnlineId(6))?.department === 'Closed');
  await sync.runNow({ full: false });
  expect([1, 2, 3, 4, 5, 6].filter(isBlocked)).toEqual([]);
  expect(await alerts()).toEqual(['sync.guard-held']);
  const plan = await readSyncPlan(world.platform, sync);
  expect(plan.items.map((item) => item.blocked?.code)).toEqual(Array.from({ length: 6 }, () => 'sync.held'));

  // One more joins what is held, also after a restart.
  await stop();
  await start();
  disable(7);
  await until(() => sync.held.open()?.items.length === 7);

  const keys = open.items.map((item) => item.key).sort();
  const decision = { approve: keys.slice(0, 2), keep: keys.slice(2, 3) };
  await sync.decideHeldPass(open.id, decision, administrator, 'request');
  await until(() => isBlocked(1) && isBlocked(2));
  await sync.runNow({ full: true });
  expect([3, 4, 5, 6, 7].filter(isBlocked)).toEqual([]);
  expect(sync.held.open()?.items).toHaveLength(4);

  // Undone in the directory: nothing is left to decide about them.
  for (const number of [4, 5, 6, 7]) world.directory.change(sampleUserId(number), { enabled: true });
  await until(() => !sync.held.isOpen);
  await until(async () => (await alerts()).length === 0);
  await sync.runNow({ full: true });
  expect([1, 2, 3, 4, 5, 6, 7].filter(isBlocked)).toEqual([1, 2]);

  // What was kept counts only as long as the person stays as decided about.
  world.directory.change(sampleUserId(3), { enabled: true });
  await sync.runNow({ full: true });
  disable(3);
  await until(() => isBlocked(3));
});

test('a mass removal that goes one by one is held from the sixth on, also over a restart', async () => {
  await populate(20);
  for (let number = 1; number <= 5; number += 1) {
    world.directory.delete(sampleUserId(number));
    await until(() => isRemoved(number));
  }
  await stop();
  await start();
  world.directory.delete(sampleUserId(6));
  await until(() => sync.held.isOpen);
  expect(isRemoved(6)).toBe(false);
});

test('administrators are left alone, and somebody is told', async () => {
  await populate(1);
  world.directory.change(sampleUserId(1), { protectedAdministrator: true, enabled: false });
  await until(async () => (await alerts()).includes('sync.protected-not-blocked'));
  expect(isBlocked(1)).toBe(false);
  world.directory.change(sampleUserId(1), { enabled: true });
  await until(async () => (await alerts()).length === 0);
});

test('one who fails is set aside with an alert, the others go on, and a repair heals it', async () => {
  await populate(3);
  world.microsoft365.fault = (call, id) => {
    if (call !== 'block' || id !== sampleOnlineId(1)) return;
    throw new DomainError({ code: 'online.not-permitted', message: 'Not allowed.', remedy: 'Grant it.' });
  };
  disable(1);
  disable(2);
  await until(() => isBlocked(2));
  await until(async () => (await alerts()).includes('sync.person-failed'));
  expect(isBlocked(1)).toBe(false);
  world.microsoft365.fault = () => undefined;
  sync.lookAgain([sampleUserId(1)]);
  await until(() => isBlocked(1));
  await until(async () => (await alerts()).length === 0);
});

test('while the cloud is out of reach nobody is blamed, and afterwards everything is done', async () => {
  await populate(2);
  world.microsoft365.fault = () => {
    throw new DomainError({ code: 'online.unreachable', message: 'No way.', remedy: 'Wait.', retryable: true });
  };
  disable(1);
  await until(() => sync.pausedUntil);
  world.directory.change(sampleUserId(2), { title: 'Chief' });
  expect(await alerts()).toEqual([]);
  const feed = await until(async () => {
    const row = await world.database.selectFrom('feed').selectAll().where('name', '=', 'tenant').executeTakeFirst();
    return row?.problem ? row : undefined;
  });
  expect(feed.problem).toMatchObject({ code: 'online.unreachable' });
  world.microsoft365.fault = () => undefined;
  await until(() => isBlocked(1) && world.microsoft365.users.get(sampleOnlineId(2))?.jobTitle === 'Chief');
});

test('paused it does nothing, resumed it catches up; a restart catches up too', async () => {
  await populate(2);
  await sync.setPaused(true, administrator, 'request');
  disable(1);
  await until(async () => !(await createPersonStore(world.platform).get(sampleUserId(1))).user.enabled);
  await sync.runNow({ full: false });
  expect(isBlocked(1)).toBe(false);
  await sync.setPaused(false, administrator, 'request');
  await until(() => isBlocked(1));
  await stop();
  disable(2);
  await start();
  await until(() => isBlocked(2));
});

test('people of a running job are left to the job', async () => {
  await populate(1);
  const id = '0e0e0e0e-0000-4000-8000-000000000001';
  const now = new Date();
  const job = { id, kind: 'deactivate-users', title: 'Test', started_by: 'admin', input: '{}', created_at: now };
  await world.database
    .insertInto('job')
    .values({ ...job, state: 'running' })
    .execute();
  const item = { id, job_id: id, position: 0, name: 'Person 1', user_id: sampleUserId(1), payload: '{}' };
  await world.database
    .insertInto('job_item')
    .values({ ...item, state: 'waiting' })
    .execute();
  disable(1);
  await until(async () => !(await createPersonStore(world.platform).get(sampleUserId(1))).user.enabled);
  await sync.runNow({ full: false });
  expect(isBlocked(1)).toBe(false);
  await world.database.updateTable('job').set({ state: 'done' }).execute();
  await until(() => isBlocked(1));
});

test('a block made in Microsoft 365 is told and not lifted', async () => {
  await populate(1);
  world.microsoft365.set({ ...sampleOnline(1), signInAllowed: false });
  await until(async () => (await alerts()).includes('sync.blocked-online'));
  expect(world.microsoft365.writes).toEqual([]);
  world.microsoft365.set({ ...sampleOnline(1), signInAllowed: false, department: 'Elsewhere' });
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.department === 'Sales');
  const entries = await timelineOf(1);
  expect(entries.map(({ event }) => event)).toContain('online.changed');
});

test('a pass that did something is kept with its cause and the people, over a restart', async () => {
  await populate(2);
  disable(1);
  await until(() => world.microsoft365.writes.includes(`revoke ${sampleOnlineId(1)}`));
  const kept = await until(async () => {
    const { items } = await sync.passes.list(10);
    return items.find((pass) => pass.actions === 2);
  });
  expect(kept).toMatchObject({ cause: 'directory-changed', failed: 0 });
  expect(kept.people).toEqual([
    {
      userId: sampleUserId(1),
      name: 'Person 1',
      done: ['online.block-sign-in', 'online.revoke-sessions'],
      problem: null,
    },
  ]);
  await sync.runNow({ full: false });
  await stop();
  await start();
  const { items } = await sync.passes.list(10);
  expect(items.map((pass) => pass.id)).toContain(kept.id);
  expect(items.some((pass) => pass.cause === 'asked' && pass.actions === 0)).toBe(true);
});

test('one person is run at once, answered with what was done, and nobody else is touched by being asked', async () => {
  await populate(2);
  world.microsoft365.fault = (call, id) => {
    if (call !== 'change' || id !== sampleOnlineId(1)) return;
    throw new DomainError({ code: 'online.failed', message: 'It failed.', remedy: 'Try again.' });
  };
  world.directory.change(sampleUserId(1), { title: 'Chief' });
  await until(() => sync.setAside.find(sampleUserId(1)));
  expect(await readSyncPerson(sync, sampleUserId(1))).toMatchObject({
    setAside: { problem: { code: 'online.failed' } },
  });
  world.microsoft365.fault = () => undefined;
  expect(await sync.runFor(sampleUserId(1))).toEqual(['online.change']);
  expect(await sync.runFor(sampleUserId(1))).toEqual([]);
  const person = await readSyncPerson(sync, sampleUserId(1));
  expect(person).toMatchObject({ notManaged: null, setAside: null, item: null });
  await sync.setPaused(true, administrator, 'request');
  await expect(sync.runFor(sampleUserId(1))).rejects.toMatchObject({ code: 'sync.paused' });
  await expect(readSyncPerson(sync, sampleUserId(77))).rejects.toMatchObject({ code: 'users.not-found' });
});

test('whoever leaves the scope is left alone, also when removed; a dry run tells it first and changes nothing', async () => {
  await populate(3);
  const change = { exclude: [sampleUserId(1)] };
  const preview = await changeSyncSettings(world.platform, sync, { change, dryRun: true }, by);
  expect(preview.effect.leaving).toEqual([{ userId: sampleUserId(1), name: 'Person 1' }]);
  expect((await readSyncSettings(world.platform, sync)).notManaged).toEqual([]);

  const { settings } = await changeSyncSettings(world.platform, sync, { change, dryRun: false }, by);
  expect(settings).toMatchObject({ managed: 2, notManaged: [{ name: 'Person 1', reason: 'excluded' }] });
  disable(1);
  await until(async () => !(await createPersonStore(world.platform).get(sampleUserId(1))).user.enabled);
  world.directory.delete(sampleUserId(1));
  disable(2);
  await until(() => isBlocked(2));
  await sync.runNow({ full: true });
  expect(isBlocked(1) || isRemoved(1)).toBe(false);
  const actions = await world.database.selectFrom('audit').select('action').execute();
  expect(actions.map(({ action }) => action)).toContain('sync.settings');

  // Back in the scope, what was left alone is told before it is done.
  const back = { include: [sampleUserId(1)] };
  const again = await changeSyncSettings(world.platform, sync, { change: back, dryRun: true }, by);
  expect(again.effect.entering.map(({ name }) => name)).toEqual(['Person 1']);
  expect(again.effect.plan.items.map((item) => item.subject.name)).toEqual(['Person 1']);
  await changeSyncSettings(world.platform, sync, { change: back, dryRun: false }, by);
  await until(() => isRemoved(1));
});

test('a change of the map is told as a plan, and is done only when it is saved', async () => {
  await populate(2);
  world.directory.change(sampleUserId(1), { office: 'Room 7' });
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.officeLocation === 'Room 7');
  const change = { map: { department: 'office' as const } };
  const { effect } = await changeSyncSettings(world.platform, sync, { change, dryRun: true }, by);
  const [item] = effect.plan.items.filter(({ subject }) => subject.name === 'Person 1');
  expect(item?.actions[0]?.changes).toEqual([{ field: 'department', before: 'Sales', after: 'Room 7' }]);
  expect(world.microsoft365.users.get(sampleOnlineId(1))?.department).toBe('Sales');
  await changeSyncSettings(world.platform, sync, { change, dryRun: false }, by);
  await until(() => world.microsoft365.users.get(sampleOnlineId(1))?.department === 'Room 7');
});

test('at night a wrong copy is put right and told; once a night, also over a restart', async () => {
  await populate(2);
  await world.platform.settings.put('sync-nightly', { day: '2000-01-01', at: null });
  const change = { nightlyHour: 0 };
  await changeSyncSettings(world.platform, sync, { change, dryRun: false }, by);
  await until(async () => (await sync.passes.list(50)).items.some(({ cause }) => cause === 'settings-changed'));
  // A change that no feed told of.
  await world.database.updateTable('online_account').set({ department: 'Lost' }).execute();
  sync.nightly.look();
  await sync.nightly.settle();
  const nights = async () => (await sync.passes.list(50)).items.filter(({ cause }) => cause === 'nightly-comparison');
  const [night] = await until(async () => {
    const found = await nights();
    return found.length > 0 && found;
  });
  expect(night).toMatchObject({ corrected: 2, actions: 0, failed: 0 });
  await stop();
  await start();
  await sync.nightly.settle();
  await sync.runNow({ full: false });
  expect(await nights()).toHaveLength(1);
  expect((await readSyncSettings(world.platform, sync)).nightly.lastAt).not.toBeNull();
});

test('a full reading that misses accounts which are there is not believed', async () => {
  await populate(8);
  await sync.setPaused(true, administrator, 'request');
  const readChanges = world.microsoft365.accounts.readChanges;
  world.microsoft365.accounts.readChanges = async (cursor) => {
    const page = await readChanges(cursor);
    return page.incremental ? page : { ...page, changed: page.changed.slice(0, 1) };
  };
  await mirrors.refresh({ full: true });
  expect(await linked()).toBe(8);
  const feed = await world.database.selectFrom('feed').select('problem').where('name', '=', 'tenant').execute();
  expect(feed[0]?.problem).toMatchObject({ code: 'online.reading-incomplete' });
  world.microsoft365.accounts.readChanges = readChanges;
  await mirrors.refresh({ full: true });
  expect(await linked()).toBe(8);
  // Accounts that are really gone are believed to be.
  for (let number = 1; number <= 7; number += 1) world.microsoft365.users.delete(sampleOnlineId(number));
  await mirrors.refresh({ full: true });
  expect(await linked()).toBe(1);
});

test('states that cannot be stop nobody else', async () => {
  await populate(3);
  const impossible = { code: 'online.anchor-taken', message: 'Twice the same anchor.', remedy: 'Remove one.' };
  world.microsoft365.fault = (call, id) => {
    if (id === sampleOnlineId(1) && call === 'change') throw new DomainError(impossible);
    if (id === sampleOnlineId(2) && call === 'change') throw new TypeError('undefined is not a function');
  };
  for (const number of [1, 2, 3]) world.directory.change(sampleUserId(number), { title: 'Chief' });
  await until(() => world.microsoft365.users.get(sampleOnlineId(3))?.jobTitle === 'Chief');
  await until(() => sync.setAside.list().length === 2);
  expect(
    sync.setAside
      .list()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Person 1', 'Person 2']);
});
