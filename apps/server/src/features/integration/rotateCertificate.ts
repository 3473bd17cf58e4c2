import { DomainError, isDomainError } from '@isthmus/kernel';
import type { IntegrationCertificate, IntegrationCredentials } from '@isthmus/microsoft365';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import {
  findIntegrationCredentials,
  findIntegrationRecord,
  type IntegrationRecord,
  saveIntegration,
} from './integrationRecord.ts';

const SETTING = 'certificate-rotation';
const PRIVATE_KEY = 'certificate-rotation-key';

/** The certificate that takes over, and how far that came. */
const rotationSchema = z.object({
  certificatePem: z.string(),
  expiresAt: z.iso.datetime(),
  /** Of the new key; undefined until it was added, or when the answer to that was lost. */
  keyId: z.string().optional(),
  /** Of the key it replaces. */
  formerKeyId: z.string().optional(),
});
type Rotation = z.output<typeof rotationSchema>;

interface Pending {
  readonly rotation: Rotation;
  readonly certificate: IntegrationCertificate;
}

export interface RotationCaller {
  readonly actor: string;
  readonly address: string;
  readonly requestId: string;
}

async function findPending({ settings, secrets, clock }: Platform): Promise<Pending | undefined> {
  const rotation = await settings.find(SETTING, rotationSchema);
  const privateKeyPem = rotation && (await secrets.find(PRIVATE_KEY));
  if (rotation === undefined || privateKeyPem === undefined) return undefined;
  const expiresAt = new Date(rotation.expiresAt);
  if (expiresAt <= clock.now()) return undefined;
  return { rotation, certificate: { certificatePem: rotation.certificatePem, privateKeyPem, expiresAt } };
}

async function begin(platform: Platform, parts: IntegrationParts, record: IntegrationRecord): Promise<Pending> {
  const certificate = await parts.setUp.createCertificate('Isthmus');
  const formerKeyId = record.registration?.certificateKeyId;
  const rotation: Rotation = {
    certificatePem: certificate.certificatePem,
    expiresAt: certificate.expiresAt.toISOString(),
    ...(formerKeyId === undefined ? {} : { formerKeyId }),
  };
  // The key first: without it, what is added in the tenant could not be used.
  await platform.secrets.put(PRIVATE_KEY, certificate.privateKeyPem);
  await platform.settings.put(SETTING, rotation);
  return { rotation, certificate };
}

async function forget({ settings, secrets }: Platform): Promise<void> {
  await settings.remove(SETTING);
  await secrets.remove(PRIVATE_KEY);
}

function demandRegistration(record: IntegrationRecord | undefined): { record: IntegrationRecord; objectId: string } {
  if (record === undefined) {
    throw new DomainError({
      code: 'integration.not-integrated',
      message: 'No tenant is integrated.',
      remedy: 'Integrate one on the page Microsoft 365.',
    });
  }
  const objectId = record.registration?.applicationObjectId;
  if (objectId !== undefined) return { record, objectId };
  throw new DomainError({
    code: 'integration.registration-unknown',
    message:
      'This integration is of a time before Isthmus noted its app registration, so it cannot renew its certificate by itself.',
    remedy: 'Use “Change the administrator account”, which makes a new certificate.',
  });
}

/** Adds the new certificate, or finds by trying that an earlier run did so whose answer was lost. */
async function add(
  platform: Platform,
  { setUp }: IntegrationParts,
  pending: Pending,
  current: IntegrationCredentials,
  objectId: string,
): Promise<Rotation> {
  const { rotation, certificate } = pending;
  if (rotation.keyId !== undefined) return rotation;
  try {
    const keyId = await setUp.addCertificate(current, objectId, certificate);
    const added = { ...rotation, keyId };
    await platform.settings.put(SETTING, added);
    return added;
  } catch (error) {
    // The same key twice is refused; whether it is there is told by using it.
    if (isDomainError(error, 'online.failed')) return rotation;
    throw error;
  }
}

/**
 * Renews the certificate without an administrator: the new one is added by the old one, tried, used, and only then is the
 * old one taken off. A run that was cut off anywhere is finished by the next one.
 * Source: Microsoft documentation, "application: addKey" and "application: removeKey".
 * @throws DomainError `integration.registration-unknown`, `online.certificate-refused`, …
 */
export async function rotateCertificate(
  platform: Platform,
  parts: IntegrationParts,
  by: RotationCaller,
): Promise<void> {
  const { record, objectId } = demandRegistration(await findIntegrationRecord(platform.settings));
  const current = await findIntegrationCredentials(platform);
  if (current === undefined) throw new TypeError('An integration has credentials');
  const pending = (await findPending(platform)) ?? (await begin(platform, parts, record));
  const { certificate } = pending;
  const next = { ...current, certificatePem: certificate.certificatePem, privateKeyPem: certificate.privateKeyPem };
  let { rotation } = pending;
  if (record.certificatePem !== certificate.certificatePem) {
    rotation = await add(platform, parts, pending, current, objectId);
    await parts.setUp.proveCredentials(next);
    const { keyId } = rotation;
    const { certificateKeyId: _, ...registration } = record.registration ?? {};
    const renewed: IntegrationRecord = {
      ...record,
      certificatePem: certificate.certificatePem,
      certificateExpiresAt: certificate.expiresAt.toISOString(),
      registration: { ...registration, ...(keyId === undefined ? {} : { certificateKeyId: keyId }) },
    };
    await saveIntegration(platform, renewed, next);
  }
  // Also when an earlier run was cut off in between: what is used must be the new one before the old one goes.
  await parts.connect(next);
  if (rotation.formerKeyId !== undefined) await parts.setUp.removeCertificate(next, objectId, rotation.formerKeyId);
  await forget(platform);
  await platform.audit.record({
    actor: by.actor,
    address: by.address,
    action: 'integration.rotate-certificate',
    sentence: `Renewed the certificate of the integration, good until ${rotation.expiresAt.slice(0, 10)}`,
    result: 'done',
    requestId: by.requestId,
  });
  platform.events.publish({ topic: 'integration' });
}
