import type { DomainRecord, PropertyValue } from '../../store/records.ts';
import { makeResourceType, type PropertyDefinition } from '../odata/ResourceType.ts';

const readOnly = (type: PropertyDefinition['type']): PropertyDefinition => ({
  type,
  isDefault: true,
  isReadOnly: true,
  filter: ['eq'],
});
const writable = (type: PropertyDefinition['type']): PropertyDefinition => ({ ...readOnly(type), isReadOnly: false });

export const domainType = makeResourceType('Domain', 'domains', {
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
  const values: Readonly<Record<string, PropertyValue>> = {
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
  return values[name];
}

/** What goes on with a domain that is being deleted by force; there is no state without such an operation. */
function stateOf({ forceDeletedAt, lastActionDateTime }: DomainRecord): PropertyValue {
  if (forceDeletedAt === null) return null;
  return { operation: 'ForceDelete', status: 'InProgress', lastActionDateTime: lastActionDateTime ?? null };
}
