import type { GroupRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { securityIdentifierOf } from '../directory-objects/securityIdentifierOf.ts';
import { exchangeProperties, groupType } from './groupType.ts';

/** A property of a group as Graph shows it. */
export function readGroup(tenant: Tenant, group: GroupRecord, name: string): PropertyValue | undefined {
  switch (name) {
    case 'id':
      return group.id;
    case 'securityIdentifier':
      return securityIdentifierOf(group.id);
    case 'assignedLicenses':
      return group.licenses.map(({ skuId, disabledPlans }) => ({ disabledPlans: [...disabledPlans], skuId }));
    case 'hasMembersWithLicenseErrors':
      return hasMembersWithLicenseErrors(tenant, group);
    case 'licenseProcessingState':
      return group.licenses.length > 0 ? { state: 'ProcessingComplete' } : null;
    default:
      return stored(group, name);
  }
}

function stored({ properties }: GroupRecord, name: string): PropertyValue | undefined {
  const value = properties[name];
  if (typeof value === 'string' && name.endsWith('DateTime')) return value.replace(/\.\d+Z$/, 'Z');
  if (value !== undefined) return value;
  const type = groupType.properties.get(name)?.type;
  if (exchangeProperties.has(name)) return type === 'boolean' ? false : 0;
  return type === 'strings' || type === 'objects' ? [] : undefined;
}

/** Users that could not get what the group gives. */
export function membersWithLicenseErrors({ directory, users }: Tenant, group: GroupRecord): string[] {
  return directory.groupMembers
    .findAll('groupId', group.id)
    .map(({ objectId }) => objectId)
    .filter((id) =>
      users.get(id)?.licenses.some(({ assignedByGroup, error }) => assignedByGroup === group.id && error !== undefined),
    );
}

function hasMembersWithLicenseErrors(tenant: Tenant, group: GroupRecord): boolean {
  return group.licenses.length > 0 && membersWithLicenseErrors(tenant, group).length > 0;
}
