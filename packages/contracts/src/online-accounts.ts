import { z } from 'zod';
import { exportQuerySchema, idSchema, listQuerySchema, noticeSchema, pageOf } from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';

/** A user account without an online account, with the address Isthmus would give it. */
export const proposalSchema = z.object({
  userId: idSchema,
  userName: z.string(),
  displayName: z.string(),
  department: z.string(),
  address: z.string(),
  /** Ticked by default: inactive and built-in people are offered, but not ticked. */
  selected: z.boolean(),
  warnings: z.array(noticeSchema),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const bulkCreateSchema = z.object({
  accounts: z
    .array(z.object({ userId: idSchema, address: z.string().trim().min(3).max(113) }))
    .min(1)
    .max(10_000),
  skuIds: z.array(idSchema).max(20).default([]),
  usageLocation: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Two-letter country; absent = the tenant’s'),
});
export type BulkCreate = z.input<typeof bulkCreateSchema>;

const feature = 'online-accounts';

export const onlineAccountOperations = {
  listProposals: defineOperation({
    id: 'listProposals',
    method: 'GET',
    path: '/online-accounts/proposals',
    feature,
    summary: 'Everybody without an online account, with a suggested address and what stands against it.',
    permission: 'users.read',
    query: listQuerySchema.extend({
      limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
      domain: z.string().max(255).optional(),
    }),
    response: pageOf(proposalSchema),
  }),
  exportProposals: defineOperation({
    id: 'exportProposals',
    method: 'GET',
    path: '/online-accounts/proposals.csv',
    feature,
    summary: 'The suggested online accounts as a CSV file, safe to open in a spreadsheet.',
    permission: 'users.read',
    query: exportQuerySchema.extend({ domain: z.string().max(255).optional() }),
    produces: 'text/csv',
  }),
  bulkCreateOnlineAccounts: defineOperation({
    id: 'bulkCreateOnlineAccounts',
    method: 'POST',
    path: '/online-accounts/bulk-create',
    feature,
    summary: 'Creates online accounts for the given people, links them and assigns the licenses.',
    permission: 'online-accounts.write',
    query: commandQuerySchema,
    body: bulkCreateSchema,
    response: commandResultSchema,
    status: 202,
  }),
};
