import type { GroupRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { has } from '../Caller.ts';
import { denied } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { readProperties } from '../odata/readProperties.ts';
import { authorizeGroupWrite } from './authorizeGroupWrite.ts';
import { getGroupToWrite } from './findGroup.ts';
import { isExchangeMastered, isSynchronized, isUnified } from './groupKind.ts';
import { addLinks, checkLinks, readBindings } from './groupLinks.ts';
import { groupRefusals } from './groupRefusals.ts';
import { checkGroupValues, checkUniqueNickname } from './groupRules.ts';
import { exchangeProperties, groupType } from './groupType.ts';

const immutable = ['groupTypes', 'isAssignableToRole', 'mailEnabled', 'membershipRule', 'resourceBehaviorOptions'];

/** PATCH /groups/{id}: properties, and up to twenty members by `members@odata.bind`. */
export function updateGroup(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const group = getGroupToWrite(call);
  authorizeGroupWrite(call, group);
  if (isExchangeMastered(group)) throw groupRefusals.mailEnabled();
  const { properties, bindings } = readProperties(call.body, groupType);
  const isOfMembersOnly = Object.keys(properties).length === 0 && [...bindings.keys()].join() === 'members';
  if (!isOfMembersOnly) authorizeWhole(call);
  checkChange(tenant, group, properties);
  const members = readBindings(call, bindings.get('members') ?? []);
  const owners = readBindings(call, bindings.get('owners') ?? []);
  checkLinks(call, group, 'members', members);
  checkLinks(call, group, 'owners', owners);
  world.transaction(() => {
    if (Object.keys(properties).length > 0) tenant.directory.saveGroup(changed(group, properties));
    addLinks(tenant, group.id, 'members', members);
    addLinks(tenant, group.id, 'owners', owners);
  });
  return Object.keys(properties).some((name) => exchangeProperties.has(name)) ? { status: 200 } : noContent;
}

/** Source: Microsoft documentation, "Add members", several in one request: for these alone, a smaller permission does. */
function authorizeWhole(call: GraphCall): void {
  if (!call.settings.enforcePermissions) return;
  if (!has(call.caller, 'Group.ReadWrite.All', 'Directory.ReadWrite.All')) throw denied();
}

function checkChange(tenant: Tenant, group: GroupRecord, wanted: Readonly<Record<string, PropertyValue>>): void {
  if (isSynchronized(group)) throw groupRefusals.synchronized();
  for (const [name, value] of Object.entries(wanted)) {
    const isOther = JSON.stringify(value) !== JSON.stringify(group.properties[name] ?? null);
    if (isOther && immutable.includes(name)) throw groupRefusals.immutable(name);
    if (!isUnified(group) && exchangeProperties.has(name)) throw groupRefusals.unifiedOnly(name);
  }
  checkGroupValues(wanted);
  if (isUnified(group)) checkUniqueNickname(tenant, wanted['mailNickname'], group.id);
}

function changed(group: GroupRecord, wanted: Readonly<Record<string, PropertyValue>>): GroupRecord {
  return { ...group, properties: { ...group.properties, ...wanted } };
}

/** POST /groups/{id}/renew */
export function renewGroup(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const group = getGroupToWrite(call);
  authorizeGroupWrite(call, group);
  const renewedDateTime = tenant.now().toISOString();
  world.transaction(() => tenant.directory.saveGroup(changed(group, { renewedDateTime })));
  return noContent;
}
