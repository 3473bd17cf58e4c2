import { z } from 'zod';
import {
  csvQuerySchema,
  freshnessSchema,
  idParamsSchema,
  idSchema,
  instantSchema,
  listQuerySchema,
  noticeSchema,
  pageOf,
} from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';
import { LONGEST_USER_FILE_BYTES, MOST_USER_FILE_ROWS, userImportFields } from './userImportFields.ts';

/** An online account without a user account, with the user name Isthmus would give it. */
export const importCandidateSchema = z.object({
  onlineAccountId: idSchema,
  address: z.string(),
  displayName: z.string(),
  licensed: z.boolean(),
  userName: z.string(),
  upn: z.string().describe('Sign-in name at work that goes with the address and the suggested user name'),
  /** Ticked by default: accounts with a warning are offered, but not ticked. */
  selected: z.boolean(),
  warnings: z.array(noticeSchema),
  blocked: noticeSchema.nullable().describe('Why this account cannot be imported'),
});
export type ImportCandidate = z.infer<typeof importCandidateSchema>;

const MOST_ACCOUNTS = 10_000;
const containerDn = z
  .string()
  .min(1)
  .max(1000)
  .optional()
  .describe('Unit for the new accounts; absent = the managed one');
const groupDns = z.array(z.string().max(1000)).max(100).default([]);
const templateId = idSchema.optional().describe('Fills in what the file leaves empty');

export const importOnlineAccountsSchema = z.object({
  accounts: z
    .array(z.object({ onlineAccountId: idSchema, userName: z.string().trim().max(64) }))
    .min(1)
    .max(MOST_ACCOUNTS),
  containerDn,
  groupDns,
});
export type ImportOnlineAccounts = z.input<typeof importOnlineAccountsSchema>;

export const userImportFieldSchema = z.enum(userImportFields);

/** Which column of the file holds which field; columns are counted from 0. */
const mappingSchema = z.partialRecord(userImportFieldSchema, z.number().int().min(0).max(500));

export const userFileRowSchema = z.object({
  /** Line of the file, counted from 1. */
  line: z.number().int().min(1),
  values: z.partialRecord(userImportFieldSchema, z.string().max(2000)),
});
export type UserFileRow = z.infer<typeof userFileRowSchema>;

export const userFileSchema = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: z.enum([',', ';', 'tab']),
  columns: z.array(z.object({ name: z.string(), field: userImportFieldSchema.nullable(), sample: z.string() })),
  rows: z.array(userFileRowSchema),
  /** Lines that were left out or read otherwise than they stand there. */
  warnings: z.array(noticeSchema),
});
export type UserFile = z.infer<typeof userFileSchema>;

export const importUsersSchema = z.object({
  rows: z.array(userFileRowSchema).min(1).max(MOST_USER_FILE_ROWS),
  /** Names of the columns in the file, for messages about them. */
  columns: z.partialRecord(userImportFieldSchema, z.string().max(200)).default({}),
  existing: z
    .enum(['refuse', 'change'])
    .default('refuse')
    .describe('What is done when there is such a user with other values'),
  containerDn,
  groupDns,
  templateId,
});
export type ImportUsers = z.input<typeof importUsersSchema>;

export const firstPasswordSchema = z.object({
  name: z.string(),
  userName: z.string(),
  upn: z.string(),
  password: z.string(),
});
export type FirstPassword = z.infer<typeof firstPasswordSchema>;

const feature = 'imports';

export const userImportOperations = {
  listImportCandidates: defineOperation({
    id: 'listImportCandidates',
    method: 'GET',
    path: '/online-accounts/import-candidates',
    feature,
    summary: 'Online accounts without a user account, with a suggested user name and what stands against each.',
    permission: 'users.read',
    query: listQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(MOST_ACCOUNTS).default(MOST_ACCOUNTS) }),
    response: pageOf(importCandidateSchema).extend({ online: freshnessSchema }),
  }),
  importOnlineAccounts: defineOperation({
    id: 'importOnlineAccounts',
    method: 'POST',
    path: '/online-accounts/import',
    feature,
    summary: 'Makes user accounts for online accounts that have none, and links them.',
    permission: 'users.write',
    query: commandQuerySchema,
    body: importOnlineAccountsSchema,
    response: commandResultSchema,
    status: 202,
  }),
  downloadUserTemplate: defineOperation({
    id: 'downloadUserTemplate',
    method: 'GET',
    path: '/users/import-template.csv',
    feature,
    summary: 'A CSV file with the columns that an import of people understands, and one example.',
    permission: 'users.read',
    query: csvQuerySchema,
    produces: 'text/csv',
  }),
  readUserFile: defineOperation({
    id: 'readUserFile',
    method: 'POST',
    path: '/users/import/read',
    feature,
    summary: 'Reads a CSV file of people: its columns, which field each seems to hold, and its rows. Keeps nothing.',
    permission: 'users.write',
    body: z.object({
      file: z
        .base64()
        .max(Math.ceil(LONGEST_USER_FILE_BYTES / 3) * 4)
        .describe('The file as it is, in base64'),
      mapping: mappingSchema.optional().describe('Absent = by the names of the columns'),
    }),
    response: userFileSchema,
  }),
  importUsers: defineOperation({
    id: 'importUsers',
    method: 'POST',
    path: '/users/import',
    feature,
    summary: 'Adds the people of a file, with online accounts where they are wanted. Running it again does no harm.',
    permission: 'users.write',
    query: commandQuerySchema,
    body: importUsersSchema,
    response: commandResultSchema,
    status: 202,
  }),
  getFirstPasswords: defineOperation({
    id: 'getFirstPasswords',
    method: 'GET',
    path: '/jobs/:id/passwords',
    feature,
    summary: 'How many first passwords of an import wait to be shown, and until when; none of them.',
    permission: 'users.write',
    params: idParamsSchema,
    response: z.object({
      count: z.number().int(),
      until: instantSchema.nullable().describe('The first of them is destroyed then'),
      mayShow: z.boolean().describe('The caller started the import, and it has ended'),
    }),
  }),
  showFirstPasswords: defineOperation({
    id: 'showFirstPasswords',
    method: 'POST',
    path: '/jobs/:id/passwords',
    feature,
    summary: 'Shows the first passwords of an import to whoever started it, once; then they are destroyed.',
    permission: 'users.write',
    params: idParamsSchema,
    response: z.object({ items: z.array(firstPasswordSchema) }),
    answersSecrets: true,
  }),
};
