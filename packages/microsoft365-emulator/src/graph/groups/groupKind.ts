import type { GroupRecord, Properties } from '../../store/records.ts';

function hasType(properties: Properties, name: string): boolean {
  const types = properties['groupTypes'];
  return Array.isArray(types) && types.includes(name);
}

/** A Microsoft 365 group. */
export function isUnified({ properties }: Pick<GroupRecord, 'properties'>): boolean {
  return hasType(properties, 'Unified');
}

/** A distribution list or a mail-enabled security group: Exchange's to change, Graph only shows it. */
export function isExchangeMastered(group: Pick<GroupRecord, 'properties'>): boolean {
  return group.properties['mailEnabled'] === true && !isUnified(group);
}

/** Comes from an on-premises directory, where alone it can be changed. */
export function isSynchronized({ properties }: Pick<GroupRecord, 'properties'>): boolean {
  return properties['onPremisesSyncEnabled'] === true;
}

export function isRoleAssignable({ properties }: Pick<GroupRecord, 'properties'>): boolean {
  return properties['isAssignableToRole'] === true;
}
