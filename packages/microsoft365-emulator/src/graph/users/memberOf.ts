import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { presentDirectoryRole } from '../role-management/directoryRoles.ts';
import { getVisibleUser, rolesOf } from './findUser.ts';

/** GET /users/{id}/memberOf and /transitiveMemberOf: the directory roles; there are no groups yet. */
export function listMemberOf(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  const roles = rolesOf(call.tenant, user.id).map((roleId) => presentDirectoryRole(call.tenant, roleId));
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects', value: roles });
}
