import type { DomainRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { countReferences, findReferences } from './domainReferences.ts';
import { domainRefusals } from './domainRefusals.ts';
import { subdomainsOf } from './domainTree.ts';
import { getDomainToWrite } from './readDomains.ts';

/** DELETE /domains/{id}: only one that nothing refers to. */
export function deleteDomain(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const domain = getDomainToWrite(call);
  checkDeletable(tenant, domain);
  if (countReferences(findReferences(tenant, domain.id)) > 0) throw domainRefusals.referenced(domain.id);
  world.transaction(() => tenant.domains.remove(domain.id));
  return noContent;
}

/** A tenant keeps its initial and its default domain, and a domain with subdomains stays for them. */
export function checkDeletable(tenant: Tenant, domain: DomainRecord): void {
  if (domain.isInitial) throw domainRefusals.initialDeletion();
  if (domain.isDefault) throw domainRefusals.defaultDeletion();
  if (domain.forceDeletedAt !== null) throw domainRefusals.deletionInProgress();
  if (subdomainsOf(tenant, domain.id).length > 0) throw domainRefusals.hasSubdomains(domain.id);
}
