import { z } from 'zod';
import { csvQuerySchema, idParamsSchema, idSchema, instantSchema, noticeSchema } from './common.ts';
import { defineOperation } from './operation.ts';

export const setupTaskSchema = z.object({
  id: z.enum(['connect-directory', 'integrate', 'add-online-accounts', 'capture-passwords', 'second-administrator']),
  state: z.enum(['not-started', 'in-progress', 'done', 'not-needed']),
  count: z.number().int().nullable().describe('People concerned, where it applies'),
});

export const healthSchema = z.object({
  id: z.enum(['directory', 'microsoft365', 'passwords', 'licenses', 'server-certificate', 'database']),
  state: z.enum(['good', 'warning', 'bad', 'unknown', 'not-set-up']),
  checkedAt: instantSchema.nullable(),
  notice: noticeSchema.nullable(),
});

export const alertSchema = z.object({
  id: idSchema,
  code: z.string(),
  severity: z
    .enum(['critical', 'warning', 'information'])
    .describe('information: nothing is wrong, but somebody may wait to hear it'),
  state: z.enum(['active', 'ignored', 'resolved']),
  title: z.string(),
  detail: z.string(),
  remedy: z.string().nullable(),
  since: instantSchema,
  subjectUserId: idSchema.nullable().describe('The person; for codes that begin with `groups.` the group'),
  subject: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

export const homeSchema = z.object({
  organization: z.string(),
  tasks: z.array(setupTaskSchema),
  health: z.array(healthSchema),
  counts: z.object({
    people: z.number().int(),
    active: z.number().int(),
    linked: z.number().int(),
    withoutOnlineAccount: z.number().int(),
  }),
  alerts: z.array(alertSchema),
  runningJobs: z.number().int(),
});
export type Home = z.infer<typeof homeSchema>;

/** What the event stream `/api/v1/events` tells: only that something is to be read again, and job progress. */
export const liveEventSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('users'), ids: z.array(idSchema).nullable().describe('null = many') }),
  z.object({ topic: z.literal('job'), id: idSchema }),
  z.object({ topic: z.literal('jobs') }),
  z.object({ topic: z.literal('sync') }),
  z.object({ topic: z.literal('integration') }),
  z.object({ topic: z.literal('alerts') }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const homeOperations = {
  getHome: defineOperation({
    id: 'getHome',
    method: 'GET',
    path: '/home',
    feature: 'home',
    summary: 'Set-up tasks, health and numbers.',
    permission: 'users.read',
    response: homeSchema,
  }),
  listAlerts: defineOperation({
    id: 'listAlerts',
    method: 'GET',
    path: '/alerts',
    feature: 'alerts',
    summary: 'Alerts, worst first.',
    permission: 'users.read',
    response: z.object({ items: z.array(alertSchema), total: z.number().int() }),
  }),
  exportAlerts: defineOperation({
    id: 'exportAlerts',
    method: 'GET',
    path: '/alerts.csv',
    feature: 'alerts',
    summary: 'The alerts as a CSV file, safe to open in a spreadsheet.',
    permission: 'users.read',
    query: csvQuerySchema,
    produces: 'text/csv',
  }),
  ignoreAlert: defineOperation({
    id: 'ignoreAlert',
    method: 'POST',
    path: '/alerts/:id/ignore',
    feature: 'alerts',
    summary: 'Keeps the alert in the list, but out of the health.',
    permission: 'alerts.write',
    params: idParamsSchema,
    response: alertSchema,
  }),
  enableAlert: defineOperation({
    id: 'enableAlert',
    method: 'POST',
    path: '/alerts/:id/enable',
    feature: 'alerts',
    summary: 'Counts an ignored alert again.',
    permission: 'alerts.write',
    params: idParamsSchema,
    response: alertSchema,
  }),
};
