import { randomUUID } from 'node:crypto';
import {
  type FieldChange,
  isLoopbackHost,
  keepsPassword,
  type NotificationSettings,
  splitRecipients,
} from '@isthmus/contracts';
import { DomainError, type Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { composeTestMail } from './composeMail.ts';
import type { MailServer } from './MailSender.ts';
import { recipientsRefused } from './mailProblem.ts';
import { letterheadOf, type NotificationParts } from './NotificationParts.ts';
import { tellOfDelivery } from './ownAlerts.ts';
import {
  findStored,
  openServer,
  plainSettings,
  putStored,
  removeStored,
  type StoredSettings,
  secretName,
} from './storedSettings.ts';

interface By {
  readonly actor: Actor;
  readonly requestId: string;
}

export interface NotificationsRequest {
  readonly settings: NotificationSettings;
  /** Undefined: the one that is kept, when it is for the same server and user. */
  readonly password: Secret | undefined;
  readonly dryRun: boolean;
  readonly skipTest: boolean;
}

/** @throws DomainError `notifications.unprotected` */
function demandProtected({ encryption, server, unprotected }: NotificationSettings): void {
  if (encryption !== 'none' || isLoopbackHost(server) || unprotected) return;
  throw new DomainError({
    code: 'notifications.unprotected',
    message: `Without encryption, everybody between here and ${server} can read the mail, the user name and the password.`,
    remedy: 'Choose TLS or STARTTLS, or agree to it explicitly.',
    field: 'unprotected',
  });
}

/** @throws DomainError `notifications.user-missing`, `notifications.password-needed` */
async function settleSignIn(
  platform: Platform,
  before: StoredSettings | undefined,
  { settings, password }: NotificationsRequest,
): Promise<{ readonly signIn: MailServer['signIn']; readonly kept: boolean }> {
  const { user } = settings;
  if (user === null) {
    if (password === undefined) return { signIn: undefined, kept: false };
    throw new DomainError({
      code: 'notifications.user-missing',
      message: 'There is a password, but no user name.',
      remedy: 'Give the user name as well, or leave out the password.',
      field: 'user',
    });
  }
  if (password !== undefined) return { signIn: { user, password }, kept: false };
  const known =
    before !== undefined && keepsPassword(before, settings) ? await openServer(platform, before) : undefined;
  if (known?.signIn !== undefined) return { signIn: known.signIn, kept: true };
  throw new DomainError({
    code: 'notifications.password-needed',
    message: 'The password is missing. The one that is kept is used for the same server, port and user alone.',
    remedy: 'Give the password, or sign in without a user name.',
    field: 'password',
  });
}

async function sendTest(
  parts: NotificationParts,
  server: MailServer,
  settings: NotificationSettings,
  by: By,
): Promise<void> {
  const letterhead = await letterheadOf(parts, settings);
  const refused = await parts.sender.send(
    server,
    composeTestMail(letterhead, by.actor.displayName, parts.platform.clock.now()),
  );
  if (refused.length > 0) throw recipientsRefused(refused);
}

const shown: Readonly<Record<keyof NotificationSettings, (settings: NotificationSettings) => string>> = {
  server: ({ server }) => server,
  port: ({ port }) => String(port),
  encryption: ({ encryption }) => encryption,
  unprotected: ({ unprotected }) => String(unprotected),
  user: ({ user }) => user ?? '',
  from: ({ from }) => from,
  recipients: ({ recipients }) => recipients.join('; '),
  severity: ({ severity }) => severity,
  news: ({ news }) => String(news),
};

function changesOf(
  before: StoredSettings | undefined,
  after: NotificationSettings,
  newPassword: boolean,
): FieldChange[] {
  const changes = Object.entries(shown).map(([field, show]) => ({
    field,
    before: before === undefined ? null : show(before),
    after: show(after),
  }));
  // That it is another one, never what it is.
  const password = newPassword ? [{ field: 'password', before: null, after: '••••' }] : [];
  return [...changes.filter((change) => change.before !== change.after), ...password];
}

/** The password first: settings that name one which is not there would look usable and could not be used. */
async function save(
  platform: Platform,
  before: StoredSettings | undefined,
  settings: NotificationSettings,
  password: Secret | undefined,
  by: By,
): Promise<void> {
  const { secrets, clock } = platform;
  const keepsPassword = password === undefined && settings.user !== null;
  const passwordId = password === undefined ? null : randomUUID();
  if (password !== undefined && passwordId !== null) await secrets.put(secretName(passwordId), password);
  const now = clock.now().toISOString();
  await putStored(platform, {
    ...settings,
    id: randomUUID(),
    passwordId: keepsPassword ? (before?.passwordId ?? null) : passwordId,
    turnedOnAt: before?.turnedOnAt ?? now,
    changedAt: now,
    changedBy: by.actor.userName,
  });
  if (!keepsPassword && before !== undefined && before.passwordId !== null) {
    await secrets.remove(secretName(before.passwordId));
  }
}

/**
 * Keeps the settings once a test message was taken; a dry run connects and signs in alone.
 * @returns whether they were kept, and whether the server was tried
 * @throws DomainError of the check of the settings, or of the trial
 */
export async function setNotifications(
  parts: NotificationParts,
  request: NotificationsRequest,
  by: By,
): Promise<{ readonly done: boolean; readonly tested: boolean }> {
  const { platform, sender } = parts;
  const settings = { ...request.settings, recipients: splitRecipients(request.settings.recipients.join(';')) };
  demandProtected(settings);
  const before = await findStored(platform);
  const { signIn, kept } = await settleSignIn(platform, before, { ...request, settings });
  const server: MailServer = { host: settings.server, port: settings.port, encryption: settings.encryption, signIn };
  const tested = !request.skipTest;
  if (tested) await (request.dryRun ? sender.check(server) : sendTest(parts, server, settings, by));
  if (request.dryRun) return { done: false, tested };
  await save(platform, before, settings, kept ? undefined : signIn?.password, by);
  await tellOfDelivery(platform, { failedAttempts: 0, problem: null });
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'notifications.set',
    sentence: before === undefined ? 'Turned alerts by e-mail on' : 'Changed who gets alerts by e-mail, and how',
    changes: changesOf(before, settings, !kept && signIn !== undefined),
    result: 'done',
    requestId: by.requestId,
  });
  platform.events.publish({ topic: 'alerts' });
  return { done: true, tested };
}

