import type { DomainUseView, Notice } from '@isthmus/contracts';
import { DomainError, isDomainError } from '@isthmus/kernel';
import type { DomainUse } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { DomainParts } from './DomainParts.ts';
import { resolveAlertsOf } from './tellAbout.ts';
import { findWatched } from './watchedDomains.ts';

export interface UnlinkResult {
  readonly done: boolean;
  readonly uses: DomainUseView[];
  /** Why it cannot be removed as things are. */
  readonly problem: Notice | null;
}

const options = { lane: 'interactive' as const };

async function withUserIds({ database }: Platform, uses: readonly DomainUse[]): Promise<DomainUseView[]> {
  if (uses.length === 0) return [];
  const links = await database
    .selectFrom('link')
    .select(['user_id', 'online_account_id'])
    .where(
      'online_account_id',
      'in',
      uses.map(({ id }) => id),
    )
    .execute();
  const userIds = new Map(links.map((link) => [link.online_account_id as string, link.user_id]));
  return uses.map((use) => ({ ...use, userId: userIds.get(use.id) ?? null }));
}

async function findObstacle(platform: Platform, name: string): Promise<Notice | null> {
  const online = await platform.connections.getMicrosoft365().domains.find(name, options);
  if (online?.isInitial === true) {
    return { code: 'domains.initial', message: `${name} is the initial domain of the tenant, which always keeps it.` };
  }
  if (online?.isDefault === true) {
    return {
      code: 'domains.default',
      message: `${name} is the default domain of the tenant.`,
      remedy: 'Make another domain the default first.',
    };
  }
  return null;
}

/**
 * Removes a domain from the tenant that nothing uses any more, and forgets it here.
 * @throws DomainError `domains.not-confirmed`, `online.domain-in-use`
 */
export async function unlinkDomain(
  { platform, refreshTenant }: DomainParts,
  name: string,
  request: { readonly confirm?: string | undefined; readonly dryRun: boolean },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<UnlinkResult> {
  const { domains } = platform.connections.getMicrosoft365();
  const row = await findWatched(platform.database, name);
  const used = await domains.listUses(name, options).catch((error: unknown) => {
    // Somebody removed the domain in the tenant: what is left is to forget it here.
    if (isDomainError(error, 'online.account-not-found')) return [];
    throw error;
  });
  const uses = await withUserIds(platform, used);
  const problem = (await findObstacle(platform, name)) ?? inUse(name, uses);
  if (request.dryRun || problem !== null) return { done: false, uses, problem };
  if (request.confirm?.trim().toLowerCase() !== name) {
    throw new DomainError({
      code: 'domains.not-confirmed',
      message: `The name typed is not ${name}.`,
      remedy: `Type ${name} to confirm.`,
      field: 'confirm',
    });
  }
  await domains.remove(name, options);
  await platform.database.deleteFrom('watched_domain').where('name', '=', name).execute();
  if (row !== undefined) await resolveAlertsOf(platform, row);
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'domain.unlink',
    sentence: `Unlinked the domain ${name}`,
    subject: name,
    result: 'done',
    requestId: by.requestId,
  });
  await refreshTenant();
  platform.events.publish({ topic: 'integration' });
  return { done: true, uses: [], problem: null };
}

function inUse(name: string, uses: readonly DomainUseView[]): Notice | null {
  if (uses.length === 0) return null;
  return {
    code: 'online.domain-in-use',
    message: `${uses.length} people, groups or applications still have names or addresses at ${name}.`,
    remedy: 'Move the accounts to another domain, and change the others in the admin center of Microsoft 365.',
  };
}
