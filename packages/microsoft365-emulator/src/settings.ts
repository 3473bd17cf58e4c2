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
  /** How long page and delta tokens can be used. */
  pageTokenSeconds: z.number().int().min(1),
  deltaTokenSeconds: z.number().int().min(1),
  /** Objects on one page of a delta query. */
  deltaPageSize: z.number().int().min(1).max(999),
  /** What an outdated delta token gets: the answer seen in the field or the documented one. */
  expiredDeltaAnswer: z.enum(['badRequest', 'gone']),
  /** Entries the request log keeps. */
  requestLogSize: z.number().int().min(0),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema
  .partial()
  .extend({
    throttling: settingsSchema.shape.throttling.partial(),
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
  pageTokenSeconds: 24 * 3600,
  deltaTokenSeconds: 7 * 24 * 3600,
  deltaPageSize: 200,
  expiredDeltaAnswer: 'badRequest',
  requestLogSize: 10_000,
};

/** The settings after a change; nested groups are merged, not replaced. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const { throttling, lagMs, ...rest } = settingsChangeSchema.parse(change);
  return settingsSchema.parse({
    ...settings,
    ...withoutUndefined(rest),
    throttling: { ...settings.throttling, ...withoutUndefined(throttling ?? {}) },
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
