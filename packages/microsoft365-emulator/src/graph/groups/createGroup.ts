import { randomUUID } from 'node:crypto';
import type { GroupRecord, Properties, PropertyValue } from '../../store/records.ts';
import { missingValue } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall } from '../GraphCall.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { type PropertyInput, readProperties } from '../odata/readProperties.ts';
import { authorizeRoleAssignable, isGroupAdministrator } from './authorizeGroupWrite.ts';
import { isUnified } from './groupKind.ts';
import { addLinks, checkLinks, readBindings } from './groupLinks.ts';
import { groupRefusals } from './groupRefusals.ts';
import { checkGroupValues, checkUniqueNickname, groupAddress } from './groupRules.ts';
import { groupType } from './groupType.ts';
import { readGroup } from './readGroup.ts';

const required = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'];

/** POST /groups */
export function createGroup(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const { properties, bindings } = readProperties(call.body, groupType);
  for (const name of required) {
    if (properties[name] === undefined || properties[name] === null) throw missingValue(name, 'Group');
  }
  checkGroupValues(properties);
  checkKindOfGroup(call, properties);
  checkQuota(call);
  if (properties['mailEnabled'] === true) checkUniqueNickname(tenant, properties['mailNickname']);
  const group = newGroup(call, properties);
  const links = readLinks(call, group, bindings);
  const saved = world.transaction(() => {
    const stored = tenant.directory.saveGroup(group);
    addLinks(tenant, group.id, 'owners', links.owners);
    addLinks(tenant, group.id, 'members', links.members);
    return tenant.directory.groups.get(group.id) ?? stored;
  });
  const shown = project((name) => readGroup(tenant, saved, name), defaultNames(groupType));
  const location = `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${group.id}/Microsoft.DirectoryServices.Group`;
  return created({ '@odata.context': contextOf(call, 'groups', true), ...shown }, { location });
}

function checkKindOfGroup(call: GraphCall, properties: Properties): void {
  const group = { properties };
  const types = properties['groupTypes'];
  if (Array.isArray(types) && types.includes('DynamicMembership')) throw groupRefusals.dynamic();
  if (properties['membershipRule']) throw groupRefusals.dynamic();
  if (isUnified(group) !== (properties['mailEnabled'] === true)) throw groupRefusals.mailEnabledCreation();
  if (!isUnified(group) && properties['securityEnabled'] !== true) throw groupRefusals.mailEnabledCreation();
  if (properties['isAssignableToRole'] === true) authorizeRoleAssignable(call);
}

/**
 * Source: Microsoft documentation, "Microsoft Entra service limits": somebody without a role may own 250 objects that
 * they made, and a tenant holds a limited number of objects.
 */
function checkQuota(call: GraphCall): void {
  const { tenant, caller, settings } = call;
  const { groups, groupOwners } = tenant.directory;
  const objects = tenant.users.size + groups.size + tenant.applications.size + tenant.servicePrincipals.size;
  if (objects >= settings.directoryObjectQuota) throw groupRefusals.objectQuota('Tenant');
  if (isGroupAdministrator(call)) return;
  const owned = groupOwners.findAll('objectId', caller.objectId).length;
  if (owned >= settings.createdObjectQuota) throw groupRefusals.objectQuota('Principal');
}

function newGroup({ tenant }: GraphCall, given: Readonly<Record<string, PropertyValue>>): GroupRecord {
  const now = tenant.now().toISOString();
  const nickname = String(given['mailNickname']);
  const address = given['mailEnabled'] === true ? groupAddress(tenant, nickname) : undefined;
  const properties: Properties = {
    groupTypes: [],
    visibility: address === undefined ? null : 'Public',
    ...given,
    createdDateTime: now,
    renewedDateTime: now,
    ...(address === undefined ? {} : { mail: address, proxyAddresses: [`SMTP:${address}`] }),
  };
  return { id: randomUUID(), properties, licenses: [], changed: {}, changeNumber: 0 };
}

function readLinks(
  call: GraphCall,
  group: GroupRecord,
  bindings: PropertyInput['bindings'],
): { owners: readonly { id: string }[]; members: readonly { id: string }[] } {
  const owners = readBindings(call, bindings.get('owners') ?? []);
  const members = readBindings(call, bindings.get('members') ?? []);
  checkLinks(call, group, 'owners', owners);
  checkLinks(call, group, 'members', members);
  // Somebody who makes a group without naming an owner owns it; an application does not.
  const isOwnerless = owners.length === 0 && call.caller.kind === 'user';
  return { owners: isOwnerless ? [{ id: call.caller.objectId }] : owners, members };
}
