import * as z from 'zod';

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
  'sites',
] as const;

const milliseconds = z.number().int().min(0);

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
  /** Validity of new access tokens. */
  accessTokenSeconds: z.number().int().min(1),
  deviceCodeSeconds: z.number().int().min(1),
  /** Polling interval that device code answers ask for. */
  deviceCodeIntervalSeconds: z.number().int().min(0),
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
  /** Entries the request log keeps. */
  requestLogSize: z.number().int().min(0),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema
  .partial()
  .extend({ throttling: settingsSchema.shape.throttling.partial() })
  .partial();

export type SettingsChange = z.input<typeof settingsChangeSchema>;

export const defaultSettings: Settings = {
  clockOffsetMs: 0,
  latencyMs: 0,
  exclusiveWriteMs: 0,
  lagMs: {},
  enforcePermissions: true,
  throttling: { mode: 'real', factor: 1, retryAfter: 10 },
  accessTokenSeconds: 3600,
  deviceCodeSeconds: 900,
  deviceCodeIntervalSeconds: 5,
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
  requestLogSize: 10_000,
};

/** The settings after a change; nested groups are merged, not replaced. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const { throttling, lagMs, ...rest } = settingsChangeSchema.parse(change);
  return settingsSchema.parse({
    ...settings,
    ...withoutUndefined(rest),
    throttling: { ...settings.throttling, ...withoutUndefined(throttling ?? {}) },
    lagMs: { ...settings.lagMs, ...lagMs },
  });
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
