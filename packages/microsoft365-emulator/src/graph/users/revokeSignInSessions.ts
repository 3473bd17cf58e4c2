import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { authorizeSensitive } from './authorizeUserWrite.ts';
import { getUserToWrite } from './findUser.ts';

/** POST /users/{id}/revokeSignInSessions: what was handed out before now is worth nothing. */
export function revokeSignInSessions(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  if (user.id !== call.caller.objectId) authorizeSensitive(call, user);
  const signInSessionsValidFromDateTime = tenant.now().toISOString();
  world.transaction(() =>
    tenant.saveUser({ ...user, properties: { ...user.properties, signInSessionsValidFromDateTime } }),
  );
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean', value: true });
}
