import * as z from 'zod';
import type { Tenant } from '../../store/Tenant.ts';
import { findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import { heldDirectoryRoles } from '../directory-roles/directoryRoleType.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { getVisibleUser, isGuid } from '../users/findUser.ts';
import { getVisibleGroup } from './findGroup.ts';
import { transitiveGroupIdsOf } from './memberships.ts';

const MAXIMUM_GROUPS = 20;
const MAXIMUM_OBJECTS = 11_000;

const groupIdsSchema = z.object({ groupIds: z.array(z.string()) });
const idsSchema = z.object({ ids: z.array(z.string()) });
const securitySchema = z.object({ securityEnabledOnly: z.boolean().nullish() });

type Subject = (call: GraphCall) => string;

function answer(value: readonly string[]): GraphAnswer {
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value });
}

/** Groups an object is in, directly or through others, and the roles that it or they hold. */
function memberships(tenant: Tenant, id: string): { groups: string[]; roles: string[] } {
  const groups = transitiveGroupIdsOf(tenant, id);
  const roles = [id, ...groups].flatMap((principalId) => heldDirectoryRoles(tenant, principalId));
  return { groups, roles: [...new Set(roles.map((role) => role.id))] };
}

function checkGroups(call: GraphCall, subject: Subject): GraphAnswer {
  const id = subject(call);
  const parsed = groupIdsSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The required property groupIds is missing from the payload.');
  const { groupIds } = parsed.data;
  checkIds(groupIds, 'groupIds', MAXIMUM_GROUPS);
  const { groups } = memberships(call.tenant, id);
  return answer(groupIds.map((groupId) => groupId.toLowerCase()).filter((groupId) => groups.includes(groupId)));
}

function checkObjects(call: GraphCall, subject: Subject): GraphAnswer {
  const id = subject(call);
  const parsed = idsSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The required property ids is missing from the payload.');
  checkIds(parsed.data.ids, 'ids', MAXIMUM_GROUPS);
  const { groups, roles } = memberships(call.tenant, id);
  const held = [...groups, ...roles];
  return answer(parsed.data.ids.map((one) => one.toLowerCase()).filter((one) => held.includes(one)));
}

function checkIds(ids: readonly string[], property: string, maximum: number): void {
  const wrong = ids.find((id) => !isGuid(id));
  if (wrong !== undefined) throw badRequest(`Invalid object identifier '${wrong}'.`);
  if (ids.length > maximum)
    throw badRequest(`The number of values in '${property}' exceeds the maximum of ${maximum}.`);
}

function getGroups(call: GraphCall, subject: Subject): GraphAnswer {
  const { directory } = call.tenant;
  const { groups } = memberships(call.tenant, subject(call));
  if (!readSecurityOnly(call)) return answer(limited(groups));
  return answer(limited(groups.filter((id) => directory.groups.get(id)?.properties['securityEnabled'] === true)));
}

function getObjects(call: GraphCall, subject: Subject): GraphAnswer {
  const { directory } = call.tenant;
  const { groups, roles } = memberships(call.tenant, subject(call));
  const isOnlySecurity = readSecurityOnly(call);
  const shown = groups.filter(
    (id) => !isOnlySecurity || directory.groups.get(id)?.properties['securityEnabled'] === true,
  );
  return answer(limited([...shown, ...roles]));
}

function readSecurityOnly(call: GraphCall): boolean {
  const parsed = securitySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The required property securityEnabledOnly is missing from the payload.');
  return parsed.data.securityEnabledOnly === true;
}

/** Source: Microsoft documentation, "Get member groups": more than 11,000 cannot be told. */
function limited(ids: readonly string[]): readonly string[] {
  if (ids.length > MAXIMUM_OBJECTS) throw badRequest('The result set exceeds the maximum size of 11000.');
  return ids;
}

function directoryObjectId(call: GraphCall): string {
  const id = call.params['id'] ?? '';
  if (findDirectoryObject(call.tenant, id.toLowerCase()) === undefined) throw notFound(id);
  return id.toLowerCase();
}

const subjects: readonly (readonly [string, Subject])[] = [
  ['/users/{id}', (call) => getVisibleUser(call).id],
  ['/groups/{id}', (call) => getVisibleGroup(call).id],
  ['/directoryObjects/{id}', directoryObjectId],
];

/** `checkMemberGroups`, `checkMemberObjects`, `getMemberGroups` and `getMemberObjects`. */
export const memberChecks: readonly GraphOperation[] = subjects.flatMap(([path, subject]): GraphOperation[] => [
  { method: 'POST', path: `${path}/checkMemberGroups`, cost: 4, handle: (call) => checkGroups(call, subject) },
  { method: 'POST', path: `${path}/checkMemberObjects`, cost: 4, handle: (call) => checkObjects(call, subject) },
  { method: 'POST', path: `${path}/getMemberGroups`, cost: 2, handle: (call) => getGroups(call, subject) },
  { method: 'POST', path: `${path}/getMemberObjects`, cost: 2, handle: (call) => getObjects(call, subject) },
]);
