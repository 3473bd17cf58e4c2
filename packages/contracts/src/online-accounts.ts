import { z } from 'zod';
import {
  exportQuerySchema,
  freshnessSchema,
  idParamsSchema,
  idSchema,
  instantSchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
} from './common.ts';
import { onlineAccountFilters } from './onlineAccountFilters.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';
import { accountSelectionBody, onlineAccountSummarySchema, selectionBody, userSchema } from './users.ts';

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

export const onlineAccountFilterSchema = z.enum(onlineAccountFilters);
export type OnlineAccountFilter = z.infer<typeof onlineAccountFilterSchema>;

/** Row of the list of online accounts, linked or not. */
export const onlineAccountSchema = onlineAccountSummarySchema.extend({
  displayName: z.string(),
  /** The user account that it is linked to. */
  user: z.object({ id: idSchema, name: z.string(), userName: z.string(), state: userSchema.shape.state }).nullable(),
  managedByOthers: z.boolean().describe('Another tool keeps it in step with a directory; Isthmus changes nothing'),
  signIn: z
    .object({ lastAt: instantSchema.nullable().describe('Null = never') })
    .nullable()
    .describe('The last sign-in, hours late; null = the tenant does not tell, which needs Entra ID P1'),
  createdAt: instantSchema.nullable(),
  may: z.object({
    assign: z.boolean(),
    unassign: z.boolean(),
    unlink: z.boolean(),
    blockOnline: z.boolean(),
    allowOnline: z.boolean(),
    restore: z.boolean(),
    changeLicenses: z.boolean(),
    changeNames: z.boolean(),
    changeAddresses: z.boolean(),
    removeOnline: z.boolean(),
  }),
});
export type OnlineAccount = z.infer<typeof onlineAccountSchema>;

const feature = 'online-accounts';

/** What all commands about the online side of linked people have in common. */
const commandOnPeople = {
  method: 'POST',
  feature,
  permission: 'online-accounts.write',
  query: commandQuerySchema,
  body: selectionBody,
  response: commandResultSchema,
  status: 202,
} as const;

export const onlineAccountOperations = {
  listOnlineAccounts: defineOperation({
    id: 'listOnlineAccounts',
    method: 'GET',
    path: '/online-accounts',
    feature,
    summary: 'Every account of the tenant, linked or not, from the local mirror.',
    permission: 'users.read',
    query: listQuerySchema.extend({ filter: onlineAccountFilterSchema.default('all') }),
    response: pageOf(onlineAccountSchema).extend({
      online: freshnessSchema,
      counts: z.record(onlineAccountFilterSchema, z.number().int()).describe('Accounts in each preset, before `q`'),
    }),
  }),
  exportOnlineAccounts: defineOperation({
    id: 'exportOnlineAccounts',
    method: 'GET',
    path: '/online-accounts.csv',
    feature,
    summary: 'The list of online accounts as a CSV file.',
    permission: 'users.read',
    query: exportQuerySchema.extend({ filter: onlineAccountFilterSchema.default('all') }),
    produces: 'text/csv',
  }),
  getOnlineAccount: defineOperation({
    id: 'getOnlineAccount',
    method: 'GET',
    path: '/online-accounts/:id',
    feature,
    summary: 'One account of the tenant.',
    permission: 'users.read',
    params: idParamsSchema,
    response: onlineAccountSchema,
  }),
  assignOnlineAccount: defineOperation({
    id: 'assignOnlineAccount',
    method: 'POST',
    path: '/online-accounts/:id/assign',
    feature,
    summary: 'Links an existing online account to a user account; from then on it follows the directory.',
    permission: 'online-accounts.write',
    params: idParamsSchema,
    query: commandQuerySchema,
    body: z.object({ userId: idSchema }),
    response: commandResultSchema,
    status: 202,
  }),
  unassignOnlineAccounts: defineOperation({
    ...commandOnPeople,
    id: 'unassignOnlineAccounts',
    path: '/online-accounts/unassign',
    summary: 'Frees the licenses and blocks the sign-in; the link stays, and allowing gives both back.',
  }),
  unlinkOnlineAccounts: defineOperation({
    ...commandOnPeople,
    id: 'unlinkOnlineAccounts',
    path: '/online-accounts/unlink',
    summary: 'Only the link goes: both accounts stay as they are and go their own ways.',
  }),
  blockOnlineAccounts: defineOperation({
    ...commandOnPeople,
    body: accountSelectionBody,
    id: 'blockOnlineAccounts',
    path: '/online-accounts/block',
    summary: 'Blocks the online sign-in alone, ends the sessions and keeps it so.',
  }),
  restoreOnlineAccounts: defineOperation({
    ...commandOnPeople,
    id: 'restoreOnlineAccounts',
    path: '/online-accounts/restore',
    summary: 'Brings removed online accounts back that no user has; those of people are restored with the person.',
    body: z.object({ accountIds: z.array(idSchema).min(1).max(10_000) }),
    permission: 'users.remove',
  }),
  allowOnlineAccounts: defineOperation({
    ...commandOnPeople,
    body: accountSelectionBody,
    id: 'allowOnlineAccounts',
    path: '/online-accounts/allow',
    summary: 'Lifts a block or an unassignment: the sign-in follows the directory again, licenses are given back.',
  }),
  removeOnlineAccounts: defineOperation({
    ...commandOnPeople,
    id: 'removeOnlineAccounts',
    path: '/online-accounts/remove',
    summary: 'Removes the online accounts alone, after a snapshot; restorable for 30 days, the user accounts stay.',
    permission: 'users.remove',
  }),
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
