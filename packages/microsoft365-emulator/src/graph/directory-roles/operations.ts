import { randomUUID } from 'node:crypto';
import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import { findRoleDefinition, roleDefinitions, roles } from '../authorization/roleCatalog.ts';
import { findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { countDirectoryObjects, listDirectoryObjects } from '../directory-objects/listDirectoryObjects.ts';
import { readReferenceBody } from '../directory-objects/reference.ts';
import { badRequest, notFound } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, type GraphOperation, noContent, ok } from '../GraphCall.ts';
import { groupRefusals } from '../groups/groupRefusals.ts';
import { listObjects } from '../odata/listObjects.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames, makeResourceType } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { checkNotLastAdministrator, getRoleHolder } from '../role-management/roleHolders.ts';
import {
  activeDirectoryRoles,
  type DirectoryRole,
  directoryRoleType,
  findDirectoryRole,
  readDirectoryRole,
} from './directoryRoleType.ts';

const templateType = makeResourceType<graph.DirectoryRoleTemplate>('DirectoryRoleTemplate', 'directoryRoleTemplates', {
  id: { type: 'guid', isDefault: true },
  deletedDateTime: { type: 'dateTime', isDefault: true },
  description: { type: 'string', isDefault: true },
  displayName: { type: 'string', isDefault: true },
});

const activationSchema = z.looseObject({ roleTemplateId: z.guid().toLowerCase() });

function listTemplates(call: GraphCall): GraphAnswer {
  return listObjects(call, {
    type: templateType,
    values: () => roleDefinitions,
    read: ({ id, displayName }, name) => (name === 'id' ? id : name === 'deletedDateTime' ? null : displayName),
    hasPages: false,
  });
}

function listRoles(call: GraphCall): GraphAnswer {
  const values = (): DirectoryRole[] => activeDirectoryRoles(call.tenant);
  return listObjects(call, { type: directoryRoleType, values, read: readDirectoryRole, hasPages: false });
}

function getRole(call: GraphCall): DirectoryRole {
  const key = call.params['id'] ?? '';
  const role = findDirectoryRole(call.tenant, key);
  if (role === undefined) throw notFound(key);
  return role;
}

function readRole(call: GraphCall): GraphAnswer {
  const role = getRole(call);
  return ok(single(call, directoryRoleType, (name) => readDirectoryRole(role, name)));
}

/** POST /directoryRoles: makes a role present in the tenant, which assigning it would do as well. */
function activateRole(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const parsed = activationSchema.safeParse(call.body);
  const templateId = parsed.success ? parsed.data.roleTemplateId : undefined;
  if (templateId === undefined || findRoleDefinition(templateId) === undefined) {
    throw badRequest("Invalid value specified for property 'roleTemplateId' of resource 'DirectoryRole'.");
  }
  if (findDirectoryRole(tenant, `roleTemplateId=${templateId}`) !== undefined) {
    throw badRequest(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  world.transaction(() => tenant.directory.activatedRoles.put({ id: templateId }));
  const role = findDirectoryRole(tenant, `roleTemplateId=${templateId}`);
  if (role === undefined) throw notFound(templateId);
  const shown = project((name) => readDirectoryRole(role, name), defaultNames(directoryRoleType));
  return created({ '@odata.context': contextOf(call, 'directoryRoles', true), ...shown });
}

/** Those who hold the role everywhere; an assignment for a part of the directory is not a membership. */
function holderIds(call: GraphCall): string[] {
  const { definition } = getRole(call);
  return call.tenant.roleAssignments
    .visibleValues()
    .filter(({ roleDefinitionId, directoryScopeId }) => roleDefinitionId === definition.id && directoryScopeId === '/')
    .map(({ principalId }) => principalId);
}

function listMembers(call: GraphCall): GraphAnswer {
  const ids = holderIds(call);
  return listDirectoryObjects(call, () => findDirectoryObjects(call.tenant, ids), { hasPages: false });
}

function countMembers(call: GraphCall): GraphAnswer {
  const ids = holderIds(call);
  return countDirectoryObjects(call, () => findDirectoryObjects(call.tenant, ids));
}

function addMember(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const { definition } = getRole(call);
  const id = readReferenceBody(call.body);
  if (id === undefined) throw groupRefusals.invalidReference();
  const principalId = getRoleHolder(tenant, id);
  if (holderIds(call).includes(principalId)) throw groupRefusals.alreadyLinked('members');
  const assignment = { id: randomUUID(), principalId, roleDefinitionId: definition.id, directoryScopeId: '/' };
  world.transaction(() => tenant.roleAssignments.put(assignment));
  return noContent;
}

function removeMember(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const { definition } = getRole(call);
  const objectId = (call.params['objectId'] ?? '').toLowerCase();
  const assignment = tenant.roleAssignments
    .findAll('principalId', objectId)
    .find(({ roleDefinitionId, directoryScopeId }) => roleDefinitionId === definition.id && directoryScopeId === '/');
  if (assignment === undefined) throw notFound(call.params['objectId'] ?? '');
  checkNotLastAdministrator(tenant, assignment);
  world.transaction(() => tenant.roleAssignments.remove(assignment.id));
  return noContent;
}

const base = '/directoryRoles';
const write = { roles: [roles.globalAdministrator, roles.privilegedRoleAdministrator] };

export const directoryRoleOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/directoryRoleTemplates', handle: listTemplates },
  { method: 'GET', path: base, handle: listRoles },
  { method: 'POST', path: base, ...write, handle: activateRole },
  { method: 'GET', path: `${base}/{id}`, handle: readRole },
  { method: 'GET', path: `${base}/{id}/members`, handle: listMembers },
  { method: 'GET', path: `${base}/{id}/members/$count`, handle: countMembers },
  { method: 'POST', path: `${base}/{id}/members/$ref`, ...write, handle: addMember },
  { method: 'DELETE', path: `${base}/{id}/members/{objectId}/$ref`, ...write, handle: removeMember },
];
