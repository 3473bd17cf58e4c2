import type { ResourceApplication } from '../seed/firstParty.ts';
import type { Tenant } from '../store/Tenant.ts';
import { type Cloud, inCloud } from './clouds.ts';

/** The URIs by which a resource is asked for in a cloud; those with the tenant's name in them need the tenant. */
export function urisOf(resource: ResourceApplication, tenant: Tenant | undefined, cloud: Cloud): string[] {
  const label = tenant?.record.initialDomain.split('.')[0] ?? '';
  return resource.uris.map((uri) => inCloud(uri.replace('{tenant}', label), cloud));
}

/** Whether a token with this `aud` is meant for the resource. */
export function isAudienceOf(
  resource: ResourceApplication,
  audience: unknown,
  { tenant, cloud }: { readonly tenant: Tenant | undefined; readonly cloud: Cloud },
): boolean {
  if (typeof audience !== 'string') return false;
  const given = audience.toLowerCase().replace(/\/+$/, '');
  return given === resource.appId || urisOf(resource, tenant, cloud).some((uri) => uri.toLowerCase() === given);
}
