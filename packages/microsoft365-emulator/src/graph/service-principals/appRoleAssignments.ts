import { randomUUID } from 'node:crypto';
import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import type { AppRoleAssignmentRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { badRequest, notFound } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { project } from '../odata/project.ts';
import { defaultNames, makeResourceType, type PropertyDefinition, type PropertyType } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';
import { getVisibleUser } from '../users/findUser.ts';
import { getVisibleServicePrincipal } from './servicePrincipals.ts';

const shown = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  filter: ['eq'],
});

const assignmentType = makeResourceType<graph.AppRoleAssignment>('AppRoleAssignment', 'appRoleAssignments', {
  id: shown('string'),
  deletedDateTime: shown('dateTime'),
  appRoleId: shown('guid'),
  createdDateTime: shown('dateTime'),
  principalDisplayName: shown('string'),
  principalId: shown('guid'),
  principalType: shown('string'),
  resourceDisplayName: shown('string'),
  resourceId: shown('guid'),
});

const guid = z.guid().toLowerCase();
const bodySchema = z.object({ principalId: guid, resourceId: guid, appRoleId: guid });

function readAssignment(tenant: Tenant, assignment: AppRoleAssignmentRecord, name: string): PropertyValue | undefined {
  const { id, appRoleId, principalId, resourceId, createdDateTime } = assignment;
  const values: WireOf<graph.AppRoleAssignment> = { id, appRoleId, principalId, resourceId, createdDateTime };
  if (name === 'principalDisplayName') return displayNameOf(tenant, principalId);
  if (name === 'resourceDisplayName') return displayNameOf(tenant, resourceId);
  if (name === 'principalType') return tenant.users.get(principalId) === undefined ? 'ServicePrincipal' : 'User';
  return propertyOf(values, name);
}

function displayNameOf(tenant: Tenant, id: string): PropertyValue {
  const holder = tenant.servicePrincipals.get(id) ?? tenant.users.get(id);
  return holder?.properties['displayName'] ?? null;
}

function list(call: GraphCall, index: 'principalId' | 'resourceId', id: string, set: string): GraphAnswer {
  const { tenant } = call;
  return listObjects(call, {
    type: assignmentType,
    values: () => tenant.appRoleAssignments.findAllVisible(index, id),
    read: (assignment, name) => readAssignment(tenant, assignment, name),
    set,
  });
}

/** GET /users/{id}/appRoleAssignments: the applications a user was given. */
export function listAppRoleAssignmentsOfUser(call: GraphCall): GraphAnswer {
  const { id } = getVisibleUser(call);
  return list(call, 'principalId', id, `users('${call.params['id'] ?? ''}')/appRoleAssignments`);
}

/** GET /servicePrincipals/{id}/appRoleAssignments: what it may do. */
export function listAppRoleAssignments(call: GraphCall): GraphAnswer {
  const { id } = getVisibleServicePrincipal(call);
  return list(call, 'principalId', id, `servicePrincipals('${call.params['id'] ?? ''}')/appRoleAssignments`);
}

/** GET /servicePrincipals/{id}/appRoleAssignedTo: who may use it. */
export function listAppRoleAssignedTo(call: GraphCall): GraphAnswer {
  const { id } = getVisibleServicePrincipal(call);
  return list(call, 'resourceId', id, `servicePrincipals('${call.params['id'] ?? ''}')/appRoleAssignedTo`);
}

/** POST /servicePrincipals/{id}/appRoleAssignedTo or …/appRoleAssignments: consent to an application permission. */
export function assignAppRole(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  getVisibleServicePrincipal(call);
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  const { principalId, resourceId, appRoleId } = parsed.data;
  checkReferences(tenant, parsed.data);
  const isThere = tenant.appRoleAssignments
    .findAll('principalId', principalId)
    .some((assignment) => assignment.resourceId === resourceId && assignment.appRoleId === appRoleId);
  if (isThere) throw badRequest('Permission being assigned already exists on the object');
  const createdDateTime = tenant.now().toISOString();
  const assignment = { id: randomUUID(), appRoleId, principalId, resourceId, createdDateTime };
  world.transaction(() => tenant.appRoleAssignments.put(assignment));
  const context = `https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('${call.params['id'] ?? ''}')/appRoleAssignedTo/$entity`;
  const value = project((name) => readAssignment(tenant, assignment, name), defaultNames(assignmentType));
  return created({ '@odata.context': context, ...value });
}

function checkReferences(tenant: Tenant, { principalId, resourceId, appRoleId }: z.infer<typeof bodySchema>): void {
  const resource = tenant.servicePrincipals.visible(resourceId);
  if (resource === undefined) throw notFound(resourceId);
  const isKnown = tenant.servicePrincipals.get(principalId) ?? tenant.users.get(principalId);
  if (isKnown === undefined) throw notFound(principalId);
  // A principal that exists but has not reached this replica.
  if ((tenant.servicePrincipals.visible(principalId) ?? tenant.users.visible(principalId)) === undefined) {
    throw badRequest('Not a valid reference update.');
  }
  const offered = z.array(z.object({ id: z.string() })).safeParse(resource.properties['appRoles']);
  if (!offered.success || !offered.data.some((role) => role.id === appRoleId)) {
    throw badRequest('Permission being assigned was not found on application');
  }
}

/** GET /servicePrincipals/{id}/appRoleAssignments/{assignmentId} */
export function getAppRoleAssignment(call: GraphCall): GraphAnswer {
  const { tenant } = call;
  const assignment = findAssignment(call, tenant.appRoleAssignments.visible(call.params['assignmentId'] ?? ''));
  const read = (name: string): PropertyValue | undefined => readAssignment(tenant, assignment, name);
  const context = `https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('${call.params['id'] ?? ''}')/appRoleAssignments/$entity`;
  return ok({ ...single(call, assignmentType, read), '@odata.context': context });
}

/** DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignmentId} or …/appRoleAssignments/{assignmentId} */
export function removeAppRoleAssignment(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const assignment = findAssignment(call, tenant.appRoleAssignments.get(call.params['assignmentId'] ?? ''));
  world.transaction(() => tenant.appRoleAssignments.remove(assignment.id));
  return noContent;
}

/** The assignment, if it is one of or to the service principal that the path names. */
function findAssignment(call: GraphCall, assignment: AppRoleAssignmentRecord | undefined): AppRoleAssignmentRecord {
  const { id } = getVisibleServicePrincipal(call);
  if (assignment === undefined || ![assignment.principalId, assignment.resourceId].includes(id)) {
    throw notFound(call.params['assignmentId'] ?? '');
  }
  return assignment;
}
