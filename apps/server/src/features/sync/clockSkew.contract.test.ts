import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@isthmus/kernel';
import { seal } from '@isthmus/sealing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMirrors, type Mirrors } from '../../mirrors/index.ts';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../../testing/startTestPlatform.ts';
import { createPasswords, type PasswordService } from '../passwords/index.ts';
import {
  createPerformer,
  createPersonStore,
  PersonLocks,
  type PlanPerformer,
  passwordVersionOf,
} from '../people/index.ts';
import { createSyncService } from './createSyncService.ts';
import type { SyncService } from './SyncService.ts';

const HOUR_MS = 3_600_000;
const userId = sampleUserId(1);
const onlineId = sampleOnlineId(1);

let world: TestPlatform;
let dataFolder: string;
let mirrors: Mirrors;
let sync: SyncService;
let passwords: PasswordService;
let performer: PlanPerformer;

async function start(): Promise<void> {
  const { platform } = world;
  const locks = new PersonLocks();
  const people = createPersonStore(platform);
  mirrors = createMirrors(platform, { locks, intervals: { directoryMs: 20, tenantMs: 20 } });
  const { licensesChanged } = mirrors;
  passwords = await createPasswords(platform, { people, locks, mirrors, dataFolder });
  performer = createPerformer(platform, { people, passwords, locks, licensesChanged });
  sync = createSyncService(platform, { people, performer, mirrors, options: {} });
  await mirrors.start();
  await passwords.start();
  await sync.start();
}

beforeEach(async () => {
  world = await startTestPlatform();
  dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-clocks-'));
});

afterEach(async () => {
  await sync.stop();
  await passwords.stop();
  await mirrors.stop();
  await world.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function populate(): Promise<void> {
  await start();
  world.directory.set(sampleUser(1, { createdAt: world.directory.now(), passwordSetAt: world.directory.now() }));
  world.microsoft365.set(sampleOnline(1, { createdAt: world.microsoft365.now() }));
  await until(async () => (await world.database.selectFrom('link').select('user_id').execute()).length === 1);
}

const row = (table: 'password' | 'directory_user') =>
  world.database
    .selectFrom(table)
    .selectAll()
    .where(table === 'password' ? 'user_id' : 'id', '=', userId)
    .executeTakeFirst() as Promise<Record<string, unknown> | undefined>;
const passwordState = async () => (await row('password'))?.['state'];

/** As the agent on the domain controller would. */
async function capture(password: string): Promise<void> {
  const publicKey = (await readFile(join(dataFolder, 'keys', 'password-sealing.pub'), 'utf8')).trim();
  const changedAt = world.directory.now();
  const version = passwordVersionOf(changedAt);
  world.directory.change(userId, { passwordSetAt: changedAt });
  const sealed = await seal(publicKey, new Secret(password), `password:${userId}:${version}`);
  await passwords.agent.acceptPassword({ userId, changedAt: changedAt.toISOString(), version, sealed });
}

async function reset(password: string, mustChange: boolean): Promise<void> {
  await world.platform.secrets.put('job-password:1', new Secret(password));
  await performer.performPlan(
    userId,
    async () => [
      { action: { type: 'directory.set-password', passwordRef: 'job-password:1', mustChange }, reason: 'asked' },
    ],
    { actor: 'admin', lane: 'interactive', requestId: 'request' },
    async () => undefined,
  );
}

const delivered = (password: string) => until(() => world.microsoft365.passwords.get(onlineId) === password);

describe.each([
  ['ahead', 3],
  ['behind', -3],
])('a domain controller whose clock is hours %s', (_, hours) => {
  beforeEach(async () => {
    world.directory.clockSkewMs = hours * HOUR_MS;
    await populate();
  });

  test('a captured password arrives, and its delay is not one of clocks', async () => {
    await capture('Captured once 1');
    await delivered('Captured once 1');
    await until(async () => (await passwordState()) === 'in-step');
    expect((await row('password'))?.['delay_ms']).toBeLessThan(60_000);
  });

  test('what the person chooses after a reset that asks for it arrives too, and before it does nobody is called in step', async () => {
    await reset('First choice 1', true);
    await delivered('First choice 1');
    await until(async () => (await passwordState()) === 'must-change');

    world.directory.change(userId, { passwordSetAt: new Date(world.directory.now().getTime() + 5_000) });
    await until(async () => (await passwordState()) === 'waiting');
    await capture('Own choice 2');
    await delivered('Own choice 2');
  });

  test('of two resets within a moment the second one stays', async () => {
    await reset('First choice 1', false);
    await reset('Second choice 2', true);
    await delivered('Second choice 2');
    await reset('Third choice 3', true);
    await delivered('Third choice 3');
  });

  test('a full comparison misses nobody, and removals are seen', async () => {
    await mirrors.refresh({ full: true });
    expect((await row('directory_user'))?.['removed_at']).toBeNull();
    world.directory.delete(userId);
    await until(() => world.microsoft365.bin.has(onlineId));
  });
});

describe.each([
  ['ahead', 3],
  ['behind', -3],
])('a tenant whose clock is hours %s', (_, hours) => {
  beforeEach(async () => {
    world.microsoft365.clockSkewMs = hours * HOUR_MS;
    await populate();
  });

  test('whoever comes back gets the online account back', async () => {
    const user = world.directory.users.get(userId)!;
    world.directory.delete(userId);
    await until(() => world.microsoft365.bin.has(onlineId));
    await mirrors.refresh({ full: true });
    world.directory.set(user);
    await until(() => world.microsoft365.users.get(onlineId)?.signInAllowed === true);
  });

  test('an online account that was removed over there long after a return stays removed', async () => {
    const longAgo = new Date(Date.now() - HOUR_MS);
    await world.database.updateTable('directory_user').set({ returned_at: longAgo }).where('id', '=', userId).execute();
    await world.microsoft365.accounts.remove(onlineId);
    await until(async () => {
      const found = await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
      return found.some(({ code }) => code === 'sync.online-account-removed');
    });
    expect(world.microsoft365.writes.filter((write) => write.startsWith('restore'))).toEqual([]);
  });

  test('a full reading of the tenant forgets nobody', async () => {
    await mirrors.refresh({ full: true });
    expect(await world.database.selectFrom('link').select('user_id').execute()).toHaveLength(1);
  });
});
