import { readFile } from 'node:fs/promises';
import type { ApiClient } from '@isthmus/api-client';
import {
  keepsPassword,
  type MailEncryption,
  type MailedSeverity,
  mailEncryptions,
  mailedSeverities,
  type NotificationSettings,
  type NotificationsView,
  splitRecipients,
  usualMailPorts,
} from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type Context } from '../../command.ts';
import { readSecret } from '../../connection/readSecret.ts';
import { ago } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';
import { UsageError } from '../../UsageError.ts';

export interface SetOptions {
  readonly server?: string;
  readonly port?: string;
  readonly encryption?: MailEncryption;
  readonly unprotected?: boolean;
  /** False: without signing in. */
  readonly user?: string | false;
  readonly passwordFile?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly severity?: MailedSeverity;
  readonly news?: boolean;
  /** False: keep without a test message. */
  readonly test?: boolean;
  readonly dryRun?: boolean;
}

function demand<Value>(value: Value | undefined, option: string): Value {
  if (value !== undefined) return value;
  throw new UsageError(`${option} is needed the first time.`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port)) return port;
  throw new UsageError(`${text} is no port.`);
}

/** What was given, and for the rest what is set. @throws UsageError */
export function settingsOf(before: NotificationSettings | null, options: SetOptions): NotificationSettings {
  const encryption = options.encryption ?? before?.encryption ?? 'starttls';
  const keptPort = before?.encryption === encryption ? before.port : usualMailPorts[encryption];
  const recipients = options.to === undefined ? before?.recipients : splitRecipients(options.to.join(';'));
  return {
    server: demand(options.server ?? before?.server, '--server'),
    port: options.port === undefined ? keptPort : portOf(options.port),
    encryption,
    unprotected: options.unprotected ?? (encryption === 'none' && before?.unprotected === true),
    user: options.user === false ? null : (options.user ?? before?.user ?? null),
    from: demand(options.from ?? before?.from, '--from'),
    recipients: demand(recipients, '--to'),
    severity: options.severity ?? before?.severity ?? 'warning',
    news: options.news ?? before?.news ?? true,
  };
}

/** True when there is no password for these settings yet. */
export function needsPassword(
  { settings: before, hasPassword }: NotificationsView,
  after: NotificationSettings,
): boolean {
  if (after.user === null) return false;
  return !(hasPassword && before !== null && keepsPassword(before, after));
}

/** From a file, or typed without being shown; never from the command line, where others could read it. */
async function readPassword(
  view: NotificationsView,
  settings: NotificationSettings,
  file: string | undefined,
): Promise<{ password?: string }> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((error: Error) => {
      throw new UsageError(`The file ${file} cannot be read: ${error.message}`);
    });
    return { password: text.replace(/\r?\n$/, '') };
  }
  if (!needsPassword(view, settings)) return {};
  return { password: (await readSecret(`Password of ${settings.user} at ${settings.server}: `)).reveal() };
}

function show(output: Output, view: NotificationsView): void {
  const { settings, problem } = view;
  if (settings === null) {
    output.line('Nobody gets alerts by e-mail. Turn it on with: isthmus notifications set');
    return;
  }
  output.properties([
    ['Server', `${settings.server}:${settings.port}, ${settings.encryption}`],
    [
      'Signs in',
      settings.user === null ? 'no' : `as ${settings.user}, password ${view.hasPassword ? 'kept' : 'missing'}`,
    ],
    ['From', settings.from],
    ['To', settings.recipients.join('; ')],
    [
      'Mailed',
      `${settings.severity === 'critical' ? 'critical alerts' : 'critical alerts and warnings'}${settings.news ? ', and news' : ''}`,
    ],
    ['Changed', view.changedAt === null ? '' : `${ago(view.changedAt)} by ${view.changedBy}`],
    ['Last mail', ago(view.lastSentAt)],
    ...(view.failedAttempts === 0
      ? []
      : ([['Failed', `${view.failedAttempts} in a row, next attempt ${ago(view.nextAttemptAt)}`]] as const)),
  ]);
  if (problem !== null) output.notice('Problem', problem);
}

async function read({ api, output }: Context): Promise<undefined> {
  const view = await (await api()).call('getNotifications', {});
  output.result(view, () => show(output, view));
  return undefined;
}

function send(client: ApiClient, body: NotificationSettings & { password?: string }, options: SetOptions) {
  const query = {
    ...(options.dryRun === true ? { dryRun: 'true' } : {}),
    ...(options.test === false ? { skipTest: 'true' } : {}),
  };
  return client.call('setNotifications', { query, body });
}

async function set({ api, output }: Context, options: SetOptions): Promise<undefined> {
  const client = await api();
  const view = await client.call('getNotifications', {});
  const settings = settingsOf(view.settings, options);
  const password = await readPassword(view, settings, options.passwordFile);
  const result = await send(client, { ...settings, ...password }, options);
  output.result(result, () => {
    if (!result.done) {
      output.line(
        result.tested ? 'The mail server can be used so. Nothing was sent or changed.' : 'Nothing was changed.',
      );
      return;
    }
    if (result.tested) output.line(`A test message was sent to ${settings.recipients.join(', ')}.`);
    show(output, result.notifications);
  });
  return undefined;
}

async function test({ api, output }: Context): Promise<undefined> {
  const result = await (await api()).call('testNotifications', {});
  output.result(result, () => output.line(`A test message was sent to ${result.recipients.join(', ')}.`));
  return undefined;
}

async function off({ api, output }: Context): Promise<undefined> {
  await (await api()).call('turnOffNotifications', {});
  output.result({ off: true }, () => output.line('Nobody gets alerts by e-mail any more; the password is destroyed.'));
  return undefined;
}

export function addNotificationCommands(program: Command): void {
  const noun = program.command('notifications').description('alerts by e-mail');
  noun.command('show').description('who gets them and through which server').action(action(read));
  noun
    .command('set')
    .description('turn them on, or change what is given; a test message is sent first')
    .option('--server <host>', 'mail server')
    .option('--port <port>', 'its port; left out, the usual one for the encryption')
    .addOption(new Option('--encryption <kind>', 'how it is spoken to').choices(mailEncryptions))
    .option('--unprotected', 'agree that mail and password go over the network readable (with --encryption none)')
    .option('--user <name>', 'sign in as; the password is asked for, or read from a file')
    .option('--no-user', 'do not sign in')
    .option('--password-file <file>', 'file with the password')
    .option('--from <address>', 'sender')
    .option('--to <addresses...>', 'recipients, also separated by semicolons')
    .addOption(new Option('--severity <severity>', 'the least that is mailed').choices(mailedSeverities))
    .option('--news', 'mail what people wait for as well, such as a domain that is verified')
    .option('--no-news', 'mail alerts alone')
    .option('--no-test', 'keep the settings without a test message')
    .option('--dry-run', 'try the server without a message, and keep nothing')
    .action(action(set));
  noun.command('test').description('send a test message').action(action(test));
  noun.command('off').description('write to nobody any more; forget server and password').action(action(off));
}
