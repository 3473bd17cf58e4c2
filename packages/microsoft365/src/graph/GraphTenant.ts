import type {
  LicenseUnitsDetail,
  Organization,
  ServicePlanInfo,
  SubscribedSku,
  UnifiedRoleAssignment,
  VerifiedDomain,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { MailboxUsageReport } from '../MailboxUsage.ts';
import type { CallOptions, License, RoleHolder, Tenant, TenantFacts } from '../ports.ts';
import { GLOBAL_ADMINISTRATOR } from '../registration/permissionNeeds.ts';
import type { ServiceIssue, ServiceMessage } from '../ServiceHealth.ts';
import type { OrganizationDetails, Subscription } from '../Subscription.ts';
import { readClaims } from '../sign-in/claims.ts';
import type { TokenSource } from '../sign-in/TokenSource.ts';
import type { GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { productName, servicePlanName } from './productNames.ts';
import { readMailboxUsage } from './readMailboxUsage.ts';
import { readServiceIssues, readServiceMessages } from './readServiceHealth.ts';
import { readOrganization, readSubscriptions } from './readSubscriptions.ts';
import { readsOf } from './typedReads.ts';

const PERMISSION = 'Organization.Read.All';

const verifiedDomain = readsOf<VerifiedDomain>()({
  name: z.string(),
  isDefault: z.boolean().nullish(),
  isInitial: z.boolean().nullish(),
});
const organizations = z.object({
  value: z.tuple([
    readsOf<Organization>()({
      id: z.string(),
      displayName: z.string().nullish(),
      countryLetterCode: z.string().nullish(),
      defaultUsageLocation: z.string().nullish(),
      onPremisesSyncEnabled: z.boolean().nullish(),
      verifiedDomains: z.array(verifiedDomain).nullish(),
    }),
  ]),
});

const guid = z.string().transform((id) => id.toLowerCase());
const roleAssignments = z.object({
  value: z.array(readsOf<UnifiedRoleAssignment>()({ principalId: guid, roleDefinitionId: guid })),
  '@odata.nextLink': z.string().optional(),
});

const STATES = {
  enabled: 'enabled',
  warning: 'warning',
  suspended: 'suspended',
  deleted: 'deleted',
  lockedout: 'locked-out',
} as const satisfies Record<string, License['state']>;

const units = readsOf<LicenseUnitsDetail>()({ enabled: z.number().nullish(), warning: z.number().nullish() }).nullish();
const servicePlan = readsOf<ServicePlanInfo>()({
  servicePlanId: z.string().transform((id) => id.toLowerCase()),
  servicePlanName: z.string(),
  appliesTo: z.string().nullish(),
});
const products = z.object({
  value: z.array(
    readsOf<SubscribedSku>()({
      skuId: z.string().transform((id) => id.toLowerCase()),
      skuPartNumber: z.string(),
      appliesTo: z.string().nullish(),
      capabilityStatus: z.string().nullish(),
      consumedUnits: z.number().nullish(),
      prepaidUnits: units,
      servicePlans: z.array(servicePlan).nullish(),
    }),
  ),
});
type Product = z.infer<typeof products>['value'][number];

export async function readTenantFacts(transport: GraphTransport, options: CallOptions): Promise<TenantFacts> {
  const answer = await transport.call(
    { method: 'GET', path: '/organization', permission: PERMISSION, purpose: 'read the organization' },
    options,
  );
  const [organization] = organizations.parse(answer.body).value;
  const domains = (organization.verifiedDomains ?? []).map((domain) => ({
    name: domain.name,
    isDefault: domain.isDefault ?? false,
    isInitial: domain.isInitial ?? false,
    // Domains that still wait for their verification are not in this list, and reading them is a permission more.
    isVerified: true,
  }));
  return {
    tenantId: organization.id,
    displayName: organization.displayName ?? '',
    initialDomain: domains.find((domain) => domain.isInitial)?.name ?? '',
    domains,
    defaultUsageLocation: organization.defaultUsageLocation ?? undefined,
    countryCode: organization.countryLetterCode ?? undefined,
    synchronizedByOthers: organization.onPremisesSyncEnabled ?? false,
  };
}

interface TenantTokens {
  readonly graph: TokenSource;
  readonly exchange: TokenSource;
}

/** The tenant itself by Microsoft Graph. */
export class GraphTenant implements Tenant {
  readonly #transport: GraphTransport;
  readonly #tokens: TenantTokens;

  constructor(transport: GraphTransport, tokens: TenantTokens) {
    this.#transport = transport;
    this.#tokens = tokens;
  }

  facts(options: CallOptions): Promise<TenantFacts> {
    return readTenantFacts(this.#transport, options);
  }

  async licenses(options: CallOptions): Promise<readonly License[]> {
    const answer = await this.#transport.call(
      { method: 'GET', path: '/subscribedSkus', permission: PERMISSION, purpose: 'read the licenses' },
      options,
    );
    // Products of the whole company cannot be given to a person.
    return products
      .parse(answer.body)
      .value.filter((product) => product.appliesTo !== 'Company')
      .map(license);
  }

  organization(options: CallOptions): Promise<OrganizationDetails> {
    return readOrganization(this.#transport, options);
  }

  subscriptions(options: CallOptions): Promise<readonly Subscription[]> {
    return readSubscriptions(this.#transport, options);
  }

  serviceIssues(options: CallOptions): Promise<readonly ServiceIssue[]> {
    return readServiceIssues(this.#transport, options);
  }

  serviceMessages(options: CallOptions): Promise<readonly ServiceMessage[]> {
    return readServiceMessages(this.#transport, options);
  }

  mailboxUsage(options: CallOptions): Promise<MailboxUsageReport> {
    return readMailboxUsage(this.#transport, options);
  }

  async roleHolders(options: CallOptions): Promise<readonly RoleHolder[]> {
    const holders = new Map<string, RoleHolder>();
    let path: string | undefined = '/roleManagement/directory/roleAssignments?$select=principalId,roleDefinitionId';
    while (path !== undefined) {
      const request: GraphRequest = {
        method: 'GET',
        path,
        permission: 'RoleManagement.Read.Directory',
        purpose: 'read who administers the tenant',
      };
      const page: z.infer<typeof roleAssignments> = roleAssignments.parse(
        (await this.#transport.call(request, options)).body,
      );
      for (const { principalId: id, roleDefinitionId } of page.value) {
        const isGlobal = roleDefinitionId === GLOBAL_ADMINISTRATOR || holders.get(id)?.isGlobalAdministrator === true;
        holders.set(id, { id, isGlobalAdministrator: isGlobal });
      }
      path = page['@odata.nextLink'];
    }
    return [...holders.values()];
  }

  async grantedPermissions(): Promise<readonly string[]> {
    const [graphToken, exchangeToken] = await Promise.all([
      this.#tokens.graph.token(),
      // A tenant without Exchange has no such resource.
      this.#tokens.exchange.token().catch(() => undefined),
    ]);
    const exchangeRoles = exchangeToken === undefined ? [] : readClaims(exchangeToken).roles;
    return [...new Set([...readClaims(graphToken).roles, ...exchangeRoles])].toSorted();
  }
}

function license(product: Product): License {
  // Seats in their days of grace ("warning") still work and can be given.
  const total = (product.prepaidUnits?.enabled ?? 0) + (product.prepaidUnits?.warning ?? 0);
  const used = product.consumedUnits ?? 0;
  const state = Object.entries(STATES).find(([name]) => name === product.capabilityStatus?.toLowerCase());
  return {
    skuId: product.skuId,
    skuPartNumber: product.skuPartNumber,
    name: productName(product.skuPartNumber),
    total,
    used,
    free: Math.max(0, total - used),
    state: state?.[1] ?? 'enabled',
    // Services of the whole company cannot be switched off for a person.
    servicePlans: (product.servicePlans ?? [])
      .filter((plan) => plan.appliesTo !== 'Company')
      .map((plan) => ({ id: plan.servicePlanId, name: servicePlanName(plan.servicePlanName) })),
  };
}
