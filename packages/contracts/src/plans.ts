import { z } from 'zod';
import { idSchema, noticeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

/** Everything Isthmus can do to a person on either side; the vocabulary of plans, jobs, audit and timeline. */
export const actionTypeSchema = z.enum([
  'directory.add-user',
  'directory.change-user',
  'directory.enable',
  'directory.disable',
  'directory.set-password',
  'directory.unlock',
  'directory.remove-user',
  'directory.add-to-group',
  'directory.remove-from-group',
  'online.create',
  'online.change',
  'online.allow-sign-in',
  'online.block-sign-in',
  'online.revoke-sessions',
  'online.set-password',
  'online.set-addresses',
  'online.change-mailbox',
  'online.assign-licenses',
  'online.remove-licenses',
  'online.remove',
  'online.restore',
  'link.create',
  'link.remove',
  'link.hold',
  'link.release',
  'license.wait',
  'license.stop-waiting',
  'snapshot.take',
  'offboarding.begin',
  'offboarding.end',
]);
export type ActionType = z.infer<typeof actionTypeSchema>;

/** One change of one field, as people read it; never a secret. */
export const fieldChangeSchema = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export type FieldChange = z.infer<typeof fieldChangeSchema>;

export const plannedActionSchema = z.object({
  type: actionTypeSchema,
  side: z.enum(['directory', 'online', 'isthmus']),
  /** Why, as a stable reason code such as `user-disabled`. */
  reason: z.string(),
  changes: z.array(fieldChangeSchema),
});
export type PlannedAction = z.infer<typeof plannedActionSchema>;

export const subjectSchema = z.object({
  userId: idSchema.nullable(),
  onlineAccountId: idSchema.nullable(),
  name: z.string(),
  userName: z.string().nullable(),
  address: z.string().nullable(),
});
export type Subject = z.infer<typeof subjectSchema>;

export const planItemSchema = z.object({
  subject: subjectSchema,
  actions: z.array(plannedActionSchema),
  warnings: z.array(noticeSchema),
  /** Set when nothing will be done for this one, and why. */
  blocked: noticeSchema.nullable(),
});
export type PlanItem = z.infer<typeof planItemSchema>;

export const planSchema = z.object({
  items: z.array(planItemSchema),
  counts: z.record(z.string(), z.number().int()).describe('Number of actions by type'),
  /** About the whole plan, such as licenses that run short. */
  warnings: z.array(noticeSchema),
  /** Set when the plan as a whole must not run, and why. */
  blocked: noticeSchema.nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** Query of every command that changes accounts. */
export const commandQuerySchema = z.object({
  dryRun: z.stringbool().default(false).describe('Answer the plan and change nothing'),
  wait: z.coerce.number().min(0).max(30).default(0).describe('Seconds to wait for the job to end before answering'),
});

/** Answer of every command that changes accounts: the plan for a dry run, else the job that carries it out. */
export const commandResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), plan: planSchema }),
  z.object({ kind: z.literal('job'), job: jobSchema }),
]);
export type CommandResult = z.infer<typeof commandResultSchema>;
