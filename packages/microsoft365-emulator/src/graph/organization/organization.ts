import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, noContent, ok } from '../GraphCall.ts';
import { contextOf, parseSelect, project } from '../odata/project.ts';
import { makeResourceType, type PropertyDefinition, type PropertyType } from '../odata/ResourceType.ts';
import { readProperties } from '../odata/readProperties.ts';
import type { WireOf } from '../odata/WireOf.ts';
import { changeSettingsObject, readSettingsObject } from '../policies/settingsObject.ts';

const SETTINGS = 'organization';

const shown = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  isReadOnly: true,
});
/** Source: Microsoft documentation, "Update organization". */
const writable = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({ type, isDefault: true });

const organizationType = makeResourceType<graph.Organization>('Organization', 'organization', {
  id: shown('guid'),
  deletedDateTime: shown('dateTime'),
  businessPhones: shown('strings'),
  city: shown('string'),
  country: shown('string'),
  countryLetterCode: shown('string'),
  createdDateTime: shown('dateTime'),
  defaultUsageLocation: shown('string'),
  displayName: shown('string'),
  marketingNotificationEmails: writable('strings'),
  onPremisesLastSyncDateTime: shown('dateTime'),
  onPremisesSyncEnabled: shown('boolean'),
  partnerTenantType: shown('string'),
  postalCode: shown('string'),
  preferredLanguage: shown('string'),
  securityComplianceNotificationMails: writable('strings'),
  securityComplianceNotificationPhones: writable('strings'),
  state: shown('string'),
  street: shown('string'),
  technicalNotificationMails: writable('strings'),
  tenantType: shown('string'),
  privacyProfile: writable('object'),
  assignedPlans: shown('objects'),
  provisionedPlans: shown('objects'),
  verifiedDomains: shown('objects'),
});

function readOrganization(tenant: Tenant, name: string): PropertyValue | undefined {
  const { record } = tenant;
  const values: WireOf<graph.Organization> = {
    id: tenant.id,
    businessPhones: [],
    countryLetterCode: record.countryLetterCode,
    createdDateTime: record.createdDateTime,
    defaultUsageLocation: record.defaultUsageLocation,
    displayName: record.displayName,
    marketingNotificationEmails: [],
    preferredLanguage: 'en',
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    technicalNotificationMails: [...record.technicalNotificationMails],
    tenantType: 'AAD',
    provisionedPlans: [],
    verifiedDomains: verifiedDomains(tenant),
    assignedPlans: assignedPlans(tenant),
  };
  return readSettingsObject(tenant, SETTINGS, values)[name];
}

function verifiedDomains(tenant: Tenant): WireOf<graph.VerifiedDomain>[] {
  return tenant.domains
    .visibleValues()
    .filter((domain) => domain.isVerified)
    .map((domain) => ({
      capabilities: domain.supportedServices.join(', '),
      isDefault: domain.isDefault,
      isInitial: domain.isInitial,
      name: domain.id,
      type: domain.authenticationType,
    }));
}

function assignedPlans(tenant: Tenant): WireOf<graph.AssignedPlan>[] {
  return tenant.skus.values().flatMap((sku) =>
    (findCatalogSku(sku.id)?.plans ?? []).map((plan) => ({
      assignedDateTime: sku.createdDateTime,
      capabilityStatus: 'Enabled',
      service: plan.name,
      servicePlanId: plan.id,
    })),
  );
}

function listOrganization(call: GraphCall): GraphAnswer {
  const names = parseSelect(call, organizationType);
  const value = [project((name) => readOrganization(call.tenant, name), names)];
  return ok({ '@odata.context': contextOf(call, 'organization'), value });
}

function getOrganization(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  if (id.toLowerCase() !== call.tenant.id) throw notFound(id);
  const names = parseSelect(call, organizationType);
  const value = project((name) => readOrganization(call.tenant, name), names);
  return ok({ '@odata.context': contextOf(call, 'organization', true), ...value });
}

/** PATCH /organization/{id} */
function updateOrganization(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  if (id.toLowerCase() !== call.tenant.id) throw notFound(id);
  const { properties } = readProperties(call.body, organizationType);
  changeSettingsObject(call, SETTINGS, properties);
  return noContent;
}

export const organizationOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/organization', handle: listOrganization },
  { method: 'GET', path: '/organization/{id}', handle: getOrganization },
  {
    method: 'PATCH',
    path: '/organization/{id}',
    roles: [roles.globalAdministrator],
    handle: updateOrganization,
  },
];
