import * as z from 'zod';
import { clouds } from './sign-in/clouds.ts';
import { signInPolicySchema } from './sign-in/signInPolicySchema.ts';

/** Kinds of objects that can be shown late by a lagging replica. */
const laggingKinds = [
  'users',
  'deletedItems',
  'domains',
  'applications',
  'servicePrincipals',
  'appRoleAssignments',
  'oauth2PermissionGrants',
  'roleAssignments',
  'mailboxes',
  'distributionGroups',
  'mobileDevices',
  'sites',
  'groups',
  'groupMembers',
  'groupOwners',
  'contacts',
  'managedDevices',
] as const;

const milliseconds = z.number().int().min(0);

const exchangeSettingsSchema = z.strictObject({
  /** How long after the license the mailbox appears. */
  mailboxDelayMs: milliseconds,
  /** Whether the text of a failed cmdlet stands behind bars or in JSON. */
  errorText: z.enum(['pipe', 'json']),
  /** How long links to further pages can be used; 0 refuses them at once. */
  pageTokenSeconds: z.number().int().min(0),
  /** True refuses further pages that are asked for with another `connection-id`. */
  pagesBoundToConnection: z.boolean(),
  /** Whether `ResultSize` limits an answer of InvokeCommand. */
  resultSize: z.enum(['honored', 'ignored']),
  /** True refuses calls of the beta without `X-AnchorMailbox`. */
  requireAnchorMailbox: z.boolean(),
  /** Host and port that calls to any other host are redirected to. */
  regionalHost: z.string().min(1).nullable(),
  /** Whether answers carry `Rate-Limit-*`. */
  rateLimitHeaders: z.boolean(),
  /** Calls of one application, and the time they are counted over. */
  rateLimit: z.number().int().min(1),
  rateLimitSeconds: z.number().int().min(1),
  /** How long a new phone is looked at before the rules about phones hold for it. */
  deviceDiscoverySeconds: z.number().int().min(0),
  /** Whether an application may make a distribution group without naming its owner. */
  applicationsMayOmitManagedBy: z.boolean(),
  /** Where those CNAMEs have to point to: as for newer domains or as for older ones. */
  dkimStyle: z.enum(['new', 'old']),
  /** False answers `adminapi/v2.0` like an organization that does not have the preview. */
  adminApiV2: z.boolean(),
});

