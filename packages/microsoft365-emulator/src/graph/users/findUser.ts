import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { notFound } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The user that a path names by id or user principal name, as a lagging replica shows it. */
export function getVisibleUser(call: GraphCall, key: string = call.params['id'] ?? ''): UserRecord {
  const { users } = call.tenant;
  const user = isGuid(key)
    ? users.visible(key.toLowerCase())
    : users.findVisible('userPrincipalName', key.toLowerCase());
  if (user === undefined) throw notFound(key);
  return user;
}

/** The user to be written: it must be visible, but what is changed is what it really is now. */
export function getUserToWrite(call: GraphCall): UserRecord {
  const visible = getVisibleUser(call);
  const user = call.tenant.users.get(visible.id);
  if (user === undefined) throw notFound(call.params['id'] ?? visible.id);
  return user;
}

/** Directory roles that a user or service principal holds, by itself or through groups that hold roles. */
export function rolesOf(tenant: Tenant, principalId: string): string[] {
  const { groups, groupMembers } = tenant.directory;
  const holders = groupMembers
    .findAllVisible('objectId', principalId)
    .map(({ groupId }) => groupId)
    .filter((id) => groups.visible(id)?.properties['isAssignableToRole'] === true);
  const held = [principalId, ...holders].flatMap((id) => tenant.roleAssignments.findAllVisible('principalId', id));
  return [...new Set(held.map((role) => role.roleDefinitionId))];
}
