import type { IntegrationCredentials } from '@isthmus/microsoft365';
import { z } from 'zod';
import type { SecretStore } from '../../storage/SecretStore.ts';
import type { SettingStore } from '../../storage/SettingStore.ts';

const SETTING = 'integration';
const PRIVATE_KEY = 'integration-private-key';

/** Objects of the tenant that belong to the app registration. */
export const registrationSchema = z.object({
  applicationObjectId: z.string().optional(),
  clientId: z.string().optional(),
  servicePrincipalId: z.string().optional(),
  certificateKeyId: z.string().optional(),
});

/** The tenant that this installation is connected to, and what it signs in with; the key is kept as a secret. */
export const integrationRecordSchema = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  initialDomain: z.string(),
  defaultDomain: z.string(),
  defaultUsageLocation: z.string(),
  clientId: z.string(),
  applicationName: z.string(),
  certificatePem: z.string(),
  certificateExpiresAt: z.iso.datetime(),
  integratedAt: z.iso.datetime(),
  integratedBy: z.string(),
  /** Who signed in to the tenant for it; integrations of before do not know it. */
  administrator: z.string().optional(),
  /** What was made in the tenant; integrations of before do not know it. */
  registration: registrationSchema.optional(),
});
export type IntegrationRecord = z.output<typeof integrationRecordSchema>;

export function findIntegrationRecord(settings: SettingStore): Promise<IntegrationRecord | undefined> {
  return settings.find(SETTING, integrationRecordSchema);
}

export async function findDefaultUsageLocation(settings: SettingStore): Promise<string | undefined> {
  return (await findIntegrationRecord(settings))?.defaultUsageLocation;
}

/** What the server signs in with; undefined = not integrated. */
export async function findIntegrationCredentials(stores: {
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
}): Promise<IntegrationCredentials | undefined> {
  const [record, privateKeyPem] = await Promise.all([
    findIntegrationRecord(stores.settings),
    stores.secrets.find(PRIVATE_KEY),
  ]);
  if (record === undefined || privateKeyPem === undefined) return undefined;
  const { tenantId, clientId, certificatePem } = record;
  return { tenantId, clientId, certificatePem, privateKeyPem };
}

/** The record last: as long as it is there, a second run finishes what a first one began. */
export async function removeIntegration(stores: {
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
}): Promise<void> {
  await stores.secrets.remove(PRIVATE_KEY);
  await stores.settings.remove(SETTING);
}

/** The key first: a record without its key would be an integration that cannot sign in. */
export async function saveIntegration(
  stores: { readonly settings: SettingStore; readonly secrets: SecretStore },
  record: IntegrationRecord,
  credentials: IntegrationCredentials,
): Promise<void> {
  await stores.secrets.put(PRIVATE_KEY, credentials.privateKeyPem);
  await stores.settings.put(SETTING, record);
}
