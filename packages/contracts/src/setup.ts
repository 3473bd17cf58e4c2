import { z } from 'zod';
import { instantSchema, noticeSchema } from './common.ts';
import { defineOperation } from './operation.ts';

/** One requirement, checked: used by the set-up page, the integration wizard and `isthmus doctor` alike. */
export const checkSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['passed', 'warning', 'failed', 'not-applicable', 'unknown']),
  detail: z.string().describe('What was found'),
  remedy: z.string().nullable().describe('What to do; null when nothing has to be done'),
  commands: z.array(z.object({ label: z.string(), command: z.string() })).default([]),
});
export type Check = z.infer<typeof checkSchema>;

export const directoryConnectionSchema = z.object({
  domainName: z.string().trim().min(1).max(255),
  servers: z.array(z.string().trim().min(1).max(255)).min(1).max(20).describe('Host names; the first is preferred'),
  port: z.number().int().min(1).max(65_535).default(636),
  caPem: z.string().min(1).max(100_000),
  /** SHA-256 fingerprint that the administrator compared, as shown by `inspectDirectoryCertificate`. */
  caFingerprint: z.string().min(1).max(200),
  bindName: z.string().trim().min(1).max(512).describe('Service account: DN or UPN'),
  bindPassword: z.string().min(1).max(512),
  managedOu: z.string().trim().min(1).max(512).describe('Where Isthmus adds and manages people'),
  administratorsGroup: z.string().trim().min(1).max(512).describe('DN or name of the group whose members administer'),
  helpDeskGroup: z.string().trim().max(512).optional(),
  readersGroup: z.string().trim().max(512).optional(),
});
export type DirectoryConnection = z.infer<typeof directoryConnectionSchema>;

export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  fingerprint: z.string().describe('SHA-256, upper-case hex with colons'),
  validFrom: instantSchema,
  validTo: instantSchema,
  pem: z.string(),
  isAuthority: z.boolean(),
});

/** Every call but `getSetup` carries the one-time code that the server printed at its first start. */
const codeSchema = z.object({ code: z.string().trim().min(1).max(64) });
const feature = 'setup';

export const setupOperations = {
  getSetup: defineOperation({
    id: 'getSetup',
    method: 'GET',
    path: '/setup',
    feature,
    summary: 'Whether a directory is connected, and by what.',
    permission: 'anybody',
    response: z.object({ state: z.enum(['open', 'done']), source: z.enum(['none', 'configuration', 'setup-page']) }),
  }),
  discoverDirectory: defineOperation({
    id: 'discoverDirectory',
    method: 'POST',
    path: '/setup/discover',
    feature,
    summary: 'Finds the domain controllers of a domain by its SRV records.',
    permission: 'anybody',
    body: codeSchema.extend({ domainName: z.string().trim().min(1).max(255) }),
    response: z.object({
      servers: z.array(
        z.object({ host: z.string(), addresses: z.array(z.string()), latencyMs: z.number().nullable() }),
      ),
      problem: noticeSchema.nullable(),
    }),
  }),
  inspectDirectoryCertificate: defineOperation({
    id: 'inspectDirectoryCertificate',
    method: 'POST',
    path: '/setup/certificate',
    feature,
    summary: 'Reads the certificates a server presents, so that the authority can be compared and pinned.',
    permission: 'anybody',
    body: codeSchema.extend({ host: z.string().trim().min(1).max(255), port: z.number().int().default(636) }),
    response: z.object({ chain: z.array(certificateSchema) }),
  }),
  testDirectory: defineOperation({
    id: 'testDirectory',
    method: 'POST',
    path: '/setup/test',
    feature,
    summary: 'Tries the connection and the rights of the service account one by one.',
    permission: 'anybody',
    body: codeSchema.extend({ connection: directoryConnectionSchema }),
    response: z.object({ checks: z.array(checkSchema) }),
  }),
  connectDirectory: defineOperation({
    id: 'connectDirectory',
    method: 'POST',
    path: '/setup/connect',
    feature,
    summary: 'Stores the connection, uses it, and voids the code.',
    permission: 'anybody',
    body: codeSchema.extend({ connection: directoryConnectionSchema }),
    response: z.object({ checks: z.array(checkSchema) }),
  }),
};
