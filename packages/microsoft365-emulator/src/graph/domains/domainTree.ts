import type { DomainRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';

/** The nearest domain of the tenant that a name lies below. */
export function findParent(tenant: Tenant, name: string): DomainRecord | undefined {
  const parents = tenant.domains.values().filter(({ id }) => name.endsWith(`.${id}`));
  return parents.toSorted((one, other) => other.id.length - one.id.length)[0];
}

/** Domains of the tenant below one, those that were promoted left out. */
export function subdomainsOf(tenant: Tenant, name: string): DomainRecord[] {
  return tenant.domains.values().filter(({ id, isRoot }) => !isRoot && id.endsWith(`.${name}`));
}

/** Below a verified domain nothing has to be proved: its subdomains are verified with it. In a transaction. */
export function verifyWithSubdomains(tenant: Tenant, domain: DomainRecord): DomainRecord {
  const verified = { ...domain, isVerified: true };
  tenant.domains.put(verified);
  for (const subdomain of subdomainsOf(tenant, domain.id)) {
    if (!subdomain.isVerified) tenant.domains.put({ ...subdomain, isVerified: true });
  }
  return verified;
}
