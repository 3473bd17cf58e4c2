import { z } from 'zod';
import {
  accountSelectionSchema,
  exportQuerySchema,
  freshnessSchema,
  idParamsSchema,
  idSchema,
  instantSchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
  selectionSchema,
} from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';
import { differenceSchema } from './sync.ts';
import { userFilters } from './userFilters.ts';

export const passwordStateSchema = z.object({
  state: z.enum(['in-step', 'waiting', 'rejected', 'never-captured', 'must-change', 'not-linked']),
  since: instantSchema.nullable(),
  reason: noticeSchema.nullable(),
  /** From the change in the directory to the proof online, in milliseconds. */
  delayMs: z.number().nullable(),
});
export type PasswordState = z.infer<typeof passwordStateSchema>;

/**
 * Why an online sign-in is kept blocked whatever the directory says: `locked` in an emergency, `blocked` on purpose,
 * `unassigned` with its licenses taken, `off-boarded` because the person leaves.
 */
export const holdReasonSchema = z.enum(['locked', 'blocked', 'unassigned', 'off-boarded']);
export type HoldReason = z.infer<typeof holdReasonSchema>;

const assignedLicenseSchema = z.object({
  skuId: idSchema,
  name: z.string(),
  inherited: z.boolean().describe('A group gives it; only the group can take it back'),
  disabledPlans: z.array(idSchema).describe('Services of the product that are switched off'),
});

export const onlineAccountSummarySchema = z.object({
  id: idSchema,
  address: z.string(),
  state: z.enum(['active', 'no-license', 'blocked', 'creating', 'removed', 'unknown']),
  signInAllowed: z.boolean(),
  hold: holdReasonSchema.nullable(),
  licenses: z.array(assignedLicenseSchema),
  usageLocation: z.string().nullable(),
  mail: z.string().nullable(),
  deletedAt: instantSchema.nullable(),
  sessionsValidFrom: instantSchema.nullable(),
});
export type OnlineAccountSummary = z.infer<typeof onlineAccountSummarySchema>;

/** Row of the Users list. */
export const userSchema = z.object({
  id: idSchema,
  userName: z.string(),
  upn: z.string().nullable(),
  displayName: z.string(),
  givenName: z.string(),
  surname: z.string(),
  mail: z.string().nullable(),
  department: z.string(),
  title: z.string(),
  state: z.enum(['active', 'inactive', 'expired', 'incomplete', 'removed']),
  locked: z.boolean(),
  accessLevel: z.enum(['standard', 'help-desk', 'administrator']),
  lastSignInAt: instantSchema.nullable(),
  online: onlineAccountSummarySchema.nullable(),
  password: passwordStateSchema,
  lastSynchronizedAt: instantSchema.nullable(),
  /** Commands the caller may use on this person now. */
  may: z.object({
    change: z.boolean(),
    deactivate: z.boolean(),
    activate: z.boolean(),
    remove: z.boolean(),
    restore: z.boolean(),
    resetPassword: z.boolean(),
    unlock: z.boolean(),
    createOnlineAccount: z.boolean(),
    lock: z.boolean(),
    unassign: z.boolean(),
    unlink: z.boolean(),
    blockOnline: z.boolean(),
    allowOnline: z.boolean(),
    changeLicenses: z.boolean(),
    changeAddresses: z.boolean(),
    changeNames: z.boolean(),
    removeOnline: z.boolean(),
    offboard: z.boolean(),
  }),
});
export type User = z.infer<typeof userSchema>;

export const offboardingSchema = z.object({
  since: instantSchema,
  by: z.string(),
  groups: z.array(z.string()).describe('Names of the groups that are given back when the person is activated again'),
  removeAt: instantSchema.nullable().describe('When both accounts are removed; null = they stay'),
});

/** Everything the details panel shows. */
export const userDetailsSchema = userSchema.extend({
  dn: z.string(),
  office: z.string(),
  phone: z.string(),
  mobile: z.string(),
  company: z.string(),
  description: z.string(),
  manager: z.object({ id: idSchema.nullable(), name: z.string() }).nullable(),
  groups: z.array(z.object({ dn: z.string(), name: z.string() })),
  expiresAt: instantSchema.nullable(),
  passwordSetAt: instantSchema.nullable(),
  mustChangePassword: z.boolean(),
  createdAt: instantSchema.nullable(),
  removedAt: instantSchema.nullable(),
  restorableUntil: instantSchema.nullable(),
  offboarding: offboardingSchema.nullable().describe('Set for somebody who leaves, until the removal'),
  protected: noticeSchema.nullable().describe('Why Isthmus never removes or blocks this one by itself'),
  drift: z.array(differenceSchema),
});
export type UserDetails = z.infer<typeof userDetailsSchema>;

const name = z.string().trim().max(64);
const text = z.string().trim().max(256);

