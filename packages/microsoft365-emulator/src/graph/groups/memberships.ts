import type { Tenant } from '../../store/Tenant.ts';

/** Ids of the objects that are directly in a group, as a lagging replica shows it. */
export function memberIdsOf({ directory }: Tenant, groupId: string): string[] {
  return directory.groupMembers.findAllVisible('groupId', groupId).map(({ objectId }) => objectId);
}

export function ownerIdsOf({ directory }: Tenant, groupId: string): string[] {
  return directory.groupOwners.findAllVisible('groupId', groupId).map(({ objectId }) => objectId);
}

/** Ids of the groups that an object is directly in. */
export function groupIdsOf({ directory }: Tenant, objectId: string): string[] {
  const links = directory.groupMembers.findAllVisible('objectId', objectId);
  return links.map(({ groupId }) => groupId).filter((id) => directory.groups.visible(id) !== undefined);
}

/** Everything that is reached from an id by following links, without the id itself; circles are gone round once. */
function reach(start: string, follow: (id: string) => readonly string[]): string[] {
  const reached = new Set<string>();
  const waiting = [...follow(start)];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...follow(id));
  }
  reached.delete(start);
  return [...reached];
}

export function transitiveMemberIdsOf(tenant: Tenant, groupId: string): string[] {
  const isLive = (id: string): boolean => tenant.directory.groups.visible(id) !== undefined;
  return reach(groupId, (id) => (isLive(id) ? memberIdsOf(tenant, id) : []));
}

export function transitiveGroupIdsOf(tenant: Tenant, objectId: string): string[] {
  return reach(objectId, (id) => groupIdsOf(tenant, id));
}
