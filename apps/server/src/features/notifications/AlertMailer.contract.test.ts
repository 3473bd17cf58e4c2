import { ManualClock, Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import type { NewAlert } from '../alerts/index.ts';
import { AlertMailer } from './AlertMailer.ts';
import { setNotifications, turnOffNotifications } from './changeNotifications.ts';
import { NodemailerSender } from './NodemailerSender.ts';
import type { NotificationParts } from './NotificationParts.ts';
import { readNotifications } from './storedSettings.ts';
import { decodeMail } from './testing/decodeMail.ts';
import { startMailServer, type TestMailServer } from './testing/startMailServer.ts';

const MINUTE = 60_000;
const account = { user: 'isthmus', password: 'Heron-7-Quarry' };
const by = { actor: { userName: 'ada', displayName: 'Ada', address: '' } as never, requestId: 'request' };
const broken: NewAlert = {
  code: 'integration.broken',
  severity: 'critical',
  title: 'Isthmus lacks permissions in the tenant',
  detail: 'The tenant refused.',
  remedy: 'Grant everything anew.',
};
const rejected: NewAlert = {
  code: 'passwords.rejected',
  severity: 'warning',
  title: 'A password was refused',
  detail: 'x',
};
const verified: NewAlert = {
  code: 'domains.verified',
  severity: 'information',
  title: 'adatum.test is verified',
  detail: 'It can be used.',
};

let world: TestPlatform;
let clock: ManualClock;
let mail: TestMailServer;
let parts: NotificationParts;
let mailer: AlertMailer;

const subjects = () => mail.received.map(({ raw }) => decodeMail(raw).subject);
const last = () => decodeMail(mail.received.at(-1)?.raw ?? '');
const openCodes = async () => {
  const rows = await world.database.selectFrom('alert').select('code').where('state', '<>', 'resolved').execute();
  return rows.map(({ code }) => code).sort();
};

/** Rounds go on in the background; this long nothing came, though several passed. */
async function severalRounds(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
}
const mails = (count: number) => vi.waitFor(() => expect(mail.received).toHaveLength(count), { timeout: 5_000 });

function restart(): Promise<void> {
  mailer = new AlertMailer(parts, 10);
  return mailer.start();
}

const turnOn = (more: object = {}) =>
  setNotifications(
    parts,
    {
      settings: {
        server: '127.0.0.1',
        port: mail.port,
        encryption: 'starttls',
        unprotected: false,
        user: account.user,
        from: 'isthmus@contoso.test',
        recipients: ['ada@contoso.test', 'ben@contoso.test'],
        severity: 'warning',
        news: true,
        ...more,
      },
      password: new Secret(account.password),
      dryRun: false,
      skipTest: true,
    },
    by,
  );

beforeEach(async () => {
  clock = new ManualClock(new Date('2026-06-01T00:00:00Z'));
  [world, mail] = await Promise.all([
    startTestPlatform(clock),
    startMailServer({ encryption: 'starttls', signIn: account }),
  ]);
  parts = {
    platform: world.platform,
    sender: new NodemailerSender(mail.caFile, { connectMs: 500, silenceMs: 500 }),
    findOrganization: async () => 'Contoso',
    findAddress: () => 'https://isthmus.contoso.test',
  };
  await turnOn();
  await restart();
});
afterEach(async () => {
  await mailer.stop();
  await Promise.all([mail.stop(), world.drop()]);
});

describe('an alert', () => {
  test('is mailed once while it stays; the next mail has it below what is new', async () => {
    await world.platform.alerts.raise(broken);
    clock.advance(MINUTE);
    await mails(1);
    expect(last()).toMatchObject({
      subject: '[Contoso] Critical: Isthmus lacks permissions in the tenant',
      text: expect.stringContaining('What to do: Grant everything anew.'),
    });
    await world.platform.alerts.raise({ ...broken, detail: 'It refused again.' });
    clock.advance(24 * 60 * MINUTE);
    await severalRounds();
    expect(mail.received).toHaveLength(1);
    await world.platform.alerts.raise(rejected);
    clock.advance(MINUTE);
    await mails(2);
    expect(last().subject).toBe('[Contoso] Warning: A password was refused');
    expect(last().text).toMatch(/1 new alert\n\nWarning: A password[\s\S]*Still open: 1\n\nCritical: Isthmus lacks/);
    expect((await readNotifications(world.platform)).lastSentAt).toBe(clock.now().toISOString());
  });

  test('that comes with others makes one mail with them', async () => {
    await world.platform.alerts.raise(broken);
    clock.advance(20_000);
    await world.platform.alerts.raise(rejected);
    clock.advance(20_000);
    await severalRounds();
    expect(mail.received).toHaveLength(0);
    clock.advance(20_000);
    await mails(1);
    expect(last().subject).toContain('(and 1 more)');
  });

  test('that is over, or ignored, before it is mailed is not mailed', async () => {
    await world.platform.alerts.raise(broken);
    await world.platform.alerts.resolve(broken.code);
    await world.platform.alerts.raise(rejected);
    await world.database.updateTable('alert').set({ state: 'ignored' }).where('code', '=', rejected.code).execute();
    clock.advance(60 * MINUTE);
    await severalRounds();
    expect(mail.received).toHaveLength(0);
  });

  test('that was there before is in the first mail', async () => {
    await turnOffNotifications(parts, by);
    await world.platform.alerts.raise(broken);
    clock.advance(24 * 60 * MINUTE);
    await severalRounds();
    expect(mail.received).toHaveLength(0);
    await turnOn();
    await mails(1);
    expect(subjects()).toEqual(['[Contoso] Critical: Isthmus lacks permissions in the tenant']);
  });

  test('that comes and goes is mailed once an hour', async () => {
    for (let flap = 0; flap < 3; flap += 1) {
      await world.platform.alerts.raise(broken);
      clock.advance(5 * MINUTE);
      if (flap === 0) await mails(1);
      await severalRounds();
      await world.platform.alerts.resolve(broken.code);
    }
    expect(mail.received).toHaveLength(1);
    await world.platform.alerts.raise(broken);
    clock.advance(60 * MINUTE);
    await mails(2);
  });
});

test('what people waited for is mailed, also when the mail was away until its alert was gone', async () => {
  await mail.halt();
  await world.platform.alerts.raise(verified);
  clock.advance(MINUTE);
  await vi.waitFor(async () => expect((await readNotifications(world.platform)).failedAttempts).toBe(1));
  clock.advance(24 * 60 * MINUTE);
  await world.platform.alerts.resolve(verified.code);
  await mail.resume();
  clock.advance(60 * MINUTE);
  await mails(1);
  expect(last().subject).toBe('[Contoso] Information: adatum.test is verified');
  await severalRounds();
  expect(mail.received).toHaveLength(1);
});

test('news that was taken back before it was mailed is not mailed', async () => {
  await world.platform.alerts.raise(verified);
  await world.platform.alerts.resolve(verified.code);
  clock.advance(24 * 60 * MINUTE);
  await severalRounds();
  expect(mail.received).toHaveLength(0);
});

test('a stop does not wait for a mail server that says nothing, and loses nothing', async () => {
  mail.refusals.rcptTo.set('ada@contoso.test', 'silence');
  await mailer.stop();
  parts = { ...parts, sender: new NodemailerSender(mail.caFile, { connectMs: 60_000, silenceMs: 3_600_000 }) };
  await world.platform.alerts.raise(broken);
  clock.advance(MINUTE);
  await restart();
  await severalRounds();
  await mailer.stop();
  expect(await readNotifications(world.platform)).toMatchObject({ failedAttempts: 0, problem: null });
  mail.refusals.rcptTo.clear();
  await restart();
  await mails(1);
});

test('a restart neither repeats nor loses', async () => {
  await world.platform.alerts.raise(broken);
  clock.advance(MINUTE);
  await mails(1);
  await mailer.stop();
  await world.platform.alerts.raise(rejected);
  clock.advance(MINUTE);
  await restart();
  await mails(2);
  await severalRounds();
  expect(subjects()).toEqual([
    '[Contoso] Critical: Isthmus lacks permissions in the tenant',
    '[Contoso] Warning: A password was refused',
  ]);
});

test('a server that died after the mail was taken sends it again under the same name', async () => {
  await world.platform.alerts.raise(broken);
  clock.advance(MINUTE);
  await mails(1);
  await mailer.stop();
  await world.database.deleteFrom('mailed_alert').execute();
  await restart();
  await mails(2);
  const [first, second] = mail.received.map(({ raw }) => decodeMail(raw).messageId);
  expect(second).toBe(first);
});

test('a mail server that is away is tried again, told of in the dashboard, never by mail, and forgiven', async () => {
  await mail.halt();
  await world.platform.alerts.raise(broken);
  const waits = [1, 1, 2, 5];
  for (const [failures, minutes] of waits.entries()) {
    expect(await openCodes()).toEqual(
      failures > 2 ? ['integration.broken', 'notifications.not-sent'] : ['integration.broken'],
    );
    clock.advance(minutes * MINUTE);
    await vi.waitFor(async () =>
      expect(await readNotifications(world.platform)).toMatchObject({
        failedAttempts: failures + 1,
        problem: { code: 'notifications.connection-refused' },
      }),
    );
  }
  await mail.resume();
  await severalRounds();
  expect(mail.received).toHaveLength(0);
  clock.advance(15 * MINUTE);
  await mails(1);
  await vi.waitFor(async () => expect(await openCodes()).toEqual(['integration.broken']));
  expect(last().text).not.toContain('by e-mail');
  clock.advance(60 * MINUTE);
  await severalRounds();
  expect(mail.received).toHaveLength(1);
});

test('when what was to be told is over, the mail server is still tried, so that its alert ends', async () => {
  await mail.halt();
  await world.platform.alerts.raise(broken);
  for (const [failures, minutes] of [1, 1, 2].entries()) {
    clock.advance(minutes * MINUTE);
    await vi.waitFor(async () => expect((await readNotifications(world.platform)).failedAttempts).toBe(failures + 1));
  }
  await vi.waitFor(async () => expect(await openCodes()).toContain('notifications.not-sent'));
  await world.platform.alerts.resolve(broken.code);
  await mail.resume();
  clock.advance(60 * MINUTE);
  await vi.waitFor(async () => expect(await openCodes()).toEqual([]));
  expect(mail.received).toHaveLength(0);
});

test('who does not get it is told in the dashboard, until everybody does', async () => {
  mail.refusals.rcptTo.set('ben@contoso.test', '550 No such user');
  await world.platform.alerts.raise(broken);
  clock.advance(MINUTE);
  await mails(1);
  await vi.waitFor(async () => expect(await openCodes()).toEqual(['integration.broken', 'notifications.not-taken']));
  expect((await readNotifications(world.platform)).problem?.message).toContain('ben@contoso.test');
  mail.refusals.rcptTo.clear();
  await world.platform.alerts.raise(rejected);
  clock.advance(MINUTE);
  await mails(2);
  await vi.waitFor(async () => expect(await openCodes()).not.toContain('notifications.not-taken'));
});
