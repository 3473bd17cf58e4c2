import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError, Secret } from '@isthmus/kernel';
import { seal } from '@isthmus/sealing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MirrorListener } from '../../mirrors/index.ts';
import { sampleOnline, sampleUser } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../../testing/startTestPlatform.ts';
import { createPersonStore, PersonLocks, passwordVersionOf } from '../people/index.ts';
import { createPasswords } from './createPasswords.ts';
import type { PasswordService } from './PasswordService.ts';

let world: TestPlatform;
let dataFolder: string;
let passwords: PasswordService;
let tellOfChange: MirrorListener;

const ada = sampleUser(1);
const online = sampleOnline(1);

async function startService(): Promise<PasswordService> {
  const people = createPersonStore(world.platform);
  const mirrors = {
    onChange(listener: MirrorListener): void {
      tellOfChange = listener;
    },
  };
  const service = await createPasswords(world.platform, { people, locks: new PersonLocks(), mirrors, dataFolder });
  await service.start();
  return service;
}

beforeEach(async () => {
  world = await startTestPlatform();
  dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-passwords-'));
  const people = createPersonStore(world.platform);
  await people.saveUser(ada);
  world.microsoft365.set(online);
  await people.saveOnline(online);
  passwords = await startService();
});

afterEach(async () => {
  await passwords.stop();
  await world.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

function directoryChanged(): void {
  tellOfChange({ side: 'directory', userIds: [ada.id], causedAt: new Date() });
}

async function link(): Promise<void> {
  await createPersonStore(world.platform).link(
    [{ userId: ada.id, onlineAccountId: online.id, anchor: ada.anchor }],
    'test',
  );
}

async function agentReport(password: string, changedAt: Date) {
  const publicKey = (await readFile(join(dataFolder, 'keys', 'password-sealing.pub'), 'utf8')).trim();
  // More digits than a Date has, as the directory stores them.
  const version = (BigInt(passwordVersionOf(changedAt)) + 4_567n).toString();
  const sealed = await seal(publicKey, new Secret(password), `password:${ada.id}:${version}`);
  return { userId: ada.id, changedAt: changedAt.toISOString(), version, sealed };
}

async function row() {
  return world.database.selectFrom('password').selectAll().where('user_id', '=', ada.id).executeTakeFirstOrThrow();
}

const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function passwordSets(): Promise<number> {
  return world.microsoft365.writes.filter((write) => write.startsWith('set-password')).length;
}

test('a captured password reaches the online account, is proved with its delay, and leaves nothing behind', async () => {
  await link();
  await passwords.agent.acceptPassword(await agentReport('Correct horse 1', later(1)));
  await until(async () => (await row()).state === 'in-step');
  expect(world.microsoft365.passwords.get(online.id)).toBe('Correct horse 1');
  const { sealed, delay_ms, reason } = await row();
  expect({ sealed, reason }).toEqual({ sealed: null, reason: null });
  expect(delay_ms).toEqual(expect.any(Number));
  const entries = await until(async () => {
    const found = await world.database.selectFrom('timeline').select(['event', 'duration_ms']).execute();
    return found.length > 0 && found;
  });
  expect(entries).toEqual([{ event: 'online.password-set', duration_ms: delay_ms }]);
});

test('what the dashboard set is not sent again when the agent reports it', async () => {
  await link();
  const changedAt = later(1);
  const version = passwordVersionOf(changedAt);
  await passwords.acceptClear({ userId: ada.id, version, changedAt, password: new Secret('Set here 1') });
  await until(async () => (await row()).state === 'in-step');
  await passwords.agent.acceptPassword(await agentReport('Set here 1', changedAt));
  expect((await row()).state).toBe('in-step');
  expect(await passwordSets()).toBe(1);
});

test('the newest of several passwords wins, whatever order they come in', async () => {
  await passwords.agent.acceptPassword(await agentReport('Third password 3', later(3)));
  await passwords.agent.acceptPassword(await agentReport('First password 1', later(1)));
  await passwords.agent.acceptPassword(await agentReport('Second password 2', later(2)));
  const waiting = (await passwords.findWaiting([ada.id])).get(ada.id);
  expect((await waiting?.open())?.reveal()).toBe('Third password 3');
  await link();
  await until(async () => (await row()).state === 'in-step');
  expect(world.microsoft365.passwords.get(online.id)).toBe('Third password 3');
  expect(await passwordSets()).toBe(1);
  // It waited for the account, so there is no delay to measure.
  expect((await row()).delay_ms).toBeNull();
});

test('a password from after the clock of the controller was set back is delivered, and a late one is not', async () => {
  await link();
  world.directory.users.set(ada.id, { ...ada, passwordSetAt: later(3600) });
  await passwords.agent.acceptPassword(await agentReport('Before it was set back', later(3600)));
  await until(async () => (await row()).state === 'in-step');

  const setAt = later(5);
  world.directory.users.set(ada.id, { ...ada, passwordSetAt: setAt });
  await passwords.agent.acceptPassword(await agentReport('Of another time', later(4)));
  expect((await row()).state).toBe('in-step');
  const report = await agentReport('Set after that', setAt);
  world.directory.isReachable = false;
  await expect(passwords.agent.acceptPassword(report)).rejects.toMatchObject({ code: 'directory.unreachable' });
  world.directory.isReachable = true;
  await passwords.agent.acceptPassword(report);
  await until(async () => world.microsoft365.passwords.get(online.id) === 'Set after that');
  await passwords.agent.acceptPassword(report);
  expect(await passwordSets()).toBe(2);
});

test('a password that is older than the one in step, and was not captured, is not called in step', async () => {
  await link();
  await passwords.agent.acceptPassword(await agentReport('Before it was set back', later(3600)));
  await until(async () => (await row()).state === 'in-step');
  await createPersonStore(world.platform).saveUser({ ...ada, passwordSetAt: later(5) });
  directoryChanged();
  await until(async () => (await row()).state === 'waiting');
  expect((await row()).reason).toMatchObject({ code: 'passwords.not-captured' });
});

test('when the tenant goes, nobody is called in step any more; what waits stays, or is destroyed and never delivered', async () => {
  await link();
  await passwords.agent.acceptPassword(await agentReport('Correct horse 1', later(1)));
  await until(async () => (await row()).state === 'in-step');
  const tenant = world.connections.microsoft365;
  world.connections.microsoft365 = undefined;
  await passwords.forgetDelivered({ keepWaiting: true });
  expect(await row()).toMatchObject({ state: 'never-captured', sealed: null, version: null, delivered_at: null });

  await passwords.agent.acceptPassword(await agentReport('Second password 2', later(2)));
  await passwords.forgetDelivered({ keepWaiting: true });
  expect(await row()).toMatchObject({ state: 'waiting', sealed: expect.any(Buffer) });
  await passwords.forgetDelivered({ keepWaiting: false });
  directoryChanged();
  world.connections.microsoft365 = tenant;
  world.connections.announce('microsoft365');
  await passwords.stop();
  passwords = await startService();
  expect(await row()).toMatchObject({ state: 'never-captured', sealed: null });
  expect(world.microsoft365.passwords.get(online.id)).toBe('Correct horse 1');
});

test('a password on its way survives a stop, waits out an outage, and is never stored readable', async () => {
  await link();
  world.microsoft365.fault = () => {
    throw new DomainError({ code: 'online.unreachable', message: 'No way.', remedy: 'Wait.', retryable: true });
  };
  await passwords.agent.acceptPassword(await agentReport('Patience pays 1', later(1)));
  await until(async () => (await row()).attempts > 0);
  const { sealed, reason, state } = await row();
  expect(state).toBe('waiting');
  expect(reason).toMatchObject({ code: 'online.unreachable' });
  expect(sealed?.toString('latin1')).not.toContain('Patience');
  await passwords.stop();
  world.microsoft365.fault = () => undefined;
  passwords = await startService();
  await until(async () => (await row()).state === 'in-step');
  expect(world.microsoft365.passwords.get(online.id)).toBe('Patience pays 1');
});

test('a first password is in step, also when the mirror learns of it while it is sent', async () => {
  const people = createPersonStore(world.platform);
  await people.saveUser({ ...ada, passwordSetAt: undefined });
  await link();
  const changedAt = later(1);
  world.microsoft365.meanwhile = async () => {
    await people.saveUser({ ...ada, passwordSetAt: changedAt });
    directoryChanged();
  };
  await passwords.agent.acceptPassword(await agentReport('First of all 1', changedAt));
  await until(async () => (await row()).state === 'in-step');
});

test('a refused password is told to a person and not tried again', async () => {
  await link();
  world.microsoft365.fault = (call) => {
    if (call !== 'set-password') return;
    throw new DomainError({ code: 'online.password-refused', message: 'Too simple.', remedy: 'Choose another.' });
  };
  await passwords.agent.acceptPassword(await agentReport('password', later(1)));
  await until(async () => (await row()).state === 'rejected');
  expect(await row()).toMatchObject({ sealed: null, reason: { code: 'online.password-refused' } });
  const alert = () =>
    world.database.selectFrom('alert').select(['code', 'state', 'subject_user_id']).executeTakeFirst();
  await until(async () => (await alert()) !== undefined);
  expect(await alert()).toEqual({ code: 'passwords.rejected', state: 'active', subject_user_id: ada.id });
  expect(await passwords.status()).toMatchObject({ waiting: 0, rejected: 1 });
  world.microsoft365.fault = () => undefined;
  await passwords.agent.acceptPassword(await agentReport('A much better one 1', later(2)));
  await until(async () => (await alert())?.state === 'resolved');
});

test('a password that was changed unseen is not called in step', async () => {
  await link();
  await passwords.agent.acceptPassword(await agentReport('Known password 1', later(1)));
  await until(async () => (await row()).state === 'in-step');
  const people = createPersonStore(world.platform);
  await people.saveUser({ ...ada, passwordSetAt: later(60) });
  directoryChanged();
  await until(async () => (await row()).state === 'waiting');
  expect(await row()).toMatchObject({ reason: { code: 'passwords.not-captured' } });
  await people.saveUser({ ...ada, passwordSetAt: undefined });
  directoryChanged();
  await until(async () => (await row()).state === 'must-change');
  expect(await row()).toMatchObject({ reason: null });
});

test('sealed passwords of removed people are destroyed', async () => {
  await passwords.agent.acceptPassword(await agentReport('Leaver password 1', later(1)));
  await createPersonStore(world.platform).saveUserRemoved(ada.id, new Date());
  directoryChanged();
  await until(async () => (await row()).sealed === null);
});

test('reports that are not what they should be are refused', async () => {
  await expect(passwords.agent.acceptPassword({ userId: 'ada' })).rejects.toThrow();
  await expect(passwords.agent.acceptStatus({ capture: 'fine' })).rejects.toThrow();
  expect(await passwords.status()).toMatchObject({ state: 'not-configured' });
  const report = { detail: '', dcHostName: 'dc1', lastChangeAt: null, pending: 0 };
  await passwords.agent.acceptStatus({ capture: 'broken', ...report, detail: 'The key is missing.' });
  expect(await passwords.status()).toMatchObject({ state: 'broken', detail: 'The key is missing.' });
  const alerts = await world.database.selectFrom('alert').select('code').execute();
  expect(alerts).toEqual([{ code: 'passwords.capture-broken' }]);
});
