import { randomUUID } from 'node:crypto';
import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import type { PropertyValue, RoleAssignmentRecord } from '../../store/records.ts';
import { findRoleDefinition, type RoleDefinition, roleDefinitions, roles } from '../authorization/roleCatalog.ts';
import { badRequest, notFound } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, type GraphOperation, noContent, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames, makeResourceType, type PropertyDefinition, type PropertyType } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';
import { checkNotLastAdministrator, getRoleHolder } from './roleHolders.ts';

const shown = <Type extends PropertyType>(type: Type, canFilter = false): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  filter: canFilter ? ['eq', 'in', 'startsWith'] : [],
});

const assignmentType = makeResourceType<graph.UnifiedRoleAssignment>(
  'UnifiedRoleAssignment',
  'roleManagement/directory/roleAssignments',
  {
    id: shown('string', true),
    principalId: shown('guid', true),
    directoryScopeId: shown('string', true),
    roleDefinitionId: shown('guid', true),
  },
);

const definitionType = makeResourceType<graph.UnifiedRoleDefinition>(
  'UnifiedRoleDefinition',
  'roleManagement/directory/roleDefinitions',
  {
    id: shown('guid', true),
    description: shown('string'),
    displayName: { ...shown('string', true), canSort: 'always' },
    isBuiltIn: shown('boolean', true),
    isEnabled: shown('boolean'),
    resourceScopes: shown('strings'),
    templateId: shown('guid', true),
    version: shown('string'),
    rolePermissions: shown('objects'),
  },
);

const guid = z.guid().toLowerCase();
const bodySchema = z.object({
  principalId: guid,
  roleDefinitionId: guid,
  directoryScopeId: z.string().default('/'),
});

function readAssignment(assignment: RoleAssignmentRecord, name: string): PropertyValue | undefined {
  const values: WireOf<graph.UnifiedRoleAssignment> = assignment;
  return propertyOf(values, name);
}

function readDefinition({ id, displayName }: RoleDefinition, name: string): PropertyValue | undefined {
  const values: WireOf<graph.UnifiedRoleDefinition> = {
    id,
    description: displayName,
    displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: id,
    version: '1',
    rolePermissions: [],
  };
  return propertyOf(values, name);
}

function listAssignments(call: GraphCall): GraphAnswer {
  const values = (): readonly RoleAssignmentRecord[] => call.tenant.roleAssignments.visibleValues();
  return listObjects(call, { type: assignmentType, values, read: readAssignment });
}

function getAssignment(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const assignment = call.tenant.roleAssignments.visible(id);
  if (assignment === undefined) throw notFound(id);
  return ok(single(call, assignmentType, (name) => readAssignment(assignment, name)));
}

function createAssignment(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  const { principalId, roleDefinitionId, directoryScopeId } = parsed.data;
  if (findRoleDefinition(roleDefinitionId) === undefined) throw notFound(roleDefinitionId);
  getRoleHolder(tenant, principalId);
  const isThere = tenant.roleAssignments
    .findAll('principalId', principalId)
    .some((known) => known.roleDefinitionId === roleDefinitionId && known.directoryScopeId === directoryScopeId);
  if (isThere) {
    throw badRequest(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  const assignment = { id: randomUUID(), principalId, roleDefinitionId, directoryScopeId };
  world.transaction(() => tenant.roleAssignments.put(assignment));
  const value = project((name) => readAssignment(assignment, name), defaultNames(assignmentType));
  return created({ '@odata.context': contextOf(call, assignmentType.set, true), ...value });
}

function deleteAssignment(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const { roleAssignments } = call.tenant;
  const assignment = roleAssignments.visible(id);
  if (assignment === undefined) throw notFound(id);
  checkNotLastAdministrator(call.tenant, assignment);
  call.world.transaction(() => roleAssignments.remove(id));
  return noContent;
}

function listDefinitions(call: GraphCall): GraphAnswer {
  return listObjects(call, { type: definitionType, values: () => roleDefinitions, read: readDefinition });
}

function getDefinition(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const definition = findRoleDefinition(id);
  if (definition === undefined) throw notFound(id);
  return ok(single(call, definitionType, (name) => readDefinition(definition, name)));
}

const base = '/roleManagement/directory';
const write = { roles: [roles.globalAdministrator, roles.privilegedRoleAdministrator] };

export const roleManagementOperations: readonly GraphOperation[] = [
  { method: 'GET', path: `${base}/roleAssignments`, handle: listAssignments },
  { method: 'POST', path: `${base}/roleAssignments`, ...write, handle: createAssignment },
  { method: 'GET', path: `${base}/roleAssignments/{id}`, handle: getAssignment },
  { method: 'DELETE', path: `${base}/roleAssignments/{id}`, ...write, handle: deleteAssignment },
  { method: 'GET', path: `${base}/roleDefinitions`, handle: listDefinitions },
  { method: 'GET', path: `${base}/roleDefinitions/{id}`, handle: getDefinition },
];
