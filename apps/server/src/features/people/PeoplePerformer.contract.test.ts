import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory } from '@isthmus/directory';
import { DomainError, Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_SKU } from '../../testing/FakeMicrosoft365.ts';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPasswords, type PasswordService } from '../passwords/index.ts';
import type { Action } from './Action.ts';
import { createPerformer, createPersonStore } from './createPerformer.ts';
import type { People, PlanPerformer } from './People.ts';
import { PersonLocks } from './PersonLocks.ts';
import { passwordVersionOf } from './passwordVersion.ts';

let world: TestPlatform;
let people: People;
let passwords: PasswordService;
let performer: PlanPerformer;
let dataFolder: string;
let licensesChanged = 0;

const context = { actor: 'admin', lane: 'interactive' as const, requestId: 'request' };

beforeEach(async () => {
  world = await startTestPlatform();
  dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-people-'));
  people = createPersonStore(world.platform);
  const locks = new PersonLocks();
  // Not started: nothing is delivered behind the test's back.
  const mirrors = { onChange: () => undefined };
  passwords = await createPasswords(world.platform, { people, locks, mirrors, dataFolder });
  licensesChanged = 0;
  const count = () => {
    licensesChanged += 1;
  };
  performer = createPerformer(world.platform, { people, passwords, locks, licensesChanged: count });
});

