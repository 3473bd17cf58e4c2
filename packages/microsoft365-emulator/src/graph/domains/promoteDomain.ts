import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { findReferences } from './domainReferences.ts';
import { domainRefusals } from './domainRefusals.ts';
import { getDomainToWrite } from './readDomains.ts';

/**
 * POST /domains/{id}/promote: makes a verified subdomain a root domain of its own; it does not make it the default.
 * Source: Microsoft documentation, "domain: promote".
 */
export function promoteDomain(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const domain = getDomainToWrite(call);
  if (!domain.isVerified) throw domainRefusals.unverifiedPromotion();
  if (domain.isRoot) throw domainRefusals.rootPromotion();
  const isUsed = domain.authenticationType === 'Federated' && findReferences(tenant, domain.id).users.length > 0;
  if (isUsed) throw domainRefusals.referencedPromotion();
  world.transaction(() => tenant.domains.put({ ...domain, isRoot: true }));
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean', value: true });
}
