import { randomUUID } from 'node:crypto';
import type { Notice } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import { noticeOf } from '../jobs/index.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationRecord } from './integrationRecord.ts';
import { rotateCertificate } from './rotateCertificate.ts';

const DAY_MS = 24 * 60 * 60_000;
const RENEW_BEFORE_MS = 30 * DAY_MS;
const URGENT_BEFORE_MS = 7 * DAY_MS;

const EXPIRES = 'integration.certificate-expires';
const BROKEN = 'integration.broken';

/** Problems of the connection that time does not heal, and what happened. */
const titles: Readonly<Record<string, string>> = {
  'online.certificate-refused': 'Microsoft 365 does not accept the certificate any more',
  'online.application-missing': 'The app registration of Isthmus is gone from the tenant',
  'online.not-permitted': 'Isthmus lacks permissions in the tenant',
};

export function isBroken(problem: Notice | null): problem is Notice {
  return problem !== null && problem.code in titles;
}

/** Renews the certificate in time, and says so when that fails. */
async function watchCertificate(platform: Platform, parts: IntegrationParts): Promise<void> {
  const { alerts, clock, logger } = platform;
  const record = await findIntegrationRecord(platform.settings);
  const left = record === undefined ? Infinity : Date.parse(record.certificateExpiresAt) - clock.now().getTime();
  if (left > RENEW_BEFORE_MS) return alerts.resolve(EXPIRES);
  try {
    await rotateCertificate(platform, parts, { actor: ISTHMUS_ITSELF, address: '', requestId: randomUUID() });
    await alerts.resolve(EXPIRES);
  } catch (error) {
    const { message, remedy } = noticeOf(error);
    logger.warn({ error: message }, 'the certificate of the integration could not be renewed');
    const day = record?.certificateExpiresAt.slice(0, 10) ?? '';
    await alerts.raise({
      code: EXPIRES,
      severity: left > URGENT_BEFORE_MS ? 'warning' : 'critical',
      title:
        left > 0
          ? `The certificate of the integration expires on ${day}`
          : 'The certificate of the integration has expired',
      detail: `It could not be renewed. ${message}`,
      remedy:
        left > 0
          ? (remedy ?? 'Try again on the page Microsoft 365.')
          : 'Use “Change the administrator account” on the page Microsoft 365: it makes a new certificate.',
    });
  }
}

async function watchTrouble({ database, alerts }: Platform): Promise<void> {
  const feed = await database.selectFrom('feed').select('problem').where('name', '=', 'tenant').executeTakeFirst();
  const problem = feed?.problem ?? null;
  if (!isBroken(problem)) return alerts.resolve(BROKEN);
  return alerts.raise({
    code: BROKEN,
    severity: 'critical',
    title: titles[problem.code] ?? '',
    detail: `${problem.message} Until then nothing reaches Microsoft 365; what is to be done waits.`,
    remedy:
      'Use “Change the administrator account” on the page Microsoft 365: it grants everything anew. Or disable the integration.',
  });
}

/** Looks after what the integration signs in with, and tells when somebody has to mend it. */
export async function watchConnection(platform: Platform, parts: IntegrationParts): Promise<void> {
  if (platform.connections.findMicrosoft365() === undefined) return;
  await watchTrouble(platform);
  await watchCertificate(platform, parts);
}
