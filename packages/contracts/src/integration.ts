import { z } from 'zod';
import { idParamsSchema, idSchema, instantSchema, noticeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';
import { defineOperation } from './operation.ts';
import { checkSchema } from './setup.ts';

export const integrationSchema = z.object({
  state: z.enum(['not-integrated', 'setting-up', 'integrated', 'broken']),
  tenant: z
    .object({
      tenantId: z.string(),
      displayName: z.string(),
      initialDomain: z.string(),
      defaultDomain: z.string(),
      defaultUsageLocation: z.string(),
    })
    .nullable(),
  application: z
    .object({ clientId: z.string(), displayName: z.string(), certificateExpiresAt: instantSchema })
    .nullable(),
  permissions: z.array(
    z.object({
      permission: z.string(),
      kind: z.enum(['application', 'directory-role']),
      reason: z.string().describe('Translation key'),
      optional: z.boolean().describe('Without it everything works but what the reason says'),
      granted: z.boolean().nullable(),
    }),
  ),
  integratedAt: instantSchema.nullable(),
  integratedBy: z.string().nullable(),
  administrator: z.string().nullable().describe('Who granted the permissions in the tenant; null = not known'),
  lastContactAt: instantSchema.nullable(),
  problem: noticeSchema.nullable(),
  /** An earlier set-up that stopped half-way, and what it left in the tenant. */
  unfinished: z.object({ attemptId: idSchema, leftOver: z.array(z.string()) }).nullable(),
  /** The integration that was disabled last, as long as no other took its place. */
  disabled: z
    .object({
      tenantName: z.string(),
      disabledAt: instantSchema,
      disabledBy: z.string(),
      remembers: z.boolean(),
      links: z.number().int().describe('People who were linked'),
      leftOver: z.array(z.string()).describe('What of Isthmus is still in the tenant'),
    })
    .nullable(),
});
export type Integration = z.infer<typeof integrationSchema>;

/** One attempt to integrate: sign-in by device code, then a job that registers and verifies. */
export const setUpAttemptSchema = z.object({
  id: idSchema,
  state: z.enum(['waiting-for-sign-in', 'signed-in', 'registering', 'done', 'failed', 'cancelled', 'expired']),
  prompt: z.object({ userCode: z.string(), verificationUri: z.string(), expiresAt: instantSchema }).nullable(),
  administrator: z.string().nullable(),
  tenant: z
    .object({
      tenantId: z.string(),
      displayName: z.string(),
      initialDomain: z.string(),
      domains: z.array(z.string()),
      synchronizedByOthers: z.boolean(),
    })
    .nullable(),
  missingRoles: z.array(z.string()),
  suggestedUsageLocation: z
    .string()
    .nullable()
    .describe('Two-letter country of the tenant, as a first suggestion; null when it names none'),
  steps: z.array(
    z.object({
      step: z.string(),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      endedAt: instantSchema.nullable(),
    }),
  ),
  leftOver: z.array(z.string()).describe('What is still in the tenant after a failure or cancel'),
  problem: noticeSchema.nullable(),
  job: jobSchema.nullable(),
});
export type SetUpAttempt = z.infer<typeof setUpAttemptSchema>;

/** What disabling ends; the tenant itself is not touched. */
export const disableEffectSchema = z.object({
  tenantName: z.string(),
  application: z.object({ clientId: z.string(), displayName: z.string() }).describe('Stays in the tenant'),
  reachable: z.boolean().describe('Whether the tenant answered last; disabling does not need it'),
  people: z.number().int().describe('Linked people, who get a password of their own online'),
  held: z.number().int().describe('Online sign-ins that Isthmus keeps blocked'),
  groups: z.number().int().describe('Linked groups that are no longer kept in step'),
  waitingLicenses: z.number().int(),
  domains: z.array(z.string()).describe('Verified domains of the tenant besides the initial one'),
  seats: z.array(z.object({ name: z.string(), used: z.number().int() })).describe('Licenses of linked people'),
  waitingPasswords: z.number().int().describe('New passwords that have not reached the tenant'),
});
export type DisableEffect = z.infer<typeof disableEffectSchema>;

const disableRequestSchema = z.object({
  remember: z.boolean().default(true).describe('Links, holds and waiting licenses come back with the same tenant'),
  confirm: z.string().max(256).optional().describe('The name of the tenant; not needed for a dry run'),
});
export type DisableRequest = z.infer<typeof disableRequestSchema>;

const disableResultSchema = z.object({ done: z.boolean(), effect: disableEffectSchema });
export type DisableResult = z.infer<typeof disableResultSchema>;

const feature = 'integration';

export const integrationOperations = {
  getIntegration: defineOperation({
    id: 'getIntegration',
    method: 'GET',
    path: '/integration',
    feature,
    summary: 'The connection to the tenant.',
    permission: 'integration.read',
    response: integrationSchema,
  }),
  checkRequirements: defineOperation({
    id: 'checkRequirements',
    method: 'POST',
    path: '/integration/check',
    feature,
    summary: 'Checks everything the integration needs, each with state and remedy.',
    permission: 'integration.read',
    response: z.object({ checks: z.array(checkSchema), ready: z.boolean() }),
  }),
  startSetUp: defineOperation({
    id: 'startSetUp',
    method: 'POST',
    path: '/integration/attempts',
    feature,
    summary: 'Starts the administrator’s sign-in by device code.',
    permission: 'integration.write',
    response: setUpAttemptSchema,
    status: 201,
  }),
  getSetUpAttempt: defineOperation({
    id: 'getSetUpAttempt',
    method: 'GET',
    path: '/integration/attempts/:id',
    feature,
    summary: 'How far the attempt is; with `wait`, answers at the next change.',
    permission: 'integration.write',
    params: idParamsSchema,
    query: z.object({ wait: z.coerce.number().min(0).max(30).default(0) }),
    response: setUpAttemptSchema,
  }),
  confirmSetUp: defineOperation({
    id: 'confirmSetUp',
    method: 'POST',
    path: '/integration/attempts/:id/confirm',
    feature,
    summary: 'After the Review: registers the application, signs in with the certificate and reads everything back.',
    permission: 'integration.write',
    params: idParamsSchema,
    body: z.object({ tenantId: z.string(), usageLocation: z.string().regex(/^[A-Z]{2}$/) }),
    response: setUpAttemptSchema,
    status: 202,
  }),
  cancelSetUp: defineOperation({
    id: 'cancelSetUp',
    method: 'POST',
    path: '/integration/attempts/:id/cancel',
    feature,
    summary: 'Stops the attempt and removes what it made in the tenant.',
    permission: 'integration.write',
    params: idParamsSchema,
    response: setUpAttemptSchema,
  }),
  rotateCertificate: defineOperation({
    id: 'rotateCertificate',
    method: 'POST',
    path: '/integration/certificate',
    feature,
    summary: 'Renews the certificate without an administrator; done by itself 30 days before its end.',
    permission: 'integration.write',
    response: integrationSchema,
  }),
  removeRegistration: defineOperation({
    id: 'removeRegistration',
    method: 'POST',
    path: '/integration/attempts/:id/remove-registration',
    feature,
    summary: 'Removes the app registration of a disabled integration, with the rights of whoever signed in.',
    permission: 'integration.write',
    params: idParamsSchema,
    response: integrationSchema,
  }),
  disableIntegration: defineOperation({
    id: 'disableIntegration',
    method: 'POST',
    path: '/integration/disable',
    feature,
    summary: 'Ends the integration here, also while the tenant cannot be reached; everything in the tenant stays.',
    permission: 'integration.write',
    query: z.object({ dryRun: z.stringbool().default(false).describe('Tell the effect and change nothing') }),
    body: disableRequestSchema,
    response: disableResultSchema,
  }),
};
