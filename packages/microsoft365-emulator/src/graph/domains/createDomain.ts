import { newDomain } from '../../seed/newDomain.ts';
import type { DomainRecord } from '../../store/records.ts';
import { type Tenant, textOf } from '../../store/Tenant.ts';
import { invalidValue, missingValue, objectConflict } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall } from '../GraphCall.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { readProperties } from '../odata/readProperties.ts';
import { domainRefusals } from './domainRefusals.ts';
import { findParent } from './domainTree.ts';
import { domainType, readDomain } from './domainType.ts';

const NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const OWNED_BY_MICROSOFT = /(^|\.)onmicrosoft\.com$/;

/** POST /domains: `{"id": "contoso.com"}`; a subdomain of a verified domain is verified at once. */
export function createDomain(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const id = textOf(readProperties(call.body, domainType).properties['id'])?.toLowerCase();
  if (id === undefined) throw missingValue('id', 'Domain');
  if (!NAME.test(id) || OWNED_BY_MICROSOFT.test(id)) throw invalidValue('id', 'Domain');
  if (tenant.domains.get(id) !== undefined) throw objectConflict('id');
  const domain = domainBelow(tenant, id);
  world.transaction(() => tenant.domains.put(domain));
  const shown = project((name) => readDomain(domain, name), defaultNames(domainType));
  return created({ '@odata.context': contextOf(call, 'domains', true), ...shown });
}

function domainBelow(tenant: Tenant, id: string): DomainRecord {
  const parent = findParent(tenant, id);
  if (parent?.authenticationType === 'Federated') throw domainRefusals.federatedRoot();
  return {
    ...newDomain(tenant, id),
    id,
    isDefault: false,
    isInitial: false,
    isRoot: parent === undefined,
    isVerified: parent?.isVerified === true,
    supportedServices: [],
  };
}
