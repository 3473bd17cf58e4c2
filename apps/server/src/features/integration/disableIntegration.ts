import type { DisableEffect, DisableRequest, DisableResult } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import { type Kysely, sql } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { Database } from '../../storage/schema.ts';
import { findDisabledIntegration, forgetRemembered, saveDisabledIntegration } from './disabledIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationRecord, type IntegrationRecord, removeIntegration } from './integrationRecord.ts';
import type { SetUpAttempts } from './SetUpAttempts.ts';

/** Alerts about the tenant, by code or its beginning; nobody could end them any more. What the delete guard holds stays. */
const TENANT_ALERTS = [
  'licenses.',
  'groups.',
  'domains.',
  'subscription.',
  'sync.person-failed',
  'sync.link-conflict',
  'sync.nightly-failed',
  'integration.',
  'passwords.policy-weak',
  'passwords.rejected',
];

async function readEffect(platform: Platform, record: IntegrationRecord): Promise<DisableEffect> {
  type Counts = Omit<DisableEffect, 'tenantName' | 'application' | 'reachable' | 'domains' | 'seats'>;
  const { rows } = await sql<Counts>`select
    (select count(*)::int from link join directory_user u on u.id = link.user_id and u.removed_at is null) as people,
    (select count(*)::int from link where hold is not null) as held,
    (select count(*)::int from group_link) as groups,
    (select count(*)::int from license_wait) as "waitingLicenses",
    (select count(*)::int from password join link on link.user_id = password.user_id
      where password.sealed is not null) as "waitingPasswords"`.execute(platform.database);
  const [counts] = rows;
  if (counts === undefined) throw new Error('An aggregate without grouping answers one row');
  const { rows: seats } = await sql<DisableEffect['seats'][number]>`select l.name, count(*)::int as used
    from link join online_account o on o.id = link.online_account_id cross join unnest(o.sku_ids) as sku
      join license l on l.sku_id::text = sku::text group by l.name order by l.name`.execute(platform.database);
  const domains = await platform.database
    .selectFrom('tenant_domain')
    .select('name')
    .where('is_initial', '=', false)
    .orderBy('name')
    .execute();
  const feed = await platform.database
    .selectFrom('feed')
    .select('problem')
    .where('name', '=', 'tenant')
    .executeTakeFirst();
  return {
    tenantName: record.tenantName,
    application: { clientId: record.clientId, displayName: record.applicationName },
    reachable: feed === undefined || feed.problem === null,
    ...counts,
    domains: domains.map(({ name }) => name),
    seats,
  };
}

async function refuseWhileBusy(platform: Platform, attempts: SetUpAttempts): Promise<void> {
  if (attempts.findAlive()?.state === 'registering') {
    throw new DomainError({
      code: 'integration.attempt-running',
      message: 'The integration is being set up right now.',
      remedy: 'Wait for its end, or cancel it.',
    });
  }
  const job = await platform.database
    .selectFrom('job')
    .select('title')
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('created_at')
    .executeTakeFirst();
  if (job === undefined) return;
  throw new DomainError({
    code: 'integration.jobs-running',
    message: `The job “${job.title}” is running.`,
    remedy: 'Wait for its end, or cancel it on the page Jobs.',
  });
}

function demandConfirmation(record: IntegrationRecord, confirm: string | undefined): void {
  if (confirm?.trim().toLowerCase() === record.tenantName.trim().toLowerCase()) return;
  throw new DomainError({
    code: 'integration.not-confirmed',
    message: `The name typed is not the one of the tenant, ${record.tenantName}.`,
    remedy: `Type ${record.tenantName} to confirm.`,
    field: 'confirm',
  });
}

const REMEMBERED = [
  'user_id',
  'online_account_id',
  'created_at',
  'created_by',
  'address_follows',
  'blocked_by_us',
  'revoke_due',
  'hold',
  'hold_sku_ids',
  'held_at',
] as const;

/** A link that is there counts for more than what was remembered of the person before and never came back. */
async function rememberLinks(transaction: Kysely<Database>): Promise<void> {
  await transaction
    .insertInto('remembered_link')
    .columns([...REMEMBERED])
    .expression(transaction.selectFrom('link').select([...REMEMBERED]))
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet((eb) => Object.fromEntries(REMEMBERED.map((column) => [column, eb.ref(`excluded.${column}`)]))),
    )
    .execute();
}

/** The copy of the tenant and everything that points into it; a second run finds nothing left to do. */
async function clearTenant(database: Kysely<Database>, remember: boolean): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await (remember ? rememberLinks(transaction) : forgetRemembered(transaction));
    await sql`delete from link`.execute(transaction);
    await sql`delete from online_account`.execute(transaction);
    await sql`delete from license`.execute(transaction);
    await sql`delete from tenant_domain`.execute(transaction);
    await sql`delete from tenant_role`.execute(transaction);
  });
}

async function resolveAlerts(platform: Platform): Promise<void> {
  const open = await platform.database
    .selectFrom('alert')
    .select(['code', 'subject_user_id'])
    .where('state', '<>', 'resolved')
    .execute();
  for (const { code, subject_user_id: userId } of open) {
    if (!TENANT_ALERTS.some((prefix) => code.startsWith(prefix))) continue;
    await platform.alerts.resolve(code, userId ?? undefined);
  }
}

/**
 * Ends the integration without a word to the tenant, so that it works while Microsoft 365 cannot be reached: everything
 * there stays as it is. The record of the integration goes last: a run that a crash ended is finished by the next one.
 * @throws DomainError `integration.not-integrated`, `integration.jobs-running`, `integration.not-confirmed`
 */
export async function disableIntegration(
  platform: Platform,
  parts: IntegrationParts,
  attempts: SetUpAttempts,
  request: DisableRequest & { readonly dryRun: boolean },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<DisableResult> {
  const record = await findIntegrationRecord(platform.settings);
  if (record === undefined) {
    throw new DomainError({
      code: 'integration.not-integrated',
      message: 'No tenant is integrated, so there is nothing to disable.',
      remedy: 'Integrate one on the page Microsoft 365.',
    });
  }
  const effect = await readEffect(platform, record);
  if (request.dryRun) return { done: false, effect };
  demandConfirmation(record, request.confirm);
  await refuseWhileBusy(platform, attempts);
  await parts.disconnect({ keepWaitingPasswords: request.remember });
  // There only when an earlier run was cut off: then the links are put away already.
  const links = (await findDisabledIntegration(platform.settings))?.links ?? effect.people;
  await saveDisabledIntegration(platform.settings, {
    tenantId: record.tenantId,
    tenantName: record.tenantName,
    applicationName: record.applicationName,
    registration: record.registration ?? { clientId: record.clientId },
    remembers: request.remember,
    links,
    disabledAt: platform.clock.now().toISOString(),
    disabledBy: by.actor.userName,
  });
  await clearTenant(platform.database, request.remember);
  await removeIntegration(platform);
  await resolveAlerts(platform);
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'integration.disable',
    sentence: `Disabled the integration with ${record.tenantName}`,
    changes: [{ field: 'links', before: String(links), after: request.remember ? 'remembered' : 'forgotten' }],
    result: 'done',
    requestId: by.requestId,
  });
  platform.events.publish({ topic: 'integration' });
  platform.events.publish({ topic: 'users', ids: null });
  platform.events.publish({ topic: 'sync' });
  return { done: true, effect };
}
