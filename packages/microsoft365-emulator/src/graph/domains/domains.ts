import type { DomainRecord, PropertyValue } from '../../store/records.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { makeResourceType, type PropertyDefinition } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';

const shown = (type: PropertyDefinition['type']): PropertyDefinition => ({ type, isDefault: true, filter: ['eq'] });

const domainType = makeResourceType('Domain', 'domains', {
  authenticationType: shown('string'),
  availabilityStatus: shown('string'),
  id: shown('string'),
  isAdminManaged: shown('boolean'),
  isDefault: shown('boolean'),
  isInitial: shown('boolean'),
  isRoot: shown('boolean'),
  isVerified: shown('boolean'),
  supportedServices: shown('strings'),
  passwordValidityPeriodInDays: shown('integer'),
  passwordNotificationWindowInDays: shown('integer'),
  state: shown('object'),
});

function readDomain(domain: DomainRecord, name: string): PropertyValue | undefined {
  const values: Readonly<Record<string, PropertyValue>> = {
    authenticationType: 'Managed',
    id: domain.id,
    isAdminManaged: true,
    isDefault: domain.isDefault,
    isInitial: domain.isInitial,
    isRoot: domain.isRoot,
    isVerified: domain.isVerified,
    supportedServices: [...domain.supportedServices],
  };
  return values[name];
}

function listDomains(call: GraphCall): GraphAnswer {
  const values = (): DomainRecord[] => call.tenant.domains.visibleValues();
  return listObjects(call, { type: domainType, values, read: readDomain, hasPages: false });
}

function getDomain(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const domain = call.tenant.domains.visible(id.toLowerCase());
  if (domain === undefined) throw notFound(id);
  return ok(single(call, domainType, (name) => readDomain(domain, name)));
}

export const domainOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/domains', handle: listDomains },
  { method: 'GET', path: '/domains/{id}', handle: getDomain },
];
