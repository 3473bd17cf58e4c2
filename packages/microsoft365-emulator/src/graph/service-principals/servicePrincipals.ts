import * as z from 'zod';
import { findFirstPartyClient } from '../../seed/firstParty.ts';
import { firstPartyServicePrincipal } from '../../seed/firstPartyServicePrincipal.ts';
import type { ServicePrincipalRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { newPassword } from '../applications/credentialActions.ts';
import { checkOwner } from '../applications/findApplication.ts';
import { badRequest, invalidValue, notFound } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import { listObjects } from '../odata/listObjects.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { readServicePrincipal } from './readServicePrincipal.ts';
import { servicePrincipalOf } from './servicePrincipalOf.ts';
import { servicePrincipalType } from './servicePrincipalType.ts';

const createSchema = z.looseObject({ appId: z.guid().toLowerCase() });
const updateSchema = z.object({
  accountEnabled: z.boolean().optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  notes: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).optional(),
  notificationEmailAddresses: z.array(z.string()).optional(),
});

/** GET /servicePrincipals */
export function listServicePrincipals(call: GraphCall): GraphAnswer {
  const values = (): readonly ServicePrincipalRecord[] => call.tenant.servicePrincipals.visibleValues();
  return listObjects(call, { type: servicePrincipalType, values, read: readServicePrincipal });
}

/** The service principal that a path names by object id or as `appId='…'`. */
export function getVisibleServicePrincipal(call: GraphCall): ServicePrincipalRecord {
  const key = call.params['id'] ?? '';
  const { servicePrincipals } = call.tenant;
  const appId = /^appId=(.+)$/i.exec(key)?.[1];
  const found =
    appId === undefined
      ? servicePrincipals.visible(key.toLowerCase())
      : servicePrincipals.findVisible('appId', appId.toLowerCase());
  if (found === undefined) throw notFound(appId ?? key);
  return found;
}

/** GET /servicePrincipals/{id} */
export function getServicePrincipal(call: GraphCall): GraphAnswer {
  const principal = getVisibleServicePrincipal(call);
  return ok(single(call, servicePrincipalType, (name) => readServicePrincipal(principal, name)));
}

/** POST /servicePrincipals */
export function createServicePrincipal(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const parsed = createSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest("A value is required for property 'appId' of resource 'ServicePrincipal'.");
  const { appId } = parsed.data;
  if (tenant.servicePrincipals.find('appId', appId) !== undefined) throw alreadyThere(appId);
  const principal = newServicePrincipal(call, tenant, appId);
  world.transaction(() => tenant.servicePrincipals.put(principal));
  const shown = project((name) => readServicePrincipal(principal, name), defaultNames(servicePrincipalType));
  return created({ '@odata.context': contextOf(call, 'servicePrincipals', true), ...shown });
}

function newServicePrincipal(call: GraphCall, tenant: Tenant, appId: string): ServicePrincipalRecord {
  const application = tenant.applications.findVisible('appId', appId);
  if (application !== undefined) {
    checkOwner(call, application);
    return servicePrincipalOf(tenant, application);
  }
  const firstParty = findFirstPartyClient(appId);
  if (firstParty !== undefined) return firstPartyServicePrincipal(firstParty);
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  const details = [{ code: 'NoBackingApplicationObject', message, target: 'appId' }];
  throw new GraphError(400, 'Request_BadRequest', message, { details });
}

function alreadyThere(appId: string): GraphError {
  const message = `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`;
  return new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', message);
}

/** PATCH /servicePrincipals/{id} */
export function updateServicePrincipal(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const principal = tenant.servicePrincipals.get(getVisibleServicePrincipal(call).id);
  if (principal === undefined) throw notFound(call.params['id'] ?? '');
  const parsed = updateSchema.safeParse(call.body);
  if (!parsed.success) throw invalidValue(String(parsed.error.issues[0]?.path[0] ?? ''), 'ServicePrincipal');
  const changes = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const properties = { ...principal.properties, ...changes };
  world.transaction(() => tenant.servicePrincipals.put({ ...principal, properties }));
  return noContent;
}

/** POST /servicePrincipals/{id}/addPassword: the only answer that ever shows the secret. */
export function addServicePrincipalPassword(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const principal = tenant.servicePrincipals.get(getVisibleServicePrincipal(call).id);
  if (principal === undefined) throw notFound(call.params['id'] ?? '');
  const application = tenant.applications.find('appId', principal.appId);
  if (application !== undefined) checkOwner(call, application);
  const { credential, answer } = newPassword(call);
  const passwordCredentials = [...principal.passwordCredentials, credential];
  world.transaction(() => tenant.servicePrincipals.put({ ...principal, passwordCredentials }));
  return answer;
}

/** DELETE /servicePrincipals/{id}: into the bin; grants, assignments and roles of it go for good. */
export function deleteServicePrincipal(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const principal = tenant.servicePrincipals.get(getVisibleServicePrincipal(call).id);
  if (principal === undefined) throw notFound(call.params['id'] ?? '');
  const { id } = principal;
  world.transaction(() => {
    tenant.servicePrincipals.remove(id);
    for (const assignment of tenant.appRoleAssignments.findAll('principalId', id)) {
      tenant.appRoleAssignments.remove(assignment.id);
    }
    for (const grant of tenant.grants.findAll('clientId', id)) tenant.grants.remove(grant.id);
    for (const role of tenant.roleAssignments.findAll('principalId', id)) tenant.roleAssignments.remove(role.id);
    const deletedDateTime = tenant.now().toISOString();
    tenant.deletedItems.put({ id, kind: 'servicePrincipal', deletedDateTime, value: principal, changeNumber: 0 });
  });
  return noContent;
}
