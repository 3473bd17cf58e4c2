import type { GroupRecord } from '../../store/records.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { has } from '../Caller.ts';
import { denied } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import { rolesOf } from '../users/findUser.ts';
import { isRoleAssignable } from './groupKind.ts';

/** Directory roles that may change every group but those that can hold roles themselves. */
const groupAdministrators: readonly string[] = [
  roles.globalAdministrator,
  roles.groupsAdministrator,
  roles.userAdministrator,
  roles.directoryWriters,
  roles.exchangeAdministrator,
  roles.sharePointAdministrator,
];

const roleAdministrators: readonly string[] = [roles.globalAdministrator, roles.privilegedRoleAdministrator];

function holdsOneOf(call: GraphCall, wanted: readonly string[]): boolean {
  return rolesOf(call.tenant, call.caller.objectId).some((role) => wanted.includes(role));
}

export function isGroupAdministrator(call: GraphCall): boolean {
  return call.caller.kind === 'application' || holdsOneOf(call, groupAdministrators);
}

/** People without a role may change the groups they own; a group that can hold roles is for role administrators. */
export function authorizeGroupWrite(call: GraphCall, group: GroupRecord): void {
  if (!call.settings.enforcePermissions) return;
  if (isRoleAssignable(group)) {
    authorizeRoleAssignable(call);
    return;
  }
  const { directory } = call.tenant;
  const isOwner = directory.groupOwners.get(`${group.id}/${call.caller.objectId}`) !== undefined;
  if (!isOwner && !isGroupAdministrator(call)) throw denied();
}

/** Source: Microsoft documentation, "Create group", on `isAssignableToRole`. */
export function authorizeRoleAssignable(call: GraphCall): void {
  if (!call.settings.enforcePermissions) return;
  if (!has(call.caller, 'RoleManagement.ReadWrite.Directory', 'Directory.AccessAsUser.All')) throw denied();
  if (call.caller.kind === 'user' && !holdsOneOf(call, roleAdministrators)) throw denied();
}
