import { z } from 'zod';
import { instantSchema, noticeSchema } from './common.ts';
import { defineOperation } from './operation.ts';

/** TLS from the first byte, TLS begun by STARTTLS and demanded, or none at all. */
export const mailEncryptions = ['tls', 'starttls', 'none'] as const;
export type MailEncryption = (typeof mailEncryptions)[number];

/** The usual port of each (RFC 8314, RFC 6409, RFC 5321). */
export const usualMailPorts: Readonly<Record<MailEncryption, number>> = { tls: 465, starttls: 587, none: 25 };

/** From which severity on an alert is mailed. */
export const mailedSeverities = ['warning', 'critical'] as const;
export type MailedSeverity = (typeof mailedSeverities)[number];

const MOST_RECIPIENTS = 20;

/** A host name or an address without brackets; nothing that could end a line. */
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/;

export const mailHostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .regex(HOST, 'A host name or an IP address, without a port');

/** One address, without a name before it; the length is that of RFC 5321, 4.5.3.1.3. */
export const mailAddressSchema = z.email('An address such as admin@contoso.com').max(254);

/** Addresses as people type them: separated by semicolons, commas or lines; each once. */
export function splitRecipients(text: string): string[] {
  const typed = text.split(/[;,\s]+/).filter((part) => part !== '');
  return typed.filter((one, at) => typed.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === at);
}

/** True for a server on this very machine, where nothing passes a network. */
export function isLoopbackHost(server: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(server.trim());
}

export const notificationSettingsSchema = z.object({
  server: mailHostSchema,
  port: z.number().int().min(1).max(65_535),
  encryption: z.enum(mailEncryptions),
  unprotected: z
    .boolean()
    .default(false)
    .describe('Agreed that mail, name and password go over the network readable; only needed for `none` elsewhere'),
  user: z.string().trim().min(1).max(256).nullable().default(null).describe('null = without signing in'),
  from: mailAddressSchema,
  recipients: z.array(mailAddressSchema).min(1).max(MOST_RECIPIENTS),
  severity: z.enum(mailedSeverities).default('warning').describe('The least that is mailed'),
  news: z.boolean().default(true).describe('Mail what people wait for as well, such as a domain that is verified'),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

/**
 * True when a password given for the first may be used for the second: it is never shown to another server, port or
 * user, nor sent readable after it was given for an encrypted connection.
 */
export function keepsPassword(
  before: Pick<NotificationSettings, 'server' | 'port' | 'user' | 'encryption'>,
  after: NotificationSettings,
): boolean {
  const same = before.server === after.server && before.port === after.port && before.user === after.user;
  return same && (after.encryption !== 'none' || before.encryption === 'none');
}

export const notificationsViewSchema = z.object({
  settings: notificationSettingsSchema.nullable().describe('null = nobody is written to'),
  hasPassword: z.boolean(),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
  lastSentAt: instantSchema.nullable().describe('When the last mail about alerts was taken by the server'),
  failedAttempts: z.number().int().describe('In a row; 0 = all is well'),
  nextAttemptAt: instantSchema.nullable(),
  problem: noticeSchema.nullable().describe('Why the last attempt failed, or whom the server did not take'),
});
export type NotificationsView = z.infer<typeof notificationsViewSchema>;

const feature = 'notifications';

export const notificationOperations = {
  getNotifications: defineOperation({
    id: 'getNotifications',
    method: 'GET',
    path: '/notifications',
    feature,
    summary: 'Who gets alerts by e-mail and through which server; never the password.',
    permission: 'users.read',
    response: notificationsViewSchema,
  }),
  setNotifications: defineOperation({
    id: 'setNotifications',
    method: 'PUT',
    path: '/notifications',
    feature,
    summary: 'Keeps the settings after a test message was taken; a dry run signs in, sends nothing and keeps nothing.',
    permission: 'settings.write',
    query: z.object({
      dryRun: z.stringbool().default(false).describe('Try the server without a message, and keep nothing'),
      skipTest: z.stringbool().default(false).describe('Do not try the server'),
    }),
    body: notificationSettingsSchema.extend({
      password: z.string().min(1).max(1024).optional().describe('Left out: the one that is kept for this server'),
    }),
    response: z.object({ done: z.boolean(), tested: z.boolean(), notifications: notificationsViewSchema }),
  }),
  testNotifications: defineOperation({
    id: 'testNotifications',
    method: 'POST',
    path: '/notifications/test',
    feature,
    summary: 'Sends a test message with the settings that are kept.',
    permission: 'settings.write',
    response: z.object({ recipients: z.array(z.string()) }),
  }),
  turnOffNotifications: defineOperation({
    id: 'turnOffNotifications',
    method: 'DELETE',
    path: '/notifications',
    feature,
    summary: 'Writes to nobody any more; settings and password are destroyed.',
    permission: 'settings.write',
  }),
};
