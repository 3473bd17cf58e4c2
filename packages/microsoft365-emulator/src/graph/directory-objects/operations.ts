import * as z from 'zod';
import { deleteApplication } from '../applications/applications.ts';
import { applicationType } from '../applications/applicationType.ts';
import { has } from '../Caller.ts';
import { badRequest, denied, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { deleteGroup } from '../groups/deleteGroup.ts';
import { groupType } from '../groups/groupType.ts';
import { project, selectedNames } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { deleteServicePrincipal } from '../service-principals/servicePrincipals.ts';
import { servicePrincipalType } from '../service-principals/servicePrincipalType.ts';
import { deleteUser } from '../users/deleteUser.ts';
import { isGuid } from '../users/findUser.ts';
import { userType } from '../users/userType.ts';
import { type DirectoryObject, findDirectoryObject, findDirectoryObjects } from './DirectoryObject.ts';
import { validateProperties } from './validateProperties.ts';

const MAXIMUM_IDS = 1000;

const idsSchema = z.object({ ids: z.array(z.string()), types: z.array(z.string()).nullish() });

function present(call: GraphCall, { type, read }: DirectoryObject): object {
  const selected = selectedNames(call);
  const names = selected.length === 0 ? defaultNames(type) : selected.filter((name) => type.properties.has(name));
  return { '@odata.type': `#${type.typeName}`, ...project(read, names) };
}

function getObject(call: GraphCall): DirectoryObject {
  const id = call.params['id'] ?? '';
  if (!isGuid(id)) throw badRequest(`Invalid object identifier '${id}'.`);
  const object = findDirectoryObject(call.tenant, id.toLowerCase());
  if (object === undefined) throw notFound(id);
  return object;
}

function getDirectoryObject(call: GraphCall): GraphAnswer {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity';
  return ok({ '@odata.context': context, ...present(call, getObject(call)) });
}

/** POST /directoryObjects/getByIds: those that there are, of the kinds asked for. */
function getByIds(call: GraphCall): GraphAnswer {
  const parsed = idsSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The required property ids is missing from the payload.');
  const { ids, types } = parsed.data;
  const wrong = ids.find((id) => !isGuid(id));
  if (wrong !== undefined) throw badRequest(`Invalid object identifier '${wrong}'.`);
  if (ids.length > MAXIMUM_IDS)
    throw badRequest(`The number of values in 'ids' exceeds the maximum of ${MAXIMUM_IDS}.`);
  const wanted = types?.map((type) => type.toLowerCase());
  const isWanted = ({ type }: DirectoryObject): boolean =>
    wanted === undefined || wanted.includes('directoryobject') || wanted.includes(type.name.toLowerCase());
  const objects = findDirectoryObjects(call.tenant, [...new Set(ids.map((id) => id.toLowerCase()))]).filter(isWanted);
  return ok({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects',
    value: objects.map((object) => present(call, object)),
  });
}

/** What an object of each kind is deleted by, and who may. */
const deletions = new Map([
  [userType, { permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'], handle: deleteUser }],
  [groupType, { permissions: ['Group.ReadWrite.All'], handle: deleteGroup }],
  [applicationType, { permissions: ['Application.ReadWrite.All'], handle: deleteApplication }],
  [servicePrincipalType, { permissions: ['Application.ReadWrite.All'], handle: deleteServicePrincipal }],
]);

function deleteDirectoryObject(call: GraphCall): GraphAnswer | Promise<GraphAnswer> {
  const deletion = deletions.get(getObject(call).type);
  if (deletion === undefined) throw denied();
  const isPermitted = has(call.caller, ...deletion.permissions, 'Directory.AccessAsUser.All');
  if (call.settings.enforcePermissions && !isPermitted) throw denied();
  return deletion.handle(call);
}

export const directoryObjectOperations: readonly GraphOperation[] = [
  { method: 'POST', path: '/directoryObjects/getByIds', cost: 5, handle: getByIds },
  { method: 'POST', path: '/directoryObjects/validateProperties', handle: validateProperties },
  { method: 'GET', path: '/directoryObjects/{id}', handle: getDirectoryObject },
  { method: 'DELETE', path: '/directoryObjects/{id}', handle: deleteDirectoryObject },
];
