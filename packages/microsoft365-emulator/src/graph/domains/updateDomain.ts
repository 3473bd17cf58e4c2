import type { DomainRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { readProperties } from '../odata/readProperties.ts';
import { domainRefusals } from './domainRefusals.ts';
import { domainType } from './domainType.ts';
import { getDomainToWrite } from './readDomains.ts';

/** Source: Microsoft documentation, "Update domain": the services that can be set. */
const services = ['Email', 'OfficeCommunicationsOnline', 'Yammer'];

/** PATCH /domains/{id} */
export function updateDomain(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const domain = getDomainToWrite(call);
  const { properties } = readProperties(call.body, domainType);
  const changed = withChanges(domain, properties);
  world.transaction(() => save(tenant, changed));
  return noContent;
}

function withChanges(domain: DomainRecord, wanted: Readonly<Record<string, PropertyValue>>): DomainRecord {
  const { id, isDefault, supportedServices, passwordValidityPeriodInDays, passwordNotificationWindowInDays } = wanted;
  if (id !== undefined && id !== domain.id) throw badRequest("Property 'id' is read-only and cannot be set.");
  if (domain.forceDeletedAt !== null) throw domainRefusals.deletionInProgress();
  if (isDefault === false && domain.isDefault) throw domainRefusals.noDefault();
  if (isDefault === true && !domain.isVerified) throw domainRefusals.unverifiedDefault();
  return {
    ...domain,
    isDefault: isDefault === true || domain.isDefault,
    supportedServices: Array.isArray(supportedServices)
      ? readServices(domain, supportedServices.map(String))
      : domain.supportedServices,
    passwordValidityPeriodInDays: days(passwordValidityPeriodInDays, domain.passwordValidityPeriodInDays),
    passwordNotificationWindowInDays: days(passwordNotificationWindowInDays, domain.passwordNotificationWindowInDays),
  };
}

function readServices(domain: DomainRecord, names: readonly string[]): readonly string[] {
  if (!domain.isVerified) throw domainRefusals.unverifiedServices();
  const unknown = names.find((name) => !services.includes(name));
  if (unknown !== undefined) throw domainRefusals.unknownService(unknown);
  return [...new Set(names)];
}

function days(wanted: PropertyValue | undefined, known: number | null): number | null {
  if (wanted === undefined) return known;
  return typeof wanted === 'number' ? wanted : null;
}

/** There is always exactly one default domain. */
function save(tenant: Tenant, domain: DomainRecord): void {
  if (domain.isDefault) {
    const former = tenant.domains.values().filter(({ id, isDefault }) => isDefault && id !== domain.id);
    for (const other of former) tenant.domains.put({ ...other, isDefault: false });
  }
  tenant.domains.put(domain);
}
