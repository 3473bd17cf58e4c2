import type { Notice } from '@isthmus/contracts';
import type {
  AdministratorSession,
  IntegrationCertificate,
  IntegrationCredentials,
  RegistrationProgress,
  TenantFacts,
} from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import { noticeOf } from '../jobs/index.ts';
import {
  type AttemptRecord,
  attemptNotFound,
  findAttemptRecord,
  findCertificate,
  forgetAttempt,
  keepCertificate,
  progressOf,
  saveAttemptRecord,
} from './attemptRecord.ts';
import { findDisabledIntegration, forgetDisabled } from './disabledIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationRecord, type IntegrationRecord, saveIntegration } from './integrationRecord.ts';
import type { SetUpAttempt, SetUpStep } from './SetUpAttempt.ts';
import { waitForFirstRead } from './waitForFirstRead.ts';

interface SetUpWork {
  readonly platform: Platform;
  readonly parts: IntegrationParts;
  readonly attempt: SetUpAttempt;
  readonly usageLocation: string;
}

async function step<T>({ platform, attempt }: SetUpWork, name: SetUpStep, work: () => Promise<T>): Promise<T> {
  attempt.stepBegan(name);
  const result = await work();
  attempt.stepEnded(name, platform.clock.now());
  return result;
}

/** The certificate of an earlier attempt at the same tenant is used again: by it, its leavings are recognized. */
async function chooseCertificate(
  { platform, parts }: SetUpWork,
  earlier: AttemptRecord | undefined,
): Promise<IntegrationCertificate> {
  const kept = earlier === undefined ? undefined : await findCertificate(platform, earlier, platform.clock.now());
  return kept ?? (await parts.setUp.createCertificate('Isthmus'));
}

async function applicationName(platform: Platform): Promise<string> {
  const info = await platform.connections.findDirectory()?.info();
  return info === undefined ? 'Isthmus' : `Isthmus (${info.domainName})`;
}

/** The app registration that is in the tenant already, in use or of a disabled integration, gets a new certificate. */
async function findRegistration({ settings }: Platform, tenant: TenantFacts): Promise<RegistrationProgress> {
  const known = (await findIntegrationRecord(settings)) ?? (await findDisabledIntegration(settings));
  if (known?.registration === undefined || known.tenantId !== tenant.tenantId) return {};
  return progressOf(known.registration);
}

async function register(
  work: SetUpWork,
  session: AdministratorSession,
  tenant: TenantFacts,
): Promise<{
  readonly credentials: IntegrationCredentials;
  readonly certificate: IntegrationCertificate;
  readonly name: string;
}> {
  const { platform, parts, attempt } = work;
  const found = await findAttemptRecord(platform);
  const earlier = found?.tenantId === tenant.tenantId ? found : undefined;
  const certificate = await chooseCertificate(work, earlier);
  const name = await applicationName(platform);
  const record = (progress: RegistrationProgress): AttemptRecord => ({
    id: attempt.id,
    tenantId: tenant.tenantId,
    tenantName: tenant.displayName,
    progress,
    certificatePem: certificate.certificatePem,
    certificateExpiresAt: certificate.expiresAt.toISOString(),
    startedBy: attempt.startedBy,
    startedAt: platform.clock.now().toISOString(),
    problem: null,
  });
  const progress = earlier === undefined ? await findRegistration(platform, tenant) : progressOf(earlier.progress);
  await keepCertificate(platform, certificate);
  await saveAttemptRecord(platform, record(progress));
  attempt.made(progress);
  let saved = Promise.resolve();
  const credentials = await parts.setUp
    .register(session, {
      displayName: name,
      certificate,
      progress,
      signal: attempt.signal,
      report: (stepName, state, made) => {
        attempt.made(made);
        if (state === 'running') attempt.stepBegan(stepName);
        else attempt.stepEnded(stepName, platform.clock.now());
        // In order, one after the other, so that the last report is what stays.
        saved = saved.then(() => saveAttemptRecord(platform, record(made)));
      },
    })
    .finally(() => saved);
  return { credentials, certificate, name };
}

function integrationRecord(
  work: SetUpWork,
  tenant: TenantFacts,
  made: {
    readonly credentials: IntegrationCredentials;
    readonly certificate: IntegrationCertificate;
    readonly name: string;
  },
): IntegrationRecord {
  const { credentials, certificate, name } = made;
  return {
    tenantId: tenant.tenantId,
    tenantName: tenant.displayName,
    initialDomain: tenant.initialDomain,
    defaultDomain: tenant.domains.find((domain) => domain.isDefault)?.name ?? tenant.initialDomain,
    defaultUsageLocation: work.usageLocation,
    clientId: credentials.clientId,
    applicationName: name,
    certificatePem: certificate.certificatePem,
    certificateExpiresAt: certificate.expiresAt.toISOString(),
    integratedAt: work.platform.clock.now().toISOString(),
    integratedBy: work.attempt.startedBy,
    ...(work.attempt.session === undefined ? {} : { administrator: work.attempt.session.username }),
    registration: work.attempt.progress,
  };
}

async function setUp(work: SetUpWork): Promise<void> {
  const { platform, parts, attempt } = work;
  const { session, tenant } = attempt;
  if (session === undefined || tenant === undefined) throw attemptNotFound();
  const made = await register(work, session, tenant);
  await step(work, 'connect', async () => {
    // First, so that no crash leaves ids of another tenant beside the new record.
    await forgetDisabled(platform, tenant.tenantId);
    await saveIntegration(platform, integrationRecord(work, tenant, made), made.credentials);
    await parts.connect(made.credentials);
    await forgetAttempt(platform);
    attempt.connected();
  });
  await retireCertificates(work, session, made.certificate);
}

/** Earlier keys are destroyed here already; that they still stand in the tenant is untidy, and no reason to fail. */
async function retireCertificates(
  { platform, parts, attempt }: SetUpWork,
  session: AdministratorSession,
  certificate: IntegrationCertificate,
): Promise<void> {
  await parts.setUp.retireCertificates(session, attempt.progress, certificate).catch((error: unknown) => {
    platform.logger.warn({ error: String(error) }, 'earlier certificates were not taken off the app registration');
  });
}

/** The mirror reads by itself; a fault there is shown, but the integration stands. */
async function firstRead(work: SetUpWork, since: Date): Promise<Notice | undefined> {
  try {
    await step(work, 'first-read', () => waitForFirstRead(work.platform, since, work.attempt.signal));
    return undefined;
  } catch (error) {
    return work.attempt.signal.aborted ? undefined : noticeOf(error);
  }
}

/** Registers, connects and reads back; ends the attempt in every case and never rejects. */
export async function runSetUp(work: SetUpWork): Promise<void> {
  const { platform, attempt } = work;
  try {
    const since = platform.clock.now();
    await setUp(work);
    attempt.end('done', platform.clock.now(), await firstRead(work, since));
  } catch (error) {
    const cancelled = attempt.signal.aborted;
    platform.logger.warn({ attemptId: attempt.id, error }, 'the set-up of the integration stopped');
    if (cancelled) attempt.end('cancelled', platform.clock.now());
    else attempt.end('failed', platform.clock.now(), noticeOf(error));
  }
}
