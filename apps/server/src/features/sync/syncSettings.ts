import { type DriftPolicy, driftPolicySchema, type ManagedField, managedFieldSchema } from '@isthmus/contracts';
import { z } from 'zod';

export const SYNC_SETTINGS = 'sync';

export const syncSettingsSchema = z.object({
  paused: z.boolean().default(false),
  drift: z.partialRecord(managedFieldSchema, driftPolicySchema).default({}),
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
