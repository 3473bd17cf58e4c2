import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { authorizeSensitive } from './authorizeUserWrite.ts';
import { getUserToWrite } from './findUser.ts';

/** DELETE /users/{id}: into the bin, from which it can be restored for thirty days. */
export function deleteUser(call: GraphCall): GraphAnswer {
  const user = getUserToWrite(call);
  authorizeSensitive(call, user);
  call.world.transaction(() => softDelete(call.tenant, user));
  return noContent;
}

function softDelete(tenant: Tenant, user: UserRecord): void {
  const changeNumber = tenant.takeUserOut(user);
  for (const report of tenant.users.findAll('managerId', user.id)) tenant.saveUser({ ...report, managerId: null });
  const userPrincipalName = `${user.id.replaceAll('-', '')}${String(user.properties['userPrincipalName'])}`;
  tenant.deletedItems.put({
    id: user.id,
    kind: 'user',
    deletedDateTime: tenant.now().toISOString(),
    value: { ...user, properties: { ...user.properties, userPrincipalName } },
    changeNumber,
  });
}
