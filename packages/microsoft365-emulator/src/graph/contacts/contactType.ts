import type * as graph from '@microsoft/microsoft-graph-types';
import type { ContactRecord } from '../../store/directoryRecords.ts';
import type { PropertyValue } from '../../store/records.ts';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyTraits,
  type PropertyType,
} from '../odata/ResourceType.ts';

const texts: readonly FilterOperator[] = ['eq', 'ne', 'ge', 'le', 'in', 'startsWith'];
const shown = <Type extends PropertyType>(type: Type, more: PropertyTraits = {}): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  ...more,
});

/** A mail contact of the organization; Exchange makes them, Graph only shows them. */
export const contactType = makeResourceType<graph.OrgContact>('OrgContact', 'contacts', {
  id: shown('guid', { filter: ['eq', 'in'] }),
  deletedDateTime: shown('dateTime'),
  companyName: shown('string', { filter: texts }),
  department: shown('string', { filter: texts }),
  displayName: shown('string', { filter: texts, canSort: 'always', canSearch: true }),
  givenName: shown('string', { filter: texts }),
  jobTitle: shown('string', { filter: texts }),
  mail: shown('string', { filter: texts, canSearch: true }),
  mailNickname: shown('string', { filter: texts }),
  onPremisesLastSyncDateTime: shown('dateTime'),
  onPremisesSyncEnabled: shown('boolean', { filter: ['eq'] }),
  proxyAddresses: shown('strings', { filter: ['any', 'eq', 'startsWith'] }),
  surname: shown('string', { filter: texts }),
  addresses: shown('objects'),
  onPremisesProvisioningErrors: shown('objects'),
  phones: shown('objects'),
  serviceProvisioningErrors: shown('objects'),
});

export function readContact({ id, properties }: ContactRecord, name: string): PropertyValue | undefined {
  if (name === 'id') return id;
  return properties[name] ?? (contactType.properties.get(name)?.type.endsWith('s') ? [] : undefined);
}
