import { fileError } from '../../files/fileErrors.ts';
import { isOwnApplication } from '../applications/findApplication.ts';
import { has } from '../Caller.ts';
import { denied } from '../errors.ts';
import type { GraphCall, GraphOperation } from '../GraphCall.ts';
import { rolesOf } from '../users/findUser.ts';
import type { RequiredPermissions } from './permissionTable.ts';
import { roles } from './roleCatalog.ts';

/** Refuses a call whose token lacks the permissions, or whose signed-in user lacks the directory role. */
export function authorize(call: GraphCall, operation: GraphOperation, required: RequiredPermissions): void {
  if (!call.settings.enforcePermissions) return;
  const { caller } = call;
  const names = caller.kind === 'user' ? required.delegated : required.application;
  // Microsoft documentation, "application: addKey": an application needs no permission to roll its own keys.
  if (operation.isForOwnKeys === true && isOwnApplication(call)) return;
  if (!has(caller, ...names)) throw operation.service === 'files' ? fileError('accessDenied') : denied();
  if (caller.kind !== 'user' || operation.roles === undefined) return;
  const held = rolesOf(call.tenant, caller.objectId);
  const suffices = held.includes(roles.globalAdministrator) || held.some((role) => operation.roles?.includes(role));
  if (!suffices && !isSelf(call)) throw denied();
}

function isSelf({ params, caller, tenant, path, method }: GraphCall): boolean {
  if (method !== 'POST' || !path.includes('revokeSignInSessions')) return false;
  const key = (params['id'] ?? '').toLowerCase();
  return key === caller.objectId || tenant.users.find('userPrincipalName', key)?.id === caller.objectId;
}