export const newUserSchema = z.object({
  givenName: name.default(''),
  surname: name.default(''),
  displayName: z.string().trim().min(1).max(64),
  /** Rules of sAMAccountName (MS-SAMR 3.1.1.6): at most 20 characters, none of `"/\[]:;|=,+*?<>@`. */
  userName: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .regex(/^[^"/\\[\]:;|=,+*?<>@\s]+$/),
  upnSuffix: z.string().trim().max(255).optional(),
  password: z.string().min(1).max(256),
  mustChangePassword: z.boolean().default(false),
  mail: z.email().optional(),
  department: text.optional(),
  title: text.optional(),
  office: text.optional(),
  phone: text.optional(),
  mobile: text.optional(),
  company: text.optional(),
  description: text.optional(),
  containerDn: z.string().min(1).max(1000).optional().describe('Unit for the account; absent = the managed one'),
  groupDns: z.array(z.string().max(1000)).max(100).optional(),
  templateId: idSchema.optional().describe('Fills in what the request leaves open'),
  online: z
    .object({
      address: z.string().trim().min(3).max(113),
      skuIds: z.array(idSchema).max(20).default([]),
      usageLocation: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    })
    .nullable()
    .optional()
    .describe('Null or, without a template, absent = user account only'),
  assignOnlineAccountId: idSchema.optional().describe('In place of a new online account: one that is there already'),
});
export type NewUser = z.input<typeof newUserSchema>;

export const userChangesSchema = z.object({
  givenName: name.optional(),
  surname: name.optional(),
  displayName: z.string().trim().min(1).max(64).optional(),
  userName: newUserSchema.shape.userName.optional(),
  upn: z.string().trim().min(3).max(256).optional(),
  mail: z.union([z.email(), z.literal('')]).optional(),
  department: text.optional(),
  title: text.optional(),
  office: text.optional(),
  phone: text.optional(),
  mobile: text.optional(),
  company: text.optional(),
  description: text.optional(),
  expiresAt: instantSchema.nullable().optional(),
});
export type UserChanges = z.infer<typeof userChangesSchema>;

/** The properties that are text, in the order in which people expect them. */
export const changeableTexts = [
  'displayName',
  'givenName',
  'surname',
  'userName',
  'upn',
  'mail',
  'department',
  'title',
  'office',
  'phone',
  'mobile',
  'company',
  'description',
] as const satisfies readonly (keyof UserChanges)[];

export const timelineEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  side: z.enum(['directory', 'online', 'isthmus']),
  /** Stable code such as `online.sign-in-blocked`, translated by the screen. */
  event: z.string(),
  sentence: z.string().describe('In English'),
  actor: z.string(),
  reason: z.string().nullable(),
  durationMs: z.number().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  problem: noticeSchema.nullable(),
  requestId: z.string().nullable(),
  jobId: idSchema.nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const MOST_DAYS_UNTIL_REMOVAL = 3650;

const feature = 'users';
export const selectionBody = z.object({ selection: selectionSchema });
export const accountSelectionBody = z.object({ selection: accountSelectionSchema });

export const offboardSchema = selectionBody.extend({
  takeLicenses: z.boolean().default(true).describe('Licenses assigned to the person directly become free'),
  leaveGroups: z.boolean().default(true).describe('Takes the person out of the groups of the directory'),
  shareMailbox: z
    .boolean()
    .default(false)
    .describe('Makes the mailbox a shared one, which keeps its mail without a license'),
  forwardTo: z.email().nullable().default(null).describe('Sends mail on to this address, and keeps a copy'),
  hide: z.boolean().default(false).describe('Leaves the person out of address lists'),
  removeAfterDays: z
    .int()
    .min(1)
    .max(MOST_DAYS_UNTIL_REMOVAL)
    .nullable()
    .default(null)
    .describe('Days until both accounts are removed; null = they stay until somebody removes them'),
});
export type OffboardRequest = z.output<typeof offboardSchema>;

/** Presets of the list; also the values of `filter`. */
export const userFilterSchema = z.enum(userFilters);
export type UserFilter = z.infer<typeof userFilterSchema>;

export const userOperations = {
  listUsers: defineOperation({
    id: 'listUsers',
    method: 'GET',
    path: '/users',
    feature,
    summary: 'User accounts with their online accounts, from the local mirrors.',
    permission: 'users.read',
    query: listQuerySchema.extend({ filter: userFilterSchema.default('all') }),
    response: pageOf(userSchema).extend({
      directory: freshnessSchema,
      online: freshnessSchema,
      counts: z.record(userFilterSchema, z.number().int()).describe('People in each preset, before `q`'),
    }),
  }),
  exportUsers: defineOperation({
    id: 'exportUsers',
    method: 'GET',
    path: '/users.csv',
    feature,
    summary: 'The list of people as a CSV file, safe to open in a spreadsheet.',
    permission: 'users.read',
    query: exportQuerySchema.extend({ filter: userFilterSchema.default('all') }),
    produces: 'text/csv',
  }),
  getUser: defineOperation({
    id: 'getUser',
    method: 'GET',
    path: '/users/:id',
    feature,
    summary: 'One person, both sides.',
    permission: 'users.read',
    params: idParamsSchema,
    response: userDetailsSchema,
  }),
  getUserTimeline: defineOperation({
    id: 'getUserTimeline',
    method: 'GET',
    path: '/users/:id/timeline',
    feature,
    summary: 'What happened to this person on both sides, newest first.',
    permission: 'users.read',
    params: idParamsSchema,
    query: listQuerySchema.pick({ offset: true, limit: true }),
    response: pageOf(timelineEntrySchema),
  }),
  getUserOptions: defineOperation({
    id: 'getUserOptions',
    method: 'GET',
    path: '/user-options',
    feature,
    summary: 'What the add-user form needs: suffixes, groups, password policy.',
    permission: 'users.read',
    response: z.object({
      upnSuffixes: z.array(z.string()),
      groups: z.array(z.object({ dn: z.string(), name: z.string(), description: z.string() })),
      containers: z.array(z.object({ dn: z.string(), name: z.string() })).describe('Units that can hold accounts'),
      managedOu: z.string().describe('Unit that new accounts are made in'),
      passwordPolicy: z.object({ minimumLength: z.number(), complexity: z.boolean(), historyLength: z.number() }),
    }),
  }),
  addUser: defineOperation({
    id: 'addUser',
    method: 'POST',
    path: '/users',
    feature,
    summary: 'Adds a user account, and the online account when `online` is given.',
    permission: 'users.write',
    query: commandQuerySchema,
    body: newUserSchema,
    response: commandResultSchema,
    status: 202,
  }),
  changeUser: defineOperation({
    id: 'changeUser',
    method: 'PATCH',
    path: '/users/:id',
    feature,
    summary: 'Changes properties in the directory; the online account follows.',
    permission: 'users.write',
    params: idParamsSchema,
    query: commandQuerySchema,
    body: userChangesSchema,
    response: commandResultSchema,
    status: 202,
  }),
  deactivateUsers: defineOperation({
    id: 'deactivateUsers',
    method: 'POST',
    path: '/users/deactivate',
    feature,
    summary: 'Disables in the directory, blocks online and ends the sessions.',
    permission: 'users.write',
    query: commandQuerySchema,
    body: selectionBody,
    response: commandResultSchema,
    status: 202,
  }),
  lockUsers: defineOperation({
    id: 'lockUsers',
    method: 'POST',
    path: '/users/lock',
    feature,
    summary: 'For a compromised account: disables, blocks online and ends the sessions; only activating lifts it.',
    permission: 'users.lock',
    query: commandQuerySchema,
    body: selectionBody,
    response: commandResultSchema,
    status: 202,
  }),
  activateUsers: defineOperation({
    id: 'activateUsers',
    method: 'POST',
    path: '/users/activate',
    feature,
    summary: 'Enables in the directory and allows sign-in online.',
    permission: 'users.write',
    query: commandQuerySchema,
    body: selectionBody,
    response: commandResultSchema,
    status: 202,
  }),
  offboardUsers: defineOperation({
    id: 'offboardUsers',
    method: 'POST',
    path: '/users/offboard',
    feature,
    summary: 'For people who leave: closes both sides, takes licenses and groups, and removes both accounts later.',
    permission: 'users.remove',
    query: commandQuerySchema,
    body: offboardSchema,
    response: commandResultSchema,
    status: 202,
  }),
  removeUsers: defineOperation({
    id: 'removeUsers',
    method: 'POST',
    path: '/users/remove',
    feature,
    summary: 'Removes on both sides after a snapshot; restorable for 30 days.',
    permission: 'users.remove',
    query: commandQuerySchema,
    body: selectionBody.extend({
      confirmation: z.string().max(200).optional().describe('The number of people, for more than 10'),
    }),
    response: commandResultSchema,
    status: 202,
  }),
  restoreUser: defineOperation({
    id: 'restoreUser',
    method: 'POST',
    path: '/users/:id/restore',
    feature,
    summary: 'Brings a removed person back on both sides from the snapshot.',
    permission: 'users.remove',
    params: idParamsSchema,
    query: commandQuerySchema,
    response: commandResultSchema,
    status: 202,
  }),
  resetPassword: defineOperation({
    id: 'resetPassword',
    method: 'POST',
    path: '/users/:id/reset-password',
    feature,
    summary: 'Sets one password on both sides.',
    permission: 'passwords.reset',
    params: idParamsSchema,
    query: commandQuerySchema,
    body: z.object({ password: z.string().min(1).max(256), mustChange: z.boolean().default(false) }),
    response: commandResultSchema,
    status: 202,
  }),
  unlockUser: defineOperation({
    id: 'unlockUser',
    method: 'POST',
    path: '/users/:id/unlock',
    feature,
    summary: 'Ends a lockout in the directory.',
    permission: 'passwords.reset',
    params: idParamsSchema,
    query: commandQuerySchema,
    response: commandResultSchema,
    status: 202,
  }),
};
