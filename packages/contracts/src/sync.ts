import { z } from 'zod';
import { freshnessSchema, idParamsSchema, idSchema, instantSchema, noticeSchema, pageOf } from './common.ts';
import { driftPolicies, managedFields } from './driftPolicies.ts';
import { defineOperation } from './operation.ts';
import { actionTypeSchema, planItemSchema, planSchema } from './plans.ts';
import { notManagedReasonSchema } from './syncSettings.ts';

/** A pass that the delete guard stopped; nothing of it was done. */
export const heldPassSchema = z.object({
  id: idSchema,
  heldAt: instantSchema,
  limit: z.number().int(),
  items: z.array(planItemSchema.extend({ key: z.string() })),
});

/** Somebody for whom it failed: tried again later, and nobody waits for it. */
const setAsideSchema = z.object({
  userId: idSchema,
  name: z.string(),
  attempts: z.number().int(),
  nextAt: instantSchema,
  problem: noticeSchema,
});

export const passCauseSchema = z.enum([
  'directory-changed',
  'online-changed',
  'comparison',
  'nightly-comparison',
  'asked',
  'settings-changed',
  'follow-up',
]);
export type PassCause = z.infer<typeof passCauseSchema>;

/** One pass that did something, failed for somebody, or was asked for. */
export const syncPassSchema = z.object({
  id: idSchema,
  at: instantSchema,
  cause: passCauseSchema,
  durationMs: z.number(),
  looked: z.number().int().describe('People whose plan was made'),
  corrected: z.number().int().describe('People whose copy a full comparison put right'),
  actions: z.number().int(),
  failed: z.number().int(),
  /** What was done, person by person; at most 50 people. */
  people: z.array(
    z.object({ userId: idSchema, name: z.string(), done: z.array(actionTypeSchema), problem: z.string().nullable() }),
  ),
});
export type SyncPass = z.infer<typeof syncPassSchema>;

/** One person as the pass sees the person now. */
export const syncPersonSchema = z.object({
  userId: idSchema,
  name: z.string(),
  notManaged: notManagedReasonSchema.nullable(),
  setAside: setAsideSchema.nullable(),
  /** What is still to be done or to be told; null = in step. */
  item: planItemSchema.nullable(),
  /** What a run asked for just now has done. */
  done: z.array(actionTypeSchema),
});
export type SyncPerson = z.infer<typeof syncPersonSchema>;

export const syncStatusSchema = z.object({
  state: z.enum(['not-integrated', 'in-step', 'working', 'held', 'paused', 'offline']),
  directory: freshnessSchema.extend({
    server: z.string().nullable(),
    people: z.number().int(),
    /** Since when and why this domain controller is in use; null before the first reading. */
    controller: z
      .object({
        since: instantSchema,
        reason: z.enum(['chosen', 'failed-over', 'restored']),
        previous: z.string().nullable(),
        /** People whom it does not know and who are kept all the same. */
        missing: z.number().int(),
      })
      .nullable(),
  }),
  online: freshnessSchema.extend({ people: z.number().int() }),
  linked: z.number().int(),
  lastPass: z
    .object({ at: instantSchema, durationMs: z.number(), actions: z.number().int(), failed: z.number().int() })
    .nullable(),
  held: heldPassSchema.nullable(),
  setAside: z.array(setAsideSchema),
  passwordCapture: z.object({
    /** `not-possible`: Windows domain controllers do not hand out passwords. */
    state: z.enum(['ready', 'not-configured', 'not-possible', 'broken', 'silent']),
    detail: z.string(),
    lastSeenAt: instantSchema.nullable(),
    waiting: z.number().int(),
    rejected: z.number().int(),
  }),
  problem: noticeSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const managedFieldSchema = z.enum(managedFields);
export const driftPolicySchema = z.enum(driftPolicies);

/** One difference; `online` and `anchor` are about the account and its link as a whole. */
export const differenceSchema = z.object({
  field: z.enum([...managedFields, 'online', 'anchor']),
  directory: z.string().nullable(),
  online: z.string().nullable(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const driftSchema = z.object({
  policies: z.array(z.object({ field: managedFieldSchema, policy: driftPolicySchema, isStandard: z.boolean() })),
  people: z.array(z.object({ userId: idSchema, name: z.string(), differences: z.array(differenceSchema) })),
  /** How many people differ; `people` holds at most 200 of them. */
  total: z.number().int(),
});
export type Drift = z.infer<typeof driftSchema>;

const feature = 'sync';

export const syncOperations = {
  getSyncStatus: defineOperation({
    id: 'getSyncStatus',
    method: 'GET',
    path: '/sync',
    feature,
    summary: 'Both mirrors, the last pass, the guard and the password capture.',
    permission: 'sync.read',
    response: syncStatusSchema,
  }),
  getSyncPlan: defineOperation({
    id: 'getSyncPlan',
    method: 'GET',
    path: '/sync/plan',
    feature,
    summary: 'What the next pass would do.',
    permission: 'sync.read',
    response: planSchema,
  }),
  runSync: defineOperation({
    id: 'runSync',
    method: 'POST',
    path: '/sync/run',
    feature,
    summary: 'Reads both sides again now and does what the plan says.',
    permission: 'sync.write',
    body: z.object({ full: z.boolean().default(false) }),
    response: syncStatusSchema,
  }),
  listSyncPasses: defineOperation({
    id: 'listSyncPasses',
    method: 'GET',
    path: '/sync/passes',
    feature,
    summary: 'The last passes, newest first: when, why, how long and what was done.',
    permission: 'sync.read',
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: pageOf(syncPassSchema),
  }),
  getSyncPerson: defineOperation({
    id: 'getSyncPerson',
    method: 'GET',
    path: '/sync/people/:id',
    feature,
    summary: 'What the next pass would do for one person.',
    permission: 'sync.read',
    params: idParamsSchema,
    response: syncPersonSchema,
  }),
  runSyncPerson: defineOperation({
    id: 'runSyncPerson',
    method: 'POST',
    path: '/sync/people/:id/run',
    feature,
    summary: 'Reads what changed on both sides and brings one person into line now.',
    permission: 'sync.write',
    params: idParamsSchema,
    response: syncPersonSchema,
  }),
  pauseSync: defineOperation({
    id: 'pauseSync',
    method: 'POST',
    path: '/sync/pause',
    feature,
    summary: 'Stops acting on changes; the mirrors go on, passwords go on.',
    permission: 'sync.write',
    response: syncStatusSchema,
  }),
  resumeSync: defineOperation({
    id: 'resumeSync',
    method: 'POST',
    path: '/sync/resume',
    feature,
    summary: 'Acts on changes again.',
    permission: 'sync.write',
    response: syncStatusSchema,
  }),
  getDrift: defineOperation({
    id: 'getDrift',
    method: 'GET',
    path: '/sync/drift',
    feature,
    summary:
      'Who shows other values in Microsoft 365 than in the directory, and what is done about it, field by field.',
    permission: 'sync.read',
    response: driftSchema,
  }),
  decideHeldPass: defineOperation({
    id: 'decideHeldPass',
    method: 'POST',
    path: '/sync/held/:id',
    feature,
    summary: 'Approves or keeps, person by person, what the delete guard stopped.',
    permission: 'users.remove',
    params: z.object({ id: idSchema }),
    body: z.object({ approve: z.array(z.string()).max(10_000), keep: z.array(z.string()).max(10_000) }),
    response: syncStatusSchema,
  }),
};
