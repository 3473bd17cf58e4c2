import { z } from 'zod';

/** Fields of the online account that follow the directory. */
export const managedFieldSchema = z.enum([
  'displayName',
  'givenName',
  'surname',
  'department',
  'jobTitle',
  'officeLocation',
  'mobilePhone',
  'businessPhones',
  'companyName',
  'upn',
  'signInAllowed',
]);
export type ManagedField = z.infer<typeof managedFieldSchema>;

/** What happens when Microsoft 365 shows another value than the directory. */
const policySchema = z.enum(['overwrite', 'warn', 'leave']);
export type DriftPolicy = z.infer<typeof policySchema>;

export const SYNC_SETTINGS = 'sync';

export const syncSettingsSchema = z.object({
  paused: z.boolean().default(false),
  drift: z.partialRecord(managedFieldSchema, policySchema).default({}),
});
export type SyncSettings = z.infer<typeof syncSettingsSchema>;

/**
 * The directory wins, but for one thing: a sign-in that somebody blocked in Microsoft 365 stays blocked until a
 * person allows it, because it may be blocked for a stolen password. Blocks of our own are lifted in any case.
 */
export function driftPolicyOf(settings: SyncSettings, field: ManagedField): DriftPolicy {
  return settings.drift[field] ?? (field === 'signInAllowed' ? 'warn' : 'overwrite');
}
