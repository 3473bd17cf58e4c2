import { z } from 'zod';
import {
  freshnessSchema,
  idParamsSchema,
  idSchema,
  instantSchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
} from './common.ts';
import { groupFilters } from './groupFilters.ts';
import { defineOperation } from './operation.ts';
import { fieldChangeSchema } from './plans.ts';

/** What the directory takes as the name of a group (MS-SAMR 3.1.1.6, and 64 characters for the entry). */
export const groupNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^"/\\[\]:;|=,+*?<>]+$/, 'A group name has none of " / \\ [ ] : ; | = , + * ? < >')
  .refine((name) => !/^\.|\.$/.test(name), 'A group name neither begins nor ends with a dot');

/** The linked group of the tenant, and how far it is in step. */
export const groupLinkSchema = z.object({
  onlineGroupId: idSchema,
  name: z.string(),
  state: z.enum(['in-step', 'waiting', 'held', 'failed']),
  linkedAt: instantSchema,
  checkedAt: instantSchema.nullable(),
  members: z.number().int().nullable().describe('People who are to be members online'),
  withoutAccount: z.number().int().nullable().describe('Members of the directory group without an online account'),
  held: z.number().int().describe('People whose removal waits for a decision'),
  problem: noticeSchema.nullable(),
});
export type GroupLink = z.infer<typeof groupLinkSchema>;

export const groupSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  dn: z.string(),
  mail: z.string().nullable(),
  scope: z.enum(['global', 'domain-local', 'universal', 'builtin']),
  isSecurity: z.boolean(),
  isProtected: z.boolean().describe('Made by the system or privileged: Isthmus changes nothing'),
  memberCount: z.number().int(),
  link: groupLinkSchema.nullable(),
  may: z.object({
    change: z.boolean(),
    changeMembers: z.boolean(),
    remove: z.boolean(),
    link: z.boolean(),
    unlink: z.boolean(),
    approve: z.boolean(),
  }),
});
export type Group = z.infer<typeof groupSchema>;

export const groupMemberSchema = z.object({
  id: idSchema,
  name: z.string(),
  dn: z.string(),
  kind: z.enum(['user', 'group', 'computer', 'other']),
  through: z.string().nullable().describe('The group through which the person is a member; null = directly'),
  hasOnlineAccount: z.boolean(),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;

export const onlineGroupSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  problem: noticeSchema.nullable().describe('Why it cannot be linked'),
});
export type OnlineGroupChoice = z.infer<typeof onlineGroupSchema>;

const feature = 'groups';
const changeQuery = z.object({ dryRun: z.stringbool().default(false).describe('Answer the changes and make none') });

/** What was, or with `dryRun` would be, changed; the group as it is afterwards, null when it is gone or not made. */
const changeResponse = z.object({
  changes: z.array(fieldChangeSchema),
  warnings: z.array(noticeSchema),
  group: groupSchema.nullable(),
});
const MOST_MEMBERS = 10_000;

export const groupOperations = {
  listGroups: defineOperation({
    id: 'listGroups',
    method: 'GET',
    path: '/groups',
    feature,
    summary: 'Groups of the directory with their linked groups of the tenant, read from the directory now.',
    permission: 'users.read',
    query: listQuerySchema.extend({ filter: z.enum(groupFilters).default('all') }),
    response: pageOf(groupSchema).extend({
      directory: freshnessSchema,
      counts: z.record(z.enum(groupFilters), z.number().int()).describe('Groups in each preset, before `q`'),
    }),
  }),
  getGroup: defineOperation({
    id: 'getGroup',
    method: 'GET',
    path: '/groups/:id',
    feature,
    summary: 'One group with its members, direct ones and those through other groups.',
    permission: 'users.read',
    params: idParamsSchema,
    response: groupSchema.extend({ members: z.array(groupMemberSchema) }),
  }),
  addGroup: defineOperation({
    id: 'addGroup',
    method: 'POST',
    path: '/groups',
    feature,
    summary: 'Adds a global security group in the managed unit.',
    permission: 'users.write',
    query: changeQuery,
    body: z.object({ name: groupNameSchema, description: z.string().trim().max(1024).default('') }),
    response: changeResponse,
  }),
  changeGroup: defineOperation({
    id: 'changeGroup',
    method: 'PATCH',
    path: '/groups/:id',
    feature,
    summary: 'Renames or describes a group.',
    permission: 'users.write',
    params: idParamsSchema,
    query: changeQuery,
    body: z.object({ name: groupNameSchema.optional(), description: z.string().trim().max(1024).optional() }),
    response: changeResponse,
  }),
  removeGroup: defineOperation({
    id: 'removeGroup',
    method: 'POST',
    path: '/groups/:id/remove',
    feature,
    summary: 'Removes a group from the directory; a linked group of the tenant stays as it is.',
    permission: 'users.remove',
    params: idParamsSchema,
    query: changeQuery,
    response: changeResponse,
  }),
  changeGroupMembers: defineOperation({
    id: 'changeGroupMembers',
    method: 'POST',
    path: '/groups/:id/members',
    feature,
    summary: 'Adds and removes direct members.',
    permission: 'users.write',
    params: idParamsSchema,
    query: changeQuery,
    body: z.object({
      add: z.array(idSchema).max(MOST_MEMBERS).default([]).describe('People and groups'),
      remove: z.array(idSchema).max(MOST_MEMBERS).default([]),
    }),
    response: changeResponse,
  }),
  listOnlineGroups: defineOperation({
    id: 'listOnlineGroups',
    method: 'GET',
    path: '/online-groups',
    feature,
    summary: 'Groups of the tenant, each with the reason why it cannot be linked.',
    permission: 'users.read',
    response: z.object({ items: z.array(onlineGroupSchema), total: z.number().int() }),
  }),
  linkGroup: defineOperation({
    id: 'linkGroup',
    method: 'POST',
    path: '/groups/:id/link',
    feature,
    summary: 'Links a group of the tenant, a new one or one that is there; its members are kept in step from then on.',
    permission: 'online-accounts.write',
    params: idParamsSchema,
    query: changeQuery,
    body: z.object({
      onlineGroupId: idSchema.optional().describe('Absent = a new one is made'),
      name: z.string().trim().min(1).max(256).optional().describe('Of the new one; absent = as in the directory'),
    }),
    response: changeResponse,
  }),
  unlinkGroup: defineOperation({
    id: 'unlinkGroup',
    method: 'POST',
    path: '/groups/:id/unlink',
    feature,
    summary: 'Ends the link; both groups and their members stay as they are.',
    permission: 'online-accounts.write',
    params: idParamsSchema,
    query: changeQuery,
    response: changeResponse,
  }),
  approveHeldGroup: defineOperation({
    id: 'approveHeldGroup',
    method: 'POST',
    path: '/groups/:id/approve',
    feature,
    summary: 'Lets the people be removed from the online group whose removal the guard holds.',
    permission: 'sync.write',
    params: idParamsSchema,
    response: changeResponse,
  }),
};