afterEach(async () => {
  await world.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function addPeople(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await people.saveUser(world.directory.set(sampleUser(number)));
}

async function addLinked(number: number): Promise<void> {
  await people.saveUser(world.directory.set(sampleUser(number)));
  await people.saveOnline(world.microsoft365.set(sampleOnline(number)));
  await people.link(
    [{ userId: sampleUserId(number), onlineAccountId: sampleOnlineId(number), anchor: sampleUser(number).anchor }],
    'test',
  );
}

function creation(number: number, address = `person${number}@contoso.example`) {
  const create: Extract<Action, { type: 'online.create' }> = {
    type: 'online.create',
    account: {
      upn: address,
      displayName: `Person ${number}`,
      mailNickname: `person${number}`,
      usageLocation: 'DE',
      signInAllowed: true,
      mustChangePassword: false,
    },
  };
  return { userId: sampleUserId(number), create, skuIds: [SAMPLE_SKU] };
}

const perform = (number: number, action: Action) =>
  performer.perform(sampleUserId(number), { action, reason: 'asked' }, context);

async function passwordStates() {
  const rows = await world.database.selectFrom('password').select(['state', 'sealed']).orderBy('user_id').execute();
  return rows.map((row) => [row.state, row.sealed === null]);
}

test('accounts are made, linked and licensed together; known passwords are used, and nobody knows the others', async () => {
  await addPeople(2);
  const changedAt = new Date();
  const version = passwordVersionOf(changedAt);
  await passwords.acceptClear({ userId: sampleUserId(1), version, changedAt, password: new Secret('Captured 1') });
  const results = await performer.createOnlineMany([creation(1), creation(2)], context);
  expect(results).toEqual([
    { ok: true, state: 'done' },
    { ok: true, state: 'done' },
  ]);
  const [ada, bob] = await people.findMany([sampleUserId(1), sampleUserId(2)]);
  expect(ada?.online).toMatchObject({ upn: 'person1@contoso.example', skuIds: [SAMPLE_SKU] });
  expect(world.microsoft365.passwords.get(ada?.online?.id ?? '')).toBe('Captured 1');
  expect(world.microsoft365.passwords.get(bob?.online?.id ?? '')).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{48}$/);
  expect(await passwordStates()).toEqual([
    ['in-step', true],
    ['never-captured', true],
  ]);
  expect(licensesChanged).toBe(1);
  const events = await world.database
    .selectFrom('timeline')
    .select('event')
    .where('user_id', '=', ada!.user.id)
    .execute();
  expect(events.map(({ event }) => event).sort()).toEqual(['online.created', 'online.licenses-assigned']);
});

test('when the seats run out, the account stays and a second run goes on where the first one ended', async () => {
  await addPeople(3);
  world.microsoft365.seats = 2;
  const all = [creation(1), creation(2), creation(3)];
  const first = await performer.createOnlineMany(all, context);
  expect(first.map((result) => (result.ok ? result.state : result.step))).toEqual([
    'done',
    'done',
    'online.assign-licenses',
  ]);
  world.microsoft365.seats = 1;
  const second = await performer.createOnlineMany(all, context);
  expect(second).toEqual([
    { ok: true, state: 'unchanged' },
    { ok: true, state: 'unchanged' },
    { ok: true, state: 'done' },
  ]);
  expect(world.microsoft365.writes.filter((write) => write.startsWith('create'))).toHaveLength(3);
});

test('an account that is linked to somebody else fails that person alone, not those who are settled together', async () => {
  await addPeople(3);
  await addLinked(4);
  // Microsoft 365 shows the account of person 4 under the anchor of person 1.
  world.microsoft365.set(sampleOnline(4, { immutableId: sampleUser(1).anchor }));
  const results = await performer.createOnlineMany([creation(1), creation(2), creation(3)], context);
  expect(results.map(({ ok }) => ok)).toEqual([false, true, true]);
  expect(results[0]).toMatchObject({ step: 'online.create' });
  const linked = await people.findMany([1, 2, 3, 4].map(sampleUserId));
  expect(linked.map(({ online }) => online?.skuIds)).toEqual([undefined, [SAMPLE_SKU], [SAMPLE_SKU], []]);
});

test('a captured password that cannot be opened fails its person alone', async () => {
  await addPeople(2);
  for (const number of [1, 2]) {
    const changedAt = new Date();
    const version = passwordVersionOf(changedAt);
    const password = new Secret(`Captured ${number}`);
    await passwords.acceptClear({ userId: sampleUserId(number), version, changedAt, password });
  }
  await world.database
    .updateTable('password')
    .set({ sealed: Buffer.from('damaged') })
    .where('user_id', '=', sampleUserId(1))
    .execute();
  const results = await performer.createOnlineMany([creation(1), creation(2)], context);
  expect(results.map(({ ok }) => ok)).toEqual([false, true]);
});

test('one who fails does not stop the others, and an outage fails exactly those who were not through', async () => {
  await addPeople(2);
  world.microsoft365.set(sampleOnline(50, { upn: 'person1@contoso.example' }));
  const [taken, made] = await performer.createOnlineMany([creation(1), creation(2)], context);
  expect(taken).toMatchObject({ ok: false, step: 'online.create', error: { code: 'online.address-taken' } });
  expect(made?.ok).toBe(true);
  world.microsoft365.fault = () => {
    throw new DomainError({ code: 'online.unreachable', message: 'No way.', remedy: 'Wait.', retryable: true });
  };
  const [unreachable, through] = await performer.createOnlineMany([creation(1), creation(2)], context);
  expect(unreachable).toMatchObject({ ok: false, step: 'online.create', error: { code: 'online.unreachable' } });
  expect(through).toEqual({ ok: true, state: 'unchanged' });
  const gone = await performer.createOnlineMany([creation(9)], context);
  expect(gone[0]).toMatchObject({ ok: false, error: { code: 'users.not-found' } });
});

test('a run after a crash finds the account that the first one made and sends it the known password', async () => {
  await addPeople(1);
  const { anchor } = sampleUser(1);
  world.microsoft365.set(sampleOnline(1, { immutableId: anchor }));
  const changedAt = new Date();
  const version = passwordVersionOf(changedAt);
  await passwords.acceptClear({ userId: sampleUserId(1), version, changedAt, password: new Secret('Captured 1') });
  await performer.createOnlineMany([creation(1)], context);
  expect((await people.get(sampleUserId(1))).online?.id).toBe(sampleOnlineId(1));
  expect(await passwordStates()).toEqual([['waiting', false]]);
  expect(await passwords.deliverWaiting(sampleUserId(1))).toBe('delivered');
  expect(world.microsoft365.passwords.get(sampleOnlineId(1))).toBe('Captured 1');
});

test('one password on both sides: the second action only sees to it that it has arrived', async () => {
  await addLinked(1);
  await world.platform.secrets.put('job-password:1', new Secret('Both sides 1'));
  const reference = { passwordRef: 'job-password:1', mustChange: false };
  expect(await perform(1, { type: 'directory.set-password', ...reference })).toMatchObject({ state: 'done' });
  await perform(1, { type: 'online.set-password', ...reference });
  await perform(1, { type: 'online.set-password', ...reference });
  expect(world.directory.passwords.get(sampleUserId(1))).toBe('Both sides 1');
  expect(world.microsoft365.passwords.get(sampleOnlineId(1))).toBe('Both sides 1');
  expect(world.microsoft365.writes).toEqual([`set-password ${sampleOnlineId(1)}`]);
  expect(await passwordStates()).toEqual([['in-step', true]]);
});

test('a password that Microsoft 365 refuses fails its action with the reason, every time it is asked', async () => {
  await addLinked(1);
  await world.platform.secrets.put('job-password:1', new Secret('simple'));
  world.microsoft365.fault = (call) => {
    if (call !== 'set-password') return;
    throw new DomainError({ code: 'online.password-refused', message: 'Too simple.', remedy: 'Choose another.' });
  };
  const reference = { passwordRef: 'job-password:1', mustChange: false };
  await perform(1, { type: 'directory.set-password', ...reference });
  const refused = { code: 'online.password-refused', remedy: 'Choose another.' };
  await expect(perform(1, { type: 'online.set-password', ...reference })).rejects.toMatchObject(refused);
  await expect(perform(1, { type: 'online.set-password', ...reference })).rejects.toMatchObject(refused);
});

test('every action may run twice', async () => {
  await addLinked(1);
  const actions: Action[] = [
    { type: 'directory.change-user', changes: { department: 'Research' } },
    { type: 'directory.disable' },
    { type: 'online.block-sign-in' },
    { type: 'online.change', changes: { department: 'Research' } },
    { type: 'online.assign-licenses', skuIds: [SAMPLE_SKU] },
    { type: 'online.remove-licenses', skuIds: [SAMPLE_SKU] },
    { type: 'license.wait', skuIds: [SAMPLE_SKU] },
    { type: 'license.stop-waiting', skuIds: [SAMPLE_SKU] },
    { type: 'online.allow-sign-in' },
    { type: 'directory.enable' },
    { type: 'online.remove' },
    { type: 'online.restore' },
    { type: 'link.remove' },
  ];
  for (const action of actions) {
    expect([action.type, (await perform(1, action)).state]).toEqual([action.type, 'done']);
    expect([action.type, (await perform(1, action)).state]).toEqual([action.type, 'unchanged']);
  }
  expect(world.microsoft365.users.get(sampleOnlineId(1))?.immutableId).toBeUndefined();
  await perform(1, { type: 'link.create', onlineAccountId: sampleOnlineId(1) });
  expect((await people.get(sampleUserId(1))).online?.immutableId).toBe(sampleUser(1).anchor);
});

test('a removed person gets the licenses back with the account', async () => {
  await addLinked(1);
  await perform(1, { type: 'online.assign-licenses', skuIds: [SAMPLE_SKU] });
  await perform(1, { type: 'snapshot.take' });
  await perform(1, { type: 'online.remove' });
  expect((await people.get(sampleUserId(1))).online?.deletedAt).toBeInstanceOf(Date);
  await perform(1, { type: 'online.restore' });
  expect(world.microsoft365.users.get(sampleOnlineId(1))?.skuIds).toEqual([SAMPLE_SKU]);
});

test('a link is never taken from somebody who is there, but from somebody who is gone', async () => {
  await addLinked(1);
  await addPeople(2);
  const link: Action = { type: 'link.create', onlineAccountId: sampleOnlineId(1) };
  await expect(perform(2, link)).rejects.toMatchObject({ code: 'users.link-taken' });
  await people.saveUserRemoved(sampleUserId(1), new Date());
  await perform(2, link);
  expect((await people.get(sampleUserId(2))).online?.immutableId).toBe(sampleUser(2).anchor);
  expect((await people.get(sampleUserId(1))).online).toBeUndefined();
});

describe('a new account whose password is made by the step', () => {
  const action: Extract<Action, { type: 'directory.add-user' }> = {
    type: 'directory.add-user',
    user: {
      userName: 'ada',
      upn: 'ada@corp.contoso.test',
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      mustChangePassword: true,
      containerDn: 'OU=Staff,DC=corp',
    },
    passwordRef: 'first-password:1',
    generated: { minimumLength: 30 },
  };
  const given: Secret[] = [];

  beforeEach(() => {
    given.length = 0;
    world.connections.directory = {
      info: () => world.directory.info(),
      addUser: async ({ password }: { password: Secret }) => {
        given.push(password);
        return sampleUser(1, { passwordSetAt: undefined });
      },
    } as unknown as Directory;
  });

  test('keeps it for whoever asked, makes no second one, and hands it on unless it is of the directory alone', async () => {
    const add = (changes: Partial<typeof action> = {}) =>
      performer.perform(undefined, { action: { ...action, ...changes }, reason: 'asked' }, context);
    await add({ directoryOnly: true });
    const kept = await world.platform.secrets.find('first-password:1');
    expect(kept?.reveal()).toMatch(/^([A-Z][a-z]\d-?){8,}$/);
    expect(await passwordStates()).toEqual([]);
    await add();
    expect(given.map((password) => password.reveal())).toEqual([kept?.reveal(), kept?.reveal()]);
    expect(await passwordStates()).toEqual([['waiting', false]]);
  });
});

describe('an online account that no user has', () => {
  const performAlone = (action: Action) =>
    performer.performOnAccount(sampleOnlineId(1), { action, reason: 'asked' }, context);
  const addAccount = (changes = {}) =>
    people.saveOnline(world.microsoft365.set(sampleOnline(1, { immutableId: undefined, ...changes })));

  test('gets a license, another name and a block, each with its entry in the timeline', async () => {
    await addAccount();
    expect(await performAlone({ type: 'online.assign-licenses', skuIds: [SAMPLE_SKU] })).toEqual({
      state: 'done',
      userId: undefined,
    });
    await performAlone({ type: 'online.change', changes: { upn: 'info@contoso.example' } });
    await performAlone({ type: 'online.block-sign-in' });
    await performAlone({ type: 'online.revoke-sessions' });
    expect(await performAlone({ type: 'online.block-sign-in' })).toMatchObject({ state: 'unchanged' });
    expect(await people.getAccount(sampleOnlineId(1))).toMatchObject({
      user: undefined,
      online: { upn: 'info@contoso.example', signInAllowed: false, skuIds: [SAMPLE_SKU] },
    });
    const entries = await world.database.selectFrom('timeline').selectAll().orderBy('sequence').execute();
    expect(entries.map(({ event, user_id: user, online_account_id: id }) => [event, user, id])).toEqual(
      ['licenses-assigned', 'changed', 'sign-in-blocked', 'sessions-revoked'].map((event) => [
        `online.${event}`,
        null,
        sampleOnlineId(1),
      ]),
    );
    expect(licensesChanged).toBe(1);
  });

  test('that got a user in the meantime is handled as that person', async () => {
    await addLinked(1);
    expect(await performAlone({ type: 'online.block-sign-in' })).toEqual({ state: 'done', userId: sampleUserId(1) });
    expect((await people.get(sampleUserId(1))).link).toMatchObject({ blockedByUs: true });
  });

  test('knows no action that needs a person; one that is nowhere is told', async () => {
    await addAccount();
    await expect(performAlone({ type: 'online.remove' })).rejects.toThrow('online.remove needs a person');
    await expect(
      performer.performOnAccount(sampleOnlineId(9), { action: { type: 'online.restore' }, reason: 'asked' }, context),
    ).rejects.toMatchObject({ code: 'online.account-not-found' });
  });

  test('comes back from the recycle bin with the licenses it had', async () => {
    await addAccount({ skuIds: [SAMPLE_SKU] });
    await world.microsoft365.accounts.remove(sampleOnlineId(1));
    await people.saveOnlineRemoved(sampleOnlineId(1), 'deleted');
    expect(await performAlone({ type: 'online.restore' })).toMatchObject({ state: 'done' });
    const { online } = await people.getAccount(sampleOnlineId(1));
    expect(online).toMatchObject({ deletedAt: undefined, skuIds: [SAMPLE_SKU] });
  });
});
