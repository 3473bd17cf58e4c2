import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { SettingStore } from '../../storage/SettingStore.ts';
import type { Database } from '../../storage/schema.ts';
import { registrationSchema } from './integrationRecord.ts';

const SETTING = 'integration-disabled';

/** What is kept of an integration that was disabled: whose it was, and what is still in the tenant. */
const disabledIntegrationSchema = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  applicationName: z.string(),
  registration: registrationSchema,
  /** Whether links, linked groups and waiting licenses come back with the tenant. */
  remembers: z.boolean(),
  links: z.number().int(),
  disabledAt: z.iso.datetime(),
  disabledBy: z.string(),
});
export type DisabledIntegration = z.output<typeof disabledIntegrationSchema>;

export function findDisabledIntegration(settings: SettingStore): Promise<DisabledIntegration | undefined> {
  return settings.find(SETTING, disabledIntegrationSchema);
}

export async function saveDisabledIntegration(settings: SettingStore, record: DisabledIntegration): Promise<void> {
  await settings.put(SETTING, record);
}

/** Whatever is remembered by ids of a tenant: links with their holds, linked groups, waiting licenses; and its domains. */
export async function forgetRemembered(database: Kysely<Database>): Promise<void> {
  await database.deleteFrom('remembered_link').execute();
  await database.deleteFrom('group_link').execute();
  await database.deleteFrom('license_wait').execute();
  await database.deleteFrom('watched_domain').execute();
}

/** It is not in the tenant any more. */
export async function forgetRegistration(settings: SettingStore, clientId: string | undefined): Promise<void> {
  const disabled = await findDisabledIntegration(settings);
  if (disabled === undefined || clientId === undefined || disabled.registration.clientId !== clientId) return;
  await saveDisabledIntegration(settings, { ...disabled, registration: {} });
}

/** A tenant is about to be connected: another one than before must not meet the ids of the former. */
export async function forgetDisabled(platform: Platform, tenantId: string): Promise<void> {
  const disabled = await findDisabledIntegration(platform.settings);
  if (disabled === undefined) return;
  if (disabled.tenantId !== tenantId) {
    await platform.database.transaction().execute((transaction) => forgetRemembered(transaction));
  }
  await platform.settings.remove(SETTING);
}
