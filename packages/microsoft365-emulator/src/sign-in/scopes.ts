import { signInScopes } from '../graph/authorization/permissionCatalog.ts';
import { graphResource, type ResourceApplication, resourceApplications } from '../seed/firstParty.ts';
import type { Tenant } from '../store/Tenant.ts';
import { urisOf } from './audiences.ts';
import { type Cloud, inCloud } from './clouds.ts';
import { SignInError } from './SignInError.ts';

/** What a request asks for. */
export interface RequestedScopes {
  readonly resource: ResourceApplication;
  /** The resource as it was asked for, which is what the token is for: its URI or its application id. */
  readonly audience: string;
  /** Delegated permissions of the resource, by name. */
  readonly permissions: readonly string[];
  /** `openid`, `profile`, `email`, `offline_access`. */
  readonly signIn: readonly string[];
  /** True for `<resource>/.default`: whatever has been consented to. */
  readonly isDefault: boolean;
  /** Whether the resource was named, as in `https://graph.microsoft.com/User.Read`; `User.Read` alone is Graph's. */
  readonly namesResource: boolean;
}

interface OneScope {
  readonly namesResource: boolean;
  readonly resource: ResourceApplication;
  readonly audience: string;
  readonly name: string;
}

export interface ScopePlace {
  readonly tenant: Tenant | undefined;
  /** An audience of Graph as well, for clients whose Graph host is set to it. */
  readonly origin: string;
  readonly cloud: Cloud;
}

/** Splits the `scope` of a request. */
export function parseScopes(scope: string, place: ScopePlace): RequestedScopes {
  const names = scope.split(/\s+/).filter((name) => name !== '');
  const signIn = names.filter((name) => signInScopes.has(name.toLowerCase())).map((name) => name.toLowerCase());
  const others = names.filter((name) => !signInScopes.has(name.toLowerCase())).map((name) => parseOne(name, place));
  const resource = others[0]?.resource ?? graphResource;
  const audience = others[0]?.audience ?? graphAudience(place);
  if (others.some((other) => other.resource.appId !== resource.appId)) throw new SignInError(70011, { scope });
  const isDefault = others.some((other) => other.name === '.default');
  if (isDefault && others.length > 1) throw new SignInError(70011, { scope });
  const permissions = isDefault ? [] : others.map((other) => permissionName(other, scope));
  const namesResource = others.some((other) => other.namesResource);
  return { resource, audience, permissions: [...new Set(permissions)], signIn, isDefault, namesResource };
}

function graphAudience({ cloud }: ScopePlace): string {
  return inCloud('https://graph.microsoft.com', cloud);
}

function permissionName({ resource, name }: OneScope, scope: string): string {
  const found = resource.permissions.find((permission) => permission.name.toLowerCase() === name.toLowerCase());
  if (found === undefined || found.scope === null) throw new SignInError(70011, { scope });
  return found.name;
}

function parseOne(scope: string, place: ScopePlace): OneScope {
  const slash = scope.lastIndexOf('/');
  if (slash < 0) {
    return { resource: graphResource, audience: graphAudience(place), name: scope, namesResource: false };
  }
  // Some clients end the resource with a slash of its own and so send two.
  const uri = scope.slice(0, slash).replace(/\/+$/, '');
  return { ...findResource(uri, place), name: scope.slice(slash + 1), namesResource: true };
}

/** The resource an audience stands for: a URI of it or its application id. */
function findResource(uri: string, place: ScopePlace): Pick<OneScope, 'resource' | 'audience'> {
  const wanted = uri.toLowerCase();
  if (wanted === place.origin.toLowerCase()) return { resource: graphResource, audience: graphAudience(place) };
  for (const resource of resourceApplications) {
    const uris = [resource.appId, ...urisOf(resource, place.tenant, place.cloud)];
    const audience = uris.find((known) => known.toLowerCase() === wanted);
    if (audience !== undefined) return { resource, audience };
  }
  throw new SignInError(500011, { resource: uri, tenant: place.tenant?.record.displayName ?? 'Microsoft' });
}
