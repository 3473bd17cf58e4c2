import type { PropertyValue } from '../../store/records.ts';
import { readReferenceBody } from '../directory-objects/reference.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { getApplicationToWrite, getVisibleApplication } from './findApplication.ts';

/** GET /applications/{id}/owners */
export function listOwners(call: GraphCall): GraphAnswer {
  const value = getVisibleApplication(call).ownerIds.flatMap((id) => presentOwner(call, id) ?? []);
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects', value });
}

function presentOwner({ tenant }: GraphCall, id: string): Record<string, PropertyValue> | undefined {
  const user = tenant.users.visible(id);
  const holder = user ?? tenant.servicePrincipals.visible(id);
  if (holder === undefined) return undefined;
  const type = user === undefined ? '#microsoft.graph.servicePrincipal' : '#microsoft.graph.user';
  return { '@odata.type': type, id, displayName: holder.properties['displayName'] ?? null };
}

/** POST /applications/{id}/owners/$ref */
export function addOwner(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const application = getApplicationToWrite(call);
  const id = readReferenceBody(call.body);
  if (id === undefined) throw badRequest("The reference link is invalid: '@odata.id' must name a directory object.");
  if (presentOwner(call, id) === undefined) throw notFound(id);
  if (application.ownerIds.includes(id)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  world.transaction(() => tenant.applications.put({ ...application, ownerIds: [...application.ownerIds, id] }));
  return noContent;
}
