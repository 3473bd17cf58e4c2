import * as z from 'zod';
import type { ApplicationRecord, Properties, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findAddressHolder } from '../directory-objects/findAddressHolder.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { checkDeletable } from './deleteDomain.ts';
import { countReferences, findReferences, isAddressIn, isIdentifierIn } from './domainReferences.ts';
import { domainRefusals } from './domainRefusals.ts';
import { getDomainToWrite } from './readDomains.ts';

const MAXIMUM_REFERENCES = 1000;

const bodySchema = z.object({ disableUserAccounts: z.boolean().nullish() }).default({});

/**
 * POST /domains/{id}/forceDelete: what refers to the domain is moved to the initial domain at once, the domain itself is
 * gone when the operation is done.
 * Source: Microsoft documentation, "domain: forceDelete".
 */
export function forceDeleteDomain(call: GraphCall): GraphAnswer {
  const { tenant, world, settings } = call;
  const domain = getDomainToWrite(call);
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  checkDeletable(tenant, domain);
  const references = findReferences(tenant, domain.id);
  if (countReferences(references) > MAXIMUM_REFERENCES) throw domainRefusals.tooManyReferences();
  if (references.applications.some(isMultiTenant)) throw domainRefusals.multiTenantApplication();
  const mustDisable = parsed.data.disableUserAccounts !== false;
  const now = tenant.now();
  world.transaction(() => {
    for (const user of references.users) {
      const moved = moveAddresses(tenant, user.id, user.properties, domain.id);
      tenant.saveUser({ ...user, properties: { ...moved, ...(mustDisable ? { accountEnabled: false } : {}) } });
    }
    for (const group of references.groups) {
      tenant.directory.saveGroup({
        ...group,
        properties: moveAddresses(tenant, group.id, group.properties, domain.id),
      });
    }
    for (const application of references.applications) {
      tenant.applications.put(withoutIdentifiers(application, domain.id));
    }
    const forceDeletedAt = now.getTime() + settings.forceDeleteMs;
    tenant.domains.put({ ...domain, forceDeletedAt, lastActionDateTime: now.toISOString() });
  });
  return noContent;
}

function isMultiTenant({ properties }: ApplicationRecord): boolean {
  return properties['signInAudience'] !== 'AzureADMyOrg';
}

function moveAddresses(tenant: Tenant, id: string, properties: Properties, domain: string): Properties {
  const { initialDomain } = tenant.record;
  const moved = new Map<string, string>();
  const move = (address: PropertyValue | undefined): PropertyValue => {
    if (typeof address !== 'string' || !isAddressIn(address, domain)) return address ?? null;
    const [, prefix = '', local = ''] = /^(smtp:)?(.*)@/i.exec(address) ?? [];
    const known = moved.get(local.toLowerCase()) ?? freeName(tenant, id, local, initialDomain);
    moved.set(local.toLowerCase(), known);
    return `${prefix}${known}`;
  };
  const { userPrincipalName, mail, proxyAddresses } = properties;
  return {
    ...properties,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName: move(userPrincipalName) }),
    ...(mail === undefined ? {} : { mail: move(mail) }),
    ...(Array.isArray(proxyAddresses) ? { proxyAddresses: distinct(proxyAddresses.map(move)) } : {}),
  };
}

/** The same name at another domain, with a number behind it when somebody has that already. */
function freeName(tenant: Tenant, id: string, local: string, domain: string): string {
  for (let number = 0; ; number += 1) {
    const name = `${local}${number === 0 ? '' : number}@${domain}`;
    const holder = tenant.users.find('userPrincipalName', name.toLowerCase());
    const isFree = (holder === undefined || holder.id === id) && findAddressHolder(tenant, name, id) === undefined;
    if (isFree) return name;
  }
}

/** Two addresses that became the same are one; the primary one wins. */
function distinct(addresses: readonly PropertyValue[]): PropertyValue[] {
  const sorted = addresses.map(String).toSorted((one, other) => Number(isPrimary(other)) - Number(isPrimary(one)));
  const known = new Set<string>();
  return sorted.filter((address) => {
    const isNew = !known.has(address.toLowerCase());
    known.add(address.toLowerCase());
    return isNew;
  });
}

function isPrimary(address: string): boolean {
  return address.startsWith('SMTP:');
}

function withoutIdentifiers(application: ApplicationRecord, domain: string): ApplicationRecord {
  const { identifierUris } = application.properties;
  const kept = Array.isArray(identifierUris) ? identifierUris.filter((one) => !isIdentifierIn(one, domain)) : [];
  return { ...application, properties: { ...application.properties, identifierUris: kept } };
}
