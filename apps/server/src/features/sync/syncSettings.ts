import {
  type AttributeSource,
  attributeMapSchema,
  attributeSources,
  type DriftPolicy,
  driftPolicySchema,
  MAP_OFF,
  type ManagedField,
  type MappedField,
  managedFieldSchema,
  syncScopeSchema,
} from '@isthmus/contracts';
import { z } from 'zod';

export const SYNC_SETTINGS = 'sync';

export const syncSettingsSchema = z.object({
  paused: z.boolean().default(false),
  drift: z.partialRecord(managedFieldSchema, driftPolicySchema).default({}),
  scope: syncScopeSchema.prefault({}),
  map: attributeMapSchema.default({}),
  /** By the clock of the server. */
  nightlyHour: z.number().int().min(0).max(23).nullable().default(2),
});
export type SyncSettings = z.infer<typeof syncSettingsSchema>;

/**
 * The directory wins, but for one thing: a sign-in that somebody blocked in Microsoft 365 stays blocked until a
 * person allows it, because it may be blocked for a stolen password. Blocks of our own are lifted in any case.
 */
export function standardPolicyOf(field: ManagedField): DriftPolicy {
  return field === 'signInAllowed' ? 'warn' : 'overwrite';
}

export function driftPolicyOf(settings: SyncSettings, field: ManagedField): DriftPolicy {
  return settings.drift[field] ?? standardPolicyOf(field);
}

/** The directory attribute that an online property follows; undefined when it is switched off. */
export function sourceOf(settings: Pick<SyncSettings, 'map'>, field: MappedField): AttributeSource | undefined {
  const chosen = settings.map[field] ?? attributeSources[field][0];
  return chosen === MAP_OFF ? undefined : chosen;
}
