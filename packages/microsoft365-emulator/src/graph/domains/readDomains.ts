import type { DomainRecord } from '../../store/records.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { single } from '../odata/single.ts';
import { findParent } from './domainTree.ts';
import { domainType, readDomain } from './domainType.ts';

/** GET /domains */
export function listDomains(call: GraphCall): GraphAnswer {
  const values = (): readonly DomainRecord[] => call.tenant.domains.visibleValues();
  return listObjects(call, { type: domainType, values, read: readDomain, hasPages: false });
}

/** GET /domains/{id} */
export function getDomain(call: GraphCall): GraphAnswer {
  return present(call, getVisibleDomain(call));
}

/** GET /domains/{id}/rootDomain */
export function getRootDomain(call: GraphCall): GraphAnswer {
  const domain = getVisibleDomain(call);
  const root = domain.isRoot ? undefined : findParent(call.tenant, domain.id);
  if (root === undefined) throw notFound('rootDomain');
  return present(call, root);
}

/** GET /domains/{id}/federationConfiguration: empty, as no domain of the emulator is federated by Graph. */
export function listFederationConfiguration(call: GraphCall): GraphAnswer {
  const { id } = getVisibleDomain(call);
  const context = `https://graph.microsoft.com/v1.0/$metadata#domains('${id}')/federationConfiguration`;
  return ok({ '@odata.context': context, value: [] });
}

function present(call: GraphCall, domain: DomainRecord): GraphAnswer {
  return ok(single(call, domainType, (name) => readDomain(domain, name)));
}

export function getVisibleDomain(call: GraphCall): DomainRecord {
  const id = call.params['id'] ?? '';
  const domain = call.tenant.domains.visible(id.toLowerCase());
  if (domain === undefined) throw notFound(id);
  return domain;
}

/** The domain to be written: it must be visible, but what is changed is what it really is now. */
export function getDomainToWrite(call: GraphCall): DomainRecord {
  const { id } = getVisibleDomain(call);
  const domain = call.tenant.domains.get(id);
  if (domain === undefined) throw notFound(id);
  return domain;
}
