import type { DeletedKind, DeletedRecord, GroupRecord, PropertyValue, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { World } from '../../store/World.ts';
import { applicationType, readApplication } from '../applications/applicationType.ts';
import { has } from '../Caller.ts';
import { denied, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { groupType } from '../groups/groupType.ts';
import { readGroup } from '../groups/readGroup.ts';
import { listObjects } from '../odata/listObjects.ts';
import { parseSelect, project } from '../odata/project.ts';
import { defaultNames, type ResourceType } from '../odata/ResourceType.ts';
import { servicePrincipalType } from '../service-principals/servicePrincipalType.ts';
import { readUser } from '../users/readUser.ts';
import { userType } from '../users/userType.ts';

const THIRTY_DAYS_MS = 30 * 24 * 3600 * 1000;

/** Removes for good what has been in the bin for thirty days. */
function purgeExpired(world: World, tenant: Tenant): void {
  const before = tenant.now().getTime() - THIRTY_DAYS_MS;
  const expired = tenant.deletedItems.values().filter((item) => Date.parse(item.deletedDateTime) <= before);
  if (expired.length === 0) return;
  world.transaction(() => {
    for (const item of expired) removeForGood(tenant, item);
  });
}

/** Takes an object out of the bin; a user leaves a mark for delta queries. In a transaction. */
function removeForGood(tenant: Tenant, item: DeletedRecord): void {
  tenant.deletedItems.remove(item.id);
  for (const role of tenant.roleAssignments.findAll('principalId', item.id)) tenant.roleAssignments.remove(role.id);
  tenant.directory.forgetObject(item.id);
  if (item.kind === 'group') tenant.directory.purgeGroup(item.id);
  if (item.kind !== 'user') return;
  const changeNumber = tenant.userChanges.next();
  tenant.tombstones.put({ id: item.id, changeNumber });
  tenant.userChanges.record(item.id, tenant.now().getTime(), changeNumber);
}

export function isGroupRecord(item: DeletedRecord): item is DeletedRecord & { value: GroupRecord } {
  return item.kind === 'group';
}

export function isUserRecord(item: DeletedRecord): item is DeletedRecord & { value: UserRecord } {
  return item.kind === 'user';
}

function read(tenant: Tenant, item: DeletedRecord, name: string): PropertyValue | undefined {
  if (name === 'deletedDateTime') return item.deletedDateTime;
  if (isUserRecord(item)) return readUser(item.value, name);
  if (isGroupRecord(item)) return readGroup(tenant, item.value, name);
  if ('keyCredentials' in item.value) return readApplication(item.value, name);
  return name === 'id' ? item.id : item.value.properties[name];
}

function typeOf(item: DeletedRecord): ResourceType {
  if (item.kind === 'user') return userType;
  if (item.kind === 'group') return groupType;
  return item.kind === 'application' ? applicationType : servicePrincipalType;
}

function list(call: GraphCall, kind: DeletedRecord['kind'], type: ResourceType): GraphAnswer {
  const { tenant, world } = call;
  purgeExpired(world, tenant);
  const values = (): DeletedRecord[] => tenant.deletedItems.visibleValues().filter((item) => item.kind === kind);
  const set = `directory/deletedItems/microsoft.graph.${kind}`;
  return listObjects(call, { type, values, read: (item, name) => read(tenant, item, name), set });
}

/** GET /directory/deletedItems/microsoft.graph.user */
export function listDeletedUsers(call: GraphCall): GraphAnswer {
  return list(call, 'user', userType);
}

/** GET /directory/deletedItems/microsoft.graph.group */
export function listDeletedGroups(call: GraphCall): GraphAnswer {
  return list(call, 'group', groupType);
}

/** GET /directory/deletedItems/microsoft.graph.application */
export function listDeletedApplications(call: GraphCall): GraphAnswer {
  return list(call, 'application', applicationType);
}

/** GET /directory/deletedItems/microsoft.graph.servicePrincipal */
export function listDeletedServicePrincipals(call: GraphCall): GraphAnswer {
  return list(call, 'servicePrincipal', servicePrincipalType);
}

/** The object in the bin that a path names. */
export function getDeleted(call: GraphCall): DeletedRecord {
  const id = call.params['id'] ?? '';
  purgeExpired(call.world, call.tenant);
  const item = call.tenant.deletedItems.visible(id.toLowerCase());
  if (item === undefined) throw notFound(id);
  return item;
}

const writers: Readonly<Record<DeletedKind, readonly string[]>> = {
  user: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
  group: ['Group.ReadWrite.All'],
  application: ['Application.ReadWrite.All'],
  servicePrincipal: ['Application.ReadWrite.All'],
};

/** Whoever deletes or restores users needs another permission than whoever does so with applications. */
export function authorizeDeleted(call: GraphCall, item: DeletedRecord): void {
  if (!call.settings.enforcePermissions) return;
  if (!has(call.caller, ...writers[item.kind], 'Directory.AccessAsUser.All')) throw denied();
}

/** GET /directory/deletedItems/{id} */
export function getDeletedItem(call: GraphCall): GraphAnswer {
  const item = getDeleted(call);
  const type = typeOf(item);
  const names = [...parseSelect(call, type), 'deletedDateTime'];
  return ok(present(call.tenant, item, names));
}

/** The object as answers about the bin show it. */
export function present(
  tenant: Tenant,
  item: DeletedRecord,
  names: readonly string[] = defaultNames(typeOf(item)),
): object {
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity',
    '@odata.type': `#microsoft.graph.${item.kind}`,
    ...project((name) => read(tenant, item, name), names),
  };
}

/** DELETE /directory/deletedItems/{id}: for good. */
export function deleteForGood(call: GraphCall): GraphAnswer {
  const item = getDeleted(call);
  authorizeDeleted(call, item);
  call.world.transaction(() => removeForGood(call.tenant, item));
  return noContent;
}