/** Sends a test message with the settings that are kept. @throws DomainError `notifications.off`, or of the trial */
export async function testNotifications(parts: NotificationParts, by: By): Promise<{ recipients: string[] }> {
  const { platform } = parts;
  const stored = await findStored(platform);
  if (stored === undefined) {
    throw new DomainError({
      code: 'notifications.off',
      message: 'Alerts by e-mail are not set up.',
      remedy: 'Give a mail server and recipients first.',
    });
  }
  const entry = {
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'notifications.test',
    requestId: by.requestId,
  };
  const to = stored.recipients.join(', ');
  try {
    await sendTest(parts, await openServer(platform, stored), plainSettings(stored), by);
  } catch (error) {
    const sentence = `Could not send a test message to ${to}`;
    await platform.audit.record({ ...entry, sentence, result: 'failed' });
    throw error;
  }
  await platform.audit.record({ ...entry, sentence: `Sent a test message to ${to}`, result: 'done' });
  return { recipients: stored.recipients };
}

/** Writes to nobody any more, and destroys settings and password. Off already is no error. */
export async function turnOffNotifications({ platform }: NotificationParts, by: By): Promise<void> {
  const stored = await findStored(platform);
  if (stored === undefined) return;
  await removeStored(platform);
  if (stored.passwordId !== null) await platform.secrets.remove(secretName(stored.passwordId));
  await tellOfDelivery(platform, { failedAttempts: 0, problem: null });
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'notifications.off',
    sentence: 'Turned alerts by e-mail off',
    result: 'done',
    requestId: by.requestId,
  });
  platform.events.publish({ topic: 'alerts' });
}
