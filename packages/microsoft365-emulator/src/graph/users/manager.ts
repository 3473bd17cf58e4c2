import { readUserReferenceBody } from '../directory-objects/reference.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { parseSelect, project } from '../odata/project.ts';
import { getUserToWrite, getVisibleUser } from './findUser.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity';

/** GET /users/{id}/manager */
export function getManager(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  const manager = user.managerId === null ? undefined : call.tenant.users.visible(user.managerId);
  if (manager === undefined) throw notFound('manager');
  const shown = project((name) => readUser(manager, name), parseSelect(call, userType));
  return ok({ '@odata.context': CONTEXT, '@odata.type': '#microsoft.graph.user', ...shown });
}

/** PUT /users/{id}/manager/$ref */
export function setManager(call: GraphCall): GraphAnswer {
  const user = getUserToWrite(call);
  const id = readUserReferenceBody(call.body);
  if (id === undefined) throw badRequest("The reference link is invalid: '@odata.id' must name a user.");
  const manager = getVisibleUser(call, id);
  if (manager.id === user.id) throw badRequest('A user cannot be their own manager.');
  call.world.transaction(() => call.tenant.saveUser({ ...user, managerId: manager.id }, ['manager']));
  return noContent;
}

/** DELETE /users/{id}/manager/$ref */
export function removeManager(call: GraphCall): GraphAnswer {
  const user = getUserToWrite(call);
  if (user.managerId === null) throw notFound('manager');
  call.world.transaction(() => call.tenant.saveUser({ ...user, managerId: null }, ['manager']));
  return noContent;
}

/** GET /users/{id}/directReports */
export function listDirectReports(call: GraphCall): GraphAnswer {
  const { tenant } = call;
  const user = getVisibleUser(call);
  return listObjects(call, {
    type: userType,
    values: () => tenant.users.findAllVisible('managerId', user.id),
    read: readUser,
    set: 'directoryObjects',
  });
}
