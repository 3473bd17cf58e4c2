import { z } from 'zod';
import {
  csvQuerySchema,
  exportQuerySchema,
  idParamsSchema,
  idSchema,
  instantSchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
} from './common.ts';
import { defineOperation } from './operation.ts';

export const jobStateSchema = z.enum([
  'waiting',
  'running',
  'done',
  'done-with-problems',
  'failed',
  'cancelled',
  'interrupted',
]);
export type JobState = z.infer<typeof jobStateSchema>;

export const jobKindSchema = z.enum([
  'add-user',
  'import-online-accounts',
  'import-users',
  'change-user',
  'deactivate-users',
  'activate-users',
  'lock-users',
  'remove-users',
  'offboard-users',
  'restore-users',
  'reset-password',
  'unlock-user',
  'create-online-accounts',
  'assign-online-account',
  'unassign-online-accounts',
  'unlink-online-accounts',
  'block-online-accounts',
  'allow-online-accounts',
  'remove-online-accounts',
  'restore-online-accounts',
  'change-licenses',
  'set-mail-addresses',
  'change-sign-in-names',
  'set-up-integration',
  'synchronize',
  'deliver-password',
]);
export type JobKind = z.infer<typeof jobKindSchema>;

export const jobSchema = z.object({
  id: idSchema,
  kind: jobKindSchema,
  title: z.string(),
  state: jobStateSchema,
  startedBy: z.string().describe('Who: a person, or `Isthmus` for work of its own'),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  step: z.string().nullable().describe('What it is doing now'),
  counts: z.object({
    total: z.number().int(),
    done: z.number().int(),
    unchanged: z.number().int().describe('Already as wanted'),
    failed: z.number().int(),
  }),
  /** Why it waits, or why it failed as a whole. */
  problem: noticeSchema.nullable(),
  may: z.object({ cancel: z.boolean(), retry: z.boolean() }),
});
export type Job = z.infer<typeof jobSchema>;

export const jobItemSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  name: z.string(),
  subjectUserId: idSchema.nullable(),
  address: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'unchanged', 'failed', 'cancelled']),
  step: z.string().nullable().describe('Action it is at, or failed at'),
  problem: noticeSchema.nullable(),
  endedAt: instantSchema.nullable(),
});
export type JobItem = z.infer<typeof jobItemSchema>;

const feature = 'jobs';

export const jobOperations = {
  listJobs: defineOperation({
    id: 'listJobs',
    method: 'GET',
    path: '/jobs',
    feature,
    summary: 'Jobs, newest first. Filters: running, problems.',
    permission: 'jobs.read',
    query: listQuerySchema,
    response: pageOf(jobSchema),
  }),
  exportJobs: defineOperation({
    id: 'exportJobs',
    method: 'GET',
    path: '/jobs.csv',
    feature,
    summary: 'The list of jobs as a CSV file, safe to open in a spreadsheet.',
    permission: 'jobs.read',
    query: exportQuerySchema,
    produces: 'text/csv',
  }),
  getJob: defineOperation({
    id: 'getJob',
    method: 'GET',
    path: '/jobs/:id',
    feature,
    summary: 'One job; with `wait`, answers when it ended or the seconds are over.',
    permission: 'jobs.read',
    params: idParamsSchema,
    query: z.object({ wait: z.coerce.number().min(0).max(30).default(0) }),
    response: jobSchema,
  }),
  listJobItems: defineOperation({
    id: 'listJobItems',
    method: 'GET',
    path: '/jobs/:id/items',
    feature,
    summary: 'What the job did for each one. Filters: failed, done, waiting.',
    permission: 'jobs.read',
    params: idParamsSchema,
    query: listQuerySchema,
    response: pageOf(jobItemSchema),
  }),
  downloadJobResults: defineOperation({
    id: 'downloadJobResults',
    method: 'GET',
    path: '/jobs/:id/results.csv',
    feature,
    summary: 'The results as a CSV file, safe to open in a spreadsheet.',
    permission: 'jobs.read',
    params: idParamsSchema,
    query: csvQuerySchema,
    produces: 'text/csv',
  }),
  cancelJob: defineOperation({
    id: 'cancelJob',
    method: 'POST',
    path: '/jobs/:id/cancel',
    feature,
    summary: 'Stops before the next item; what is done stays done.',
    permission: 'jobs.write',
    params: idParamsSchema,
    response: jobSchema,
  }),
  retryJob: defineOperation({
    id: 'retryJob',
    method: 'POST',
    path: '/jobs/:id/retry',
    feature,
    summary: 'Starts a new job for the failed items only.',
    permission: 'jobs.write',
    params: idParamsSchema,
    response: jobSchema,
    status: 202,
  }),
};