export const settingsSchema = z.strictObject({
  /** How far the tenant's clock is ahead of the machine's. */
  clockOffsetMs: z.number().int(),
  /** Waiting time added to every call. */
  latencyMs: milliseconds,
  /** How long a write of licences or credentials takes: a second one to the same object meanwhile collides. */
  exclusiveWriteMs: milliseconds,
  /** How long after a change each kind of object still looks as before. */
  lagMs: z.partialRecord(z.enum(laggingKinds), milliseconds),
  /** False lets every valid token do everything. */
  enforcePermissions: z.boolean(),
  throttling: z.strictObject({
    mode: z.enum(['real', 'scaled', 'off']),
    /** With `scaled`, Microsoft's limits are multiplied by this. */
    factor: z.number().positive(),
    /** Seconds in `Retry-After`; `computed` says when there will be room again, null leaves the header out. */
    retryAfter: z.union([z.number().int().min(0), z.literal('computed'), z.null()]),
  }),
  /** The cloud whose hosts stand in documents and audiences. */
  cloud: z.enum(clouds),
  /** Refusals as Conditional Access and multi-factor authentication make them, which are not emulated otherwise. */
  signInPolicies: z.array(signInPolicySchema),
  /** Whose tokens end at once when a session is revoked: those of clients that declare `cp1`, everybody's, nobody's. */
  continuousAccess: z.enum(['declared', 'everybody', 'nobody']),
  /** How long after a revocation a token still works. */
  revocationDelaySeconds: z.number().int().min(0),
  /** Validity of new access tokens. */
  accessTokenSeconds: z.number().int().min(1),
  deviceCodeSeconds: z.number().int().min(1),
  /** Polling interval that device code answers ask for. */
  deviceCodeIntervalSeconds: z.number().int().min(0),
  /** How long a password reset by `resetPassword` is said to run; the password itself is new at once. */
  passwordResetMs: milliseconds,
  /** How long page and delta tokens can be used. */
  pageTokenSeconds: z.number().int().min(1),
  deltaTokenSeconds: z.number().int().min(1),
  /** Objects on one page of a delta query. */
  deltaPageSize: z.number().int().min(1).max(999),
  /** What an outdated delta token gets: the answer seen in the field or the documented one. */
  expiredDeltaAnswer: z.enum(['badRequest', 'gone']),
  /** Largest file that is taken, whatever way it comes. */
  maximumFileBytes: z.number().int().min(1),
  /** How long an upload session and an address to download from can be used. */
  uploadSessionSeconds: z.number().int().min(1),
  downloadUrlSeconds: z.number().int().min(1),
  /** Whether a token sent to an address to upload to is refused: the service says that it may be. */
  refusesTokenOnUpload: z.boolean(),
  /** Items on a page of a drive or list. */
  filePageSize: z.number().int().min(1),
  /** How long a copy is shown as under way. */
  copyMs: milliseconds,
  /** Resource units of a call of SharePoint's classic interface; Microsoft says no number. */
  sharePointRestUnits: z.number().int().min(1),
  /** How SharePoint refuses callers that exceed its limits. */
  sharePointThrottledStatus: z.union([z.literal(429), z.literal(503)]),
  /** Whether a security group can be restored after it was deleted; Microsoft is changing this. */
  securityGroupDeletion: z.enum(['permanent', 'restorable']),
  /** Most members and owners that a group can have. */
  groupMemberQuota: z.number().int().min(0),
  groupOwnerQuota: z.number().int().min(0),
  /** Most objects a tenant can have, and most that somebody without a role can own. */
  directoryObjectQuota: z.number().int().min(0),
  createdObjectQuota: z.number().int().min(0),
  /** `host:port` of the name server that domains are verified against; null asks those of the machine. */
  dnsResolver: z
    .string()
    .regex(/^.+:\d+$/, 'host:port')
    .nullable(),
  dnsTimeoutMs: z.number().int().min(1),
  /** Whether the answer "no such record" is believed for as long as it says, as resolvers do. */
  dnsNegativeCaching: z.boolean(),
  /** Form of the mail exchanger in a domain's records; `byDate` gives the new one to domains added since July 2026. */
  mailExchangerStyle: z.enum(['byDate', 'old', 'new']),
  /** How long a forced deletion of a domain takes. */
  forceDeleteMs: milliseconds,
  /** Time until a device has wiped or retired itself. */
  deviceActionMs: milliseconds,
  /** Whether usage reports hide who people are, until `/admin/reportSettings` says otherwise. */
  concealReportNames: z.boolean(),
  /** How far usage reports lag behind. */
  reportDelayDays: z.number().int().min(0),
  /** Validity of the URL that a usage report is fetched from. */
  reportDownloadSeconds: z.number().int().min(1),
  /** Entries that the audit log and the sign-in log keep; 0 keeps none. */
  auditLogSize: z.number().int().min(0),
  /** Entries the request log keeps. */
  requestLogSize: z.number().int().min(0),
  exchange: exchangeSettingsSchema,
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema
  .partial()
  .extend({
    throttling: settingsSchema.shape.throttling.partial(),
    exchange: exchangeSettingsSchema.partial(),
    /** `all` is every kind that is not named. */
    lagMs: z.partialRecord(z.enum([...laggingKinds, 'all']), milliseconds),
  })
  .partial();

export type SettingsChange = z.input<typeof settingsChangeSchema>;

export const defaultSettings: Settings = {
  clockOffsetMs: 0,
  latencyMs: 0,
  exclusiveWriteMs: 0,
  lagMs: {},
  enforcePermissions: true,
  throttling: { mode: 'real', factor: 1, retryAfter: 10 },
  cloud: 'worldwide',
  signInPolicies: [],
  continuousAccess: 'declared',
  revocationDelaySeconds: 0,
  accessTokenSeconds: 3600,
  deviceCodeSeconds: 900,
  deviceCodeIntervalSeconds: 5,
  passwordResetMs: 0,
  pageTokenSeconds: 24 * 3600,
  deltaTokenSeconds: 7 * 24 * 3600,
  deltaPageSize: 200,
  expiredDeltaAnswer: 'badRequest',
  maximumFileBytes: 512 * 1024 * 1024,
  uploadSessionSeconds: 24 * 3600,
  downloadUrlSeconds: 3600,
  refusesTokenOnUpload: false,
  filePageSize: 200,
  copyMs: 0,
  sharePointRestUnits: 2,
  sharePointThrottledStatus: 429,
  securityGroupDeletion: 'permanent',
  groupMemberQuota: 100_000,
  groupOwnerQuota: 100,
  directoryObjectQuota: 300_000,
  createdObjectQuota: 250,
  dnsResolver: null,
  dnsTimeoutMs: 3000,
  dnsNegativeCaching: true,
  mailExchangerStyle: 'byDate',
  forceDeleteMs: 30_000,
  deviceActionMs: 60_000,
  concealReportNames: true,
  reportDelayDays: 2,
  reportDownloadSeconds: 300,
  auditLogSize: 500,
  requestLogSize: 10_000,
  exchange: {
    mailboxDelayMs: 0,
    errorText: 'pipe',
    pageTokenSeconds: 1800,
    pagesBoundToConnection: false,
    resultSize: 'honored',
    requireAnchorMailbox: false,
    regionalHost: null,
    rateLimitHeaders: true,
    rateLimit: 30_000,
    rateLimitSeconds: 300,
    deviceDiscoverySeconds: 0,
    applicationsMayOmitManagedBy: false,
    dkimStyle: 'new',
    adminApiV2: true,
  },
};

/** The settings after a change; nested groups are merged, not replaced. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const { throttling, lagMs, exchange, ...rest } = settingsChangeSchema.parse(change);
  return settingsSchema.parse({
    ...settings,
    ...withoutUndefined(rest),
    throttling: { ...settings.throttling, ...withoutUndefined(throttling ?? {}) },
    exchange: { ...settings.exchange, ...withoutUndefined(exchange ?? {}) },
    lagMs: { ...settings.lagMs, ...lagOfEachKind(lagMs ?? {}) },
  });
}

function lagOfEachKind({ all, ...named }: NonNullable<SettingsChange['lagMs']>): Settings['lagMs'] {
  const everyKind = all === undefined ? {} : Object.fromEntries(laggingKinds.map((kind) => [kind, all]));
  return { ...everyKind, ...withoutUndefined(named) };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
