import { ManualClock, Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { setNotifications, testNotifications, turnOffNotifications } from './changeNotifications.ts';
import { NodemailerSender } from './NodemailerSender.ts';
import type { NotificationParts } from './NotificationParts.ts';
import { readNotifications } from './storedSettings.ts';
import { decodeMail } from './testing/decodeMail.ts';
import { startMailServer, type TestMailServer } from './testing/startMailServer.ts';

const account = { user: 'isthmus', password: 'Heron-7-Quarry' };
const by = { actor: { userName: 'ada', displayName: 'Ada', address: '' } as never, requestId: 'request' };

let world: TestPlatform;
let mail: TestMailServer;
let parts: NotificationParts;

interface More {
  readonly settings?: object;
  readonly password?: string | null;
  readonly dryRun?: boolean;
  readonly skipTest?: boolean;
}

function set({ settings = {}, password = account.password, dryRun = false, skipTest = false }: More = {}) {
  const request = {
    settings: {
      server: '127.0.0.1',
      port: mail.port,
      encryption: 'starttls' as const,
      unprotected: false,
      user: account.user,
      from: 'isthmus@contoso.test',
      recipients: ['ada@contoso.test'],
      severity: 'warning' as const,
      news: true,
      ...settings,
    },
    password: password === null ? undefined : new Secret(password),
    dryRun,
    skipTest,
  };
  return setNotifications(parts, request, by);
}
const audited = async () =>
  await world.database
    .selectFrom('audit')
    .select(['action', 'result', 'sentence', 'changes'])
    .orderBy('sequence')
    .execute();
const secrets = async () => (await world.database.selectFrom('secret').select('name').execute()).length;

beforeEach(async () => {
  [world, mail] = await Promise.all([
    startTestPlatform(new ManualClock(new Date('2026-06-01T00:00:00Z'))),
    startMailServer({ encryption: 'starttls', signIn: account }),
  ]);
  parts = {
    platform: world.platform,
    sender: new NodemailerSender(mail.caFile, { connectMs: 500, silenceMs: 500 }),
    findOrganization: async () => 'Contoso',
    findAddress: () => undefined,
  };
});
afterEach(() => Promise.all([mail.stop(), world.drop()]));

test('settings are kept once a test message was taken, and shown without the password', async () => {
  expect(await set()).toEqual({ done: true, tested: true });
  expect(decodeMail(mail.received[0]?.raw ?? '')).toMatchObject({
    subject: '[Contoso] Test message',
    text: expect.stringContaining('Ada tried the mail settings'),
  });
  const view = await readNotifications(world.platform);
  expect(view).toMatchObject({ hasPassword: true, changedBy: 'ada', settings: { user: 'isthmus' } });
  const rows = await world.database.selectFrom('setting').selectAll().execute();
  expect(JSON.stringify([view, rows, await audited()])).not.toContain(account.password);
  expect(await audited()).toMatchObject([{ action: 'notifications.set', result: 'done' }]);
});

test('what the server refuses is told and nothing is kept', async () => {
  await expect(set({ password: 'wrong' })).rejects.toMatchObject({ code: 'notifications.sign-in-refused' });
  mail.refusals.rcptTo.set('ben@contoso.test', '550 No');
  await expect(set({ settings: { recipients: ['ada@contoso.test', 'ben@contoso.test'] } })).rejects.toMatchObject({
    code: 'notifications.recipient-refused',
    message: expect.stringContaining('ben@contoso.test'),
  });
  expect((await readNotifications(world.platform)).settings).toBeNull();
  expect(await secrets()).toBe(0);
  await set({ password: 'wrong', skipTest: true });
  expect((await readNotifications(world.platform)).settings).not.toBeNull();
});

test('a dry run signs in, sends nothing and keeps nothing', async () => {
  expect(await set({ dryRun: true })).toEqual({ done: false, tested: true });
  await expect(set({ dryRun: true, password: 'wrong' })).rejects.toMatchObject({
    code: 'notifications.sign-in-refused',
  });
  expect(await set({ dryRun: true, skipTest: true, password: 'wrong' })).toEqual({ done: false, tested: false });
  expect(mail.received).toEqual([]);
  expect((await readNotifications(world.platform)).settings).toBeNull();
  expect(await audited()).toEqual([]);
});

describe('the password that is kept', () => {
  test('is used on as long as server, port and user are the same', async () => {
    await set();
    await set({ password: null, settings: { recipients: ['ben@contoso.test', 'BEN@contoso.test'] } });
    expect(mail.received.at(-1)).toMatchObject({ to: ['ben@contoso.test'], user: 'isthmus' });
    expect(await audited()).toMatchObject([
      {},
      {
        changes: [{ field: 'recipients', before: 'ada@contoso.test', after: 'ben@contoso.test' }],
      },
    ]);
    expect(await secrets()).toBe(1);
  });

  test.each([
    ['another server', { server: 'localhost' }],
    ['another port', { port: 2 }],
    ['another user', { user: 'somebody' }],
    ['no encryption any more', { encryption: 'none' }],
  ])('is not shown to %s', async (_what, settings) => {
    await set();
    await expect(set({ password: null, settings, skipTest: true })).rejects.toMatchObject({
      code: 'notifications.password-needed',
      field: 'password',
    });
  });

  test('is destroyed with another one, without a user, and when it is turned off', async () => {
    await set();
    await set();
    expect(await secrets()).toBe(1);
    await set({ settings: { user: null }, password: null, skipTest: true });
    expect(await secrets()).toBe(0);
    expect(await readNotifications(world.platform)).toMatchObject({ hasPassword: false });
    await set();
    await turnOffNotifications(parts, by);
    await turnOffNotifications(parts, by);
    expect(await secrets()).toBe(0);
    expect(await readNotifications(world.platform)).toMatchObject({ settings: null, lastSentAt: null });
    expect((await audited()).filter(({ action }) => action === 'notifications.off')).toHaveLength(1);
  });
});

test('mail without encryption leaves this machine only when that was agreed to', async () => {
  const plain = { encryption: 'none', server: 'mail.contoso.test' };
  await expect(set({ settings: plain, skipTest: true })).rejects.toMatchObject({
    code: 'notifications.unprotected',
    field: 'unprotected',
  });
  await set({ settings: { ...plain, unprotected: true }, skipTest: true });
  for (const server of ['localhost', '127.0.0.1', '::1']) {
    await set({ settings: { encryption: 'none', server }, skipTest: true });
  }
});

test('a password without a user is asked about', async () => {
  await expect(set({ settings: { user: null } })).rejects.toMatchObject({ code: 'notifications.user-missing' });
});

test('a test message can be asked for at any time; how it went is on record', async () => {
  await expect(testNotifications(parts, by)).rejects.toMatchObject({ code: 'notifications.off' });
  await set({ skipTest: true });
  expect(await testNotifications(parts, by)).toEqual({ recipients: ['ada@contoso.test'] });
  await mail.halt();
  await expect(testNotifications(parts, by)).rejects.toMatchObject({ code: 'notifications.connection-refused' });
  expect(await audited()).toMatchObject([
    { action: 'notifications.set' },
    { action: 'notifications.test', result: 'done' },
    { action: 'notifications.test', result: 'failed' },
  ]);
});
