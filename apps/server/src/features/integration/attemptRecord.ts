import { noticeSchema } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { IntegrationCertificate, RegistrationProgress } from '@isthmus/microsoft365';
import { z } from 'zod';
import type { SecretStore } from '../../storage/SecretStore.ts';
import type { SettingStore } from '../../storage/SettingStore.ts';
import { registrationSchema } from './integrationRecord.ts';

const SETTING = 'integration-attempt';
const PRIVATE_KEY = 'integration-attempt-key';

/**
 * What survives a crash in the middle of a registration: where it was, what exists in the tenant, and the certificate
 * by which it is recognized as ours. Tokens of the administrator are never stored.
 */
export const attemptRecordSchema = z.object({
  id: z.guid(),
  tenantId: z.string(),
  tenantName: z.string(),
  progress: registrationSchema,
  certificatePem: z.string(),
  certificateExpiresAt: z.iso.datetime(),
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  problem: noticeSchema.nullable(),
});
export type AttemptRecord = z.output<typeof attemptRecordSchema>;

interface Stores {
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
}

export function findAttemptRecord(stores: Stores): Promise<AttemptRecord | undefined> {
  return stores.settings.find(SETTING, attemptRecordSchema);
}

export async function saveAttemptRecord(stores: Stores, record: AttemptRecord): Promise<void> {
  await stores.settings.put(SETTING, record);
}

export async function forgetAttempt(stores: Stores): Promise<void> {
  await stores.settings.remove(SETTING);
  await stores.secrets.remove(PRIVATE_KEY);
}

/** The key before anything is made in the tenant: without it, what is made there could not be used again. */
export async function keepCertificate(stores: Stores, certificate: IntegrationCertificate): Promise<void> {
  await stores.secrets.put(PRIVATE_KEY, certificate.privateKeyPem);
}

/** The certificate of an unfinished attempt, if it can still be used. */
export async function findCertificate(
  stores: Stores,
  record: AttemptRecord,
  now: Date,
): Promise<IntegrationCertificate | undefined> {
  const privateKeyPem = await stores.secrets.find(PRIVATE_KEY);
  const expiresAt = new Date(record.certificateExpiresAt);
  if (privateKeyPem === undefined || expiresAt <= now) return undefined;
  return { certificatePem: record.certificatePem, privateKeyPem, expiresAt };
}

/** zod answers `undefined` for absent fields; the port wants them left out. */
export function progressOf(registration: AttemptRecord['progress']): RegistrationProgress {
  return Object.fromEntries(Object.entries(registration).filter(([, value]) => value !== undefined));
}

export function describeLeftOver(tenantName: string, progress: RegistrationProgress): string[] {
  const { clientId, applicationObjectId, servicePrincipalId } = progress;
  const application = clientId ?? applicationObjectId;
  return [
    ...(application === undefined ? [] : [`App registration ${application} in ${tenantName}`]),
    ...(servicePrincipalId === undefined ? [] : [`Enterprise application ${servicePrincipalId} in ${tenantName}`]),
  ];
}

export function attemptNotFound(): DomainError {
  return new DomainError({
    code: 'integration.attempt-not-found',
    message: 'This set-up does not run any more; the server may have been restarted.',
    remedy: 'Start the set-up again; what it has made already is used.',
  });
}
