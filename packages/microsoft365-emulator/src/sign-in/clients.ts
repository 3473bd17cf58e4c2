import { type FirstPartyClient, findFirstPartyClient } from '../seed/firstParty.ts';
import type { ApplicationRecord, ServicePrincipalRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { SignInError } from './SignInError.ts';

/** A client that may ask for tokens. */
export interface Client {
  readonly appId: string;
  readonly displayName: string;
  /** Set for Microsoft's own clients, which nobody registers. */
  readonly firstParty: FirstPartyClient | undefined;
  readonly application: ApplicationRecord | undefined;
}

/** The client with this id, as a lagging replica of the tenant's directory shows it. */
export function findClient(world: World, tenant: Tenant | undefined, appId: string): Client {
  const id = appId.toLowerCase();
  const firstParty = findFirstPartyClient(id);
  if (firstParty !== undefined) {
    return { appId: id, displayName: firstParty.displayName, firstParty, application: undefined };
  }
  const homes = tenant === undefined ? [...world.tenants.values()] : [tenant];
  const own = homes.map((home) => home.applications.findVisible('appId', id)).find((found) => found !== undefined);
  const application = own ?? findForeign(world, id);
  if (tenant === undefined && own?.properties['signInAudience'] === 'AzureADMyOrg') {
    throw new SignInError(50194, { appId: id, name: String(own.properties['displayName']) });
  }
  if (application === undefined) {
    throw new SignInError(700016, { appId: id, tenant: tenant?.record.displayName ?? 'Microsoft' });
  }
  return { appId: id, displayName: String(application.properties['displayName']), firstParty: undefined, application };
}

function findForeign(world: World, appId: string): ApplicationRecord | undefined {
  return [...world.tenants.values()]
    .map((home) => home.applications.findVisible('appId', appId))
    .find((found) => found !== undefined && found.properties['signInAudience'] !== 'AzureADMyOrg');
}

/** The client's service principal in a tenant, which must be there and enabled before an app-only token is made. */
export function getServicePrincipal(tenant: Tenant, client: Client): ServicePrincipalRecord {
  const principal = tenant.servicePrincipals.findVisible('appId', client.appId);
  if (principal === undefined) throw new SignInError(7000229, { appId: client.appId, tenantId: tenant.id });
  if (principal.properties['accountEnabled'] === false) {
    throw new SignInError(7000112, { appId: client.appId, name: client.displayName });
  }
  return principal;
}

function redirectUris(client: Client, platform: 'publicClient' | 'web' | 'spa'): string[] {
  const part = client.application?.properties[platform];
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return [];
  const uris = part['redirectUris'];
  return Array.isArray(uris) ? uris.map(String) : [];
}

/** Whether an answer may be sent there, and whether that makes the client a public one for this exchange. */
export function findRedirectUri(client: Client, uri: string): { isPublic: boolean } | undefined {
  const native = client.firstParty?.redirectUris ?? redirectUris(client, 'publicClient');
  if (native.some((registered) => isSameRedirect(registered, uri))) return { isPublic: true };
  if (redirectUris(client, 'spa').includes(uri)) return { isPublic: true };
  return redirectUris(client, 'web').some((registered) => isSameRedirect(registered, uri))
    ? { isPublic: false }
    : undefined;
}

/** Loopback addresses match on any port (RFC 8252, 7.3). */
function isSameRedirect(registered: string, given: string): boolean {
  if (registered === given) return true;
  if (!URL.canParse(registered) || !URL.canParse(given)) return false;
  const one = new URL(registered);
  const other = new URL(given);
  const isLoopback = one.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(one.hostname);
  return (
    isLoopback && one.hostname === other.hostname && one.protocol === other.protocol && one.pathname === other.pathname
  );
}

/** Whether the client may use flows without proving who it is: device code, user name and password. */
export function isPublicClient(client: Client): boolean {
  return client.firstParty !== undefined || client.application?.properties['isFallbackPublicClient'] === true;
}
