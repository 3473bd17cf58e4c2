import type { Platform } from '../../composition/Platform.ts';
import type { PlanNames } from '../commands/index.ts';
import { findDefaultUsageLocation } from '../integration/index.ts';
import { AddressBook } from './AddressBook.ts';
import type { KnownLicense } from './planLicenses.ts';
import type { KnownDomain } from './proposeAccounts.ts';

/** What the mirror of the tenant knows that planners of online accounts ask for. */
export interface TenantFacts {
  readonly book: AddressBook;
  readonly domains: readonly KnownDomain[];
  readonly verifiedDomains: ReadonlySet<string>;
  readonly licenses: readonly KnownLicense[];
  readonly usageLocation: string | undefined;
}

async function readAddressBook(platform: Platform): Promise<AddressBook> {
  const rows = await platform.database
    .selectFrom('online_account')
    .leftJoin('link', 'link.online_account_id', 'online_account.id')
    .select(['online_account.id', 'display_name', 'upn', 'mail', 'proxy_addresses', 'immutable_id', 'deleted_at'])
    .select('link.user_id')
    .execute();
  return new AddressBook(
    rows.map((row) => ({
      id: row.id,
      displayName: row.display_name,
      upn: row.upn,
      mail: row.mail,
      proxyAddresses: row.proxy_addresses,
      immutableId: row.immutable_id,
      deleted: row.deleted_at !== null,
      linkedUserId: row.user_id,
    })),
  );
}

export async function readLicenses({ database }: Platform): Promise<readonly KnownLicense[]> {
  const rows = await database.selectFrom('license').selectAll().execute();
  return rows.map(({ sku_id: skuId, name, total, used, state, service_plans: servicePlans }) => ({
    skuId,
    name,
    total,
    used,
    state,
    servicePlans,
  }));
}

export async function readTenantFacts(platform: Platform): Promise<TenantFacts> {
  const { database, settings } = platform;
  const [book, domains, licenses, usageLocation] = await Promise.all([
    readAddressBook(platform),
    database.selectFrom('tenant_domain').selectAll().execute(),
    readLicenses(platform),
    findDefaultUsageLocation(settings),
  ]);
  const known = domains.map((domain) => ({
    name: domain.name.toLowerCase(),
    isDefault: domain.is_default,
    isInitial: domain.is_initial,
    isVerified: domain.is_verified,
  }));
  return {
    book,
    domains: known,
    verifiedDomains: new Set(known.filter((domain) => domain.isVerified).map((domain) => domain.name)),
    licenses,
    usageLocation,
  };
}

/** Names for what plans hold as ids. */
export function planNamesOf(licenses: readonly KnownLicense[]): PlanNames {
  const names = new Map(licenses.map((license) => [license.skuId, license.name]));
  const services = new Map(
    licenses.flatMap((license) => license.servicePlans.map((plan) => [plan.id, plan.name] as const)),
  );
  return {
    licenseName: (skuId) => names.get(skuId) ?? skuId,
    serviceName: (planId) => services.get(planId) ?? planId,
  };
}
