import type * as graph from '@microsoft/microsoft-graph-types';
import type { DomainRecord, PropertyValue } from '../../store/records.ts';
import { makeResourceType, type PropertyDefinition, type PropertyType } from '../odata/ResourceType.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';

const readOnly = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  isReadOnly: true,
  filter: ['eq'],
});
const writable = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({
  ...readOnly(type),
  isReadOnly: false,
});

export const domainType = makeResourceType<graph.Domain>('Domain', 'domains', {
  authenticationType: readOnly('string'),
  availabilityStatus: readOnly('string'),
  id: writable('string'),
  isAdminManaged: readOnly('boolean'),
  isDefault: writable('boolean'),
  isInitial: readOnly('boolean'),
  isRoot: readOnly('boolean'),
  isVerified: readOnly('boolean'),
  supportedServices: writable('strings'),
  passwordValidityPeriodInDays: writable('integer'),
  passwordNotificationWindowInDays: writable('integer'),
  state: readOnly('object'),
});

export function readDomain(domain: DomainRecord, name: string): PropertyValue | undefined {
  const values: WireOf<graph.Domain> = {
    authenticationType: domain.authenticationType,
    id: domain.id,
    isAdminManaged: true,
    isDefault: domain.isDefault,
    isInitial: domain.isInitial,
    isRoot: domain.isRoot,
    isVerified: domain.isVerified,
    supportedServices: [...domain.supportedServices],
    passwordValidityPeriodInDays: domain.passwordValidityPeriodInDays,
    passwordNotificationWindowInDays: domain.passwordNotificationWindowInDays,
    state: stateOf(domain),
  };
  return propertyOf(values, name);
}

/** What goes on with a domain that is being deleted by force; there is no state without such an operation. */
function stateOf({ forceDeletedAt, lastActionDateTime }: DomainRecord): WireOf<graph.DomainState> | null {
  if (forceDeletedAt === null) return null;
  return { operation: 'ForceDelete', status: 'InProgress', lastActionDateTime: lastActionDateTime ?? null };
}
