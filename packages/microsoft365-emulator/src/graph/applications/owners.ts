import { findDirectoryObject, findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { listDirectoryObjects } from '../directory-objects/listDirectoryObjects.ts';
import { readReferenceBody } from '../directory-objects/reference.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { getApplicationToWrite, getVisibleApplication } from './findApplication.ts';

/** GET /applications/{id}/owners */
export function listOwners(call: GraphCall): GraphAnswer {
  const { ownerIds } = getVisibleApplication(call);
  return listDirectoryObjects(call, () => findDirectoryObjects(call.tenant, ownerIds));
}

/** POST /applications/{id}/owners/$ref */
export function addOwner(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const application = getApplicationToWrite(call);
  const id = readReferenceBody(call.body);
  if (id === undefined) throw badRequest("The reference link is invalid: '@odata.id' must name a directory object.");
  if (findDirectoryObject(tenant, id) === undefined) throw notFound(id);
  if (application.ownerIds.includes(id)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  world.transaction(() => tenant.applications.put({ ...application, ownerIds: [...application.ownerIds, id] }));
  return noContent;
}
