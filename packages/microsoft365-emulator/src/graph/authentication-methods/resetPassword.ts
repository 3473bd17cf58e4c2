import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { makePassword } from '../../secrets.ts';
import { mayResetPassword } from '../authorization/roleCatalog.ts';
import { badRequest, denied, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { weakPassword } from '../users/createUser.ts';
import { getUserToWrite, getVisibleUser, rolesOf } from '../users/findUser.ts';
import { checkNewPassword } from '../users/passwordRules.ts';
import { setPassword } from '../users/setPassword.ts';
import { PASSWORD_METHOD } from './passwordMethod.ts';

const bodySchema = z.object({
  newPassword: z.string().nullish(),
  requireChangeOnNextSignIn: z.boolean().nullish(),
});
const METADATA = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph';

/**
 * POST /users/{id}/authentication/methods/{methodId}/resetPassword: accepted at once, and done when the operation that
 * `Location` names says so. Without a password the service makes one, which must be changed.
 */
export function resetPassword(call: GraphCall): GraphAnswer {
  const { tenant, world, settings } = call;
  const user = getUserToWrite(call);
  const methodId = call.params['methodId'] ?? '';
  if (methodId !== PASSWORD_METHOD) throw notFound(methodId);
  authorizeReset(call, user.id);
  const parsed = bodySchema.safeParse(call.body ?? {});
  if (!parsed.success) throw badRequest('Invalid value specified for parameter newPassword.');
  const given = parsed.data.newPassword ?? undefined;
  const password = given ?? makePassword();
  if (!checkNewPassword(password, user.properties)) throw weakPassword();
  const mustChange = given === undefined || (parsed.data.requireChangeOnNextSignIn ?? true);
  const now = tenant.now();
  const operation = {
    id: randomUUID(),
    userId: user.id,
    createdDateTime: now.toISOString(),
    doneDateTime: new Date(now.getTime() + settings.passwordResetMs).toISOString(),
  };
  world.transaction(() => {
    setPassword(tenant, user, password, { mustChange });
    tenant.authentication.passwordResets.put(operation);
  });
  return {
    status: 202,
    headers: { location: `${call.root}/users/${user.id}/authentication/operations/${operation.id}` },
    body: {
      '@odata.context': `${METADATA}.passwordResetResponse`,
      newPassword: given === undefined ? password : null,
    },
  };
}

/** Only people reset passwords this way, and only of those whom their roles reach. */
function authorizeReset({ caller, tenant, settings }: GraphCall, userId: string): void {
  if (!settings.enforcePermissions) return;
  const isAllowed =
    caller.kind === 'user' && mayResetPassword(rolesOf(tenant, caller.objectId), rolesOf(tenant, userId));
  if (!isAllowed) throw denied();
}

/** GET /users/{id}/authentication/operations/{operationId} */
export function getPasswordReset(call: GraphCall): GraphAnswer {
  const { tenant } = call;
  const user = getVisibleUser(call);
  const operationId = call.params['operationId'] ?? '';
  const operation = tenant.authentication.passwordResets.get(operationId);
  if (operation?.userId !== user.id) throw notFound(operationId);
  const isDone = Date.parse(operation.doneDateTime) <= tenant.now().getTime();
  return ok({
    '@odata.context': `${METADATA}.longRunningOperation/$entity`,
    id: operation.id,
    status: isDone ? 'succeeded' : 'running',
    statusDetail: null,
    createdDateTime: operation.createdDateTime,
    lastActionDateTime: isDone ? operation.doneDateTime : operation.createdDateTime,
    resourceLocation: `${call.root}/users/${user.id}/authentication/passwordMethods/${PASSWORD_METHOD}`,
  });
}
