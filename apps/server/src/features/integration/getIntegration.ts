import type { Integration, Notice } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { describeLeftOver, findAttemptRecord, progressOf } from './attemptRecord.ts';
import { findDisabledIntegration } from './disabledIntegration.ts';
import type { GrantedPermissions } from './GrantedPermissions.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationRecord, type IntegrationRecord } from './integrationRecord.ts';
import type { SetUpAttempts } from './SetUpAttempts.ts';
import { isBroken } from './watchConnection.ts';

async function findFeed(platform: Platform): Promise<{ contactedAt: Date | null; problem: Notice | null }> {
  const row = await platform.database
    .selectFrom('feed')
    .select(['contacted_at', 'problem'])
    .where('name', '=', 'tenant')
    .executeTakeFirst();
  return { contactedAt: row?.contacted_at ?? null, problem: row?.problem ?? null };
}

function stateOf(
  record: IntegrationRecord | undefined,
  problem: Notice | null,
  settingUp: boolean,
): Integration['state'] {
  if (record === undefined) return settingUp ? 'setting-up' : 'not-integrated';
  return isBroken(problem) ? 'broken' : 'integrated';
}

async function findUnfinished(
  platform: Platform,
  record: IntegrationRecord | undefined,
  attempts: SetUpAttempts,
): Promise<Integration['unfinished']> {
  const left = await findAttemptRecord(platform);
  if (left === undefined || attempts.findAlive() !== undefined) return null;
  const progress = progressOf(left.progress);
  const leftOver = describeLeftOver(left.tenantName, progress);
  const inUse = record !== undefined && record.clientId === progress.clientId;
  return leftOver.length === 0 || inUse ? null : { attemptId: left.id, leftOver };
}

async function presentDisabled({ settings }: Platform): Promise<Integration['disabled']> {
  const disabled = await findDisabledIntegration(settings);
  if (disabled === undefined) return null;
  const { tenantName, disabledAt, disabledBy, remembers, links, registration } = disabled;
  const leftOver = describeLeftOver(tenantName, progressOf(registration));
  return { tenantName, disabledAt, disabledBy, remembers, links, leftOver };
}

/** The connection to the tenant, as it stands. */
export async function getIntegration(
  platform: Platform,
  parts: IntegrationParts,
  attempts: SetUpAttempts,
  permissions: GrantedPermissions,
): Promise<Integration> {
  const [record, feed, granted] = await Promise.all([
    findIntegrationRecord(platform.settings),
    findFeed(platform),
    permissions.read(),
  ]);
  const problem = record === undefined ? null : feed.problem;
  return {
    state: stateOf(record, problem, attempts.findAlive() !== undefined),
    tenant:
      record === undefined
        ? null
        : {
            tenantId: record.tenantId,
            displayName: record.tenantName,
            initialDomain: record.initialDomain,
            defaultDomain: record.defaultDomain,
            defaultUsageLocation: record.defaultUsageLocation,
          },
    application:
      record === undefined
        ? null
        : {
            clientId: record.clientId,
            displayName: record.applicationName,
            certificateExpiresAt: record.certificateExpiresAt,
          },
    permissions: parts.setUp.permissionNeeds.map(({ isOptional, ...need }) => ({
      ...need,
      optional: isOptional === true,
      // Directory roles are no part of the token of an application.
      granted: need.kind === 'application' ? (granted?.has(need.permission) ?? null) : null,
    })),
    integratedAt: record?.integratedAt ?? null,
    integratedBy: record?.integratedBy ?? null,
    administrator: record?.administrator ?? null,
    lastContactAt: record === undefined ? null : (feed.contactedAt?.toISOString() ?? null),
    problem,
    disabled: record === undefined ? await presentDisabled(platform) : null,
    unfinished: await findUnfinished(platform, record, attempts),
  };
}
