import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku, type ServicePlan } from '../../seed/skuCatalog.ts';
import type { AssignedLicense, PropertyValue, UserRecord } from '../../store/records.ts';
import { securityIdentifierOf } from '../directory-objects/securityIdentifierOf.ts';
import { effectiveLicenses } from '../licenses/effectiveLicenses.ts';
import type { WireOf } from '../odata/WireOf.ts';

type Computed = { readonly [Name in keyof graph.User]?: (user: UserRecord) => WireOf<graph.User[Name]> };

const computed: Computed = {
  id: (user) => user.id,
  // Never given out, not even which rules it was set with.
  passwordProfile: () => null,
  assignedLicenses: (user) =>
    effectiveLicenses(user.licenses).map(({ skuId, disabledPlans }) => ({
      disabledPlans: [...disabledPlans],
      skuId,
    })),
  assignedPlans: (user) => effectiveLicenses(user.licenses).flatMap(assignedPlans),
  provisionedPlans: (user) =>
    effectiveLicenses(user.licenses)
      .flatMap(enabledPlans)
      .map((plan) => ({
        capabilityStatus: 'Enabled',
        provisioningStatus: 'Success',
        service: serviceOf(plan),
      })),
  licenseAssignmentStates: (user) => user.licenses.map(assignmentState),
  identities: (user) => [
    {
      signInType: 'userPrincipalName',
      issuer: upnOf(user).replace(/^.*@/, ''),
      issuerAssignedId: upnOf(user),
    },
  ],
  imAddresses: (user) => (user.mailFromMailbox ? [upnOf(user)] : []),
  securityIdentifier: (user) => securityIdentifierOf(user.id),
  onPremisesExtensionAttributes: (user) => extensionAttributes(user.properties['onPremisesExtensionAttributes']),
};

const emptyCollections: ReadonlySet<string> = new Set([
  'businessPhones',
  'onPremisesProvisioningErrors',
  'otherMails',
  'proxyAddresses',
  'serviceProvisioningErrors',
]);

/** A property of a user as Graph shows it. */
export function readUser(user: UserRecord, name: string): PropertyValue | undefined {
  const compute = computed[name as keyof Computed];
  if (compute !== undefined) return compute(user) as PropertyValue;
  const value = user.properties[name];
  // Stored to the millisecond, shown to the second, as the directory does.
  if (typeof value === 'string' && name.endsWith('DateTime')) return value.replace(/\.\d+Z$/, 'Z');
  return value ?? (emptyCollections.has(name) ? [] : undefined);
}

function upnOf({ properties }: UserRecord): string {
  return String(properties['userPrincipalName']);
}

function enabledPlans(license: AssignedLicense): ServicePlan[] {
  const plans = findCatalogSku(license.skuId)?.plans ?? [];
  return plans.filter((plan) => !license.disabledPlans.includes(plan.id));
}

function assignedPlans(license: AssignedLicense): WireOf<graph.AssignedPlan>[] {
  return enabledPlans(license).map((plan) => ({
    assignedDateTime: license.assignedDateTime,
    capabilityStatus: 'Enabled',
    service: serviceOf(plan),
    servicePlanId: plan.id,
  }));
}

function assignmentState(license: AssignedLicense): WireOf<graph.LicenseAssignmentState> {
  return {
    assignedByGroup: license.assignedByGroup ?? null,
    disabledPlans: [...license.disabledPlans],
    error: license.error ?? 'None',
    lastUpdatedDateTime: license.assignedDateTime,
    skuId: license.skuId,
    state: license.error === undefined ? 'Active' : 'Error',
  };
}

function serviceOf(plan: ServicePlan): string {
  if (plan.name.startsWith('EXCHANGE')) return 'exchange';
  if (plan.name.startsWith('SHAREPOINT')) return 'SharePoint';
  if (plan.name.startsWith('TEAMS')) return 'TeamspaceAPI';
  return plan.name.startsWith('INTUNE') ? 'SCO' : 'MicrosoftOffice';
}

function extensionAttributes(stored: PropertyValue | undefined): WireOf<graph.OnPremisesExtensionAttributes> {
  const known = typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : {};
  const names = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? null]));
}
