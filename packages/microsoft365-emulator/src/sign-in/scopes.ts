import { signInScopes } from '../graph/authorization/permissionCatalog.ts';
import { graphAppId, type ResourceApplication, resourceApplications } from '../seed/firstParty.ts';
import type { Tenant } from '../store/Tenant.ts';
import { SignInError } from './SignInError.ts';

/** What a request asks for. */
export interface RequestedScopes {
  readonly resource: ResourceApplication;
  /** Delegated permissions of the resource, by name. */
  readonly permissions: readonly string[];
  /** `openid`, `profile`, `email`, `offline_access`. */
  readonly signIn: readonly string[];
  /** True for `<resource>/.default`: whatever has been consented to. */
  readonly isDefault: boolean;
}

interface OneScope {
  readonly resource: ResourceApplication;
  readonly name: string;
}

/** Splits the `scope` of a request; `origin` is an audience of Graph as well, for clients whose Graph host is set to it. */
export function parseScopes(scope: string, tenant: Tenant | undefined, origin: string): RequestedScopes {
  const names = scope.split(/\s+/).filter((name) => name !== '');
  const signIn = names.filter((name) => signInScopes.has(name.toLowerCase())).map((name) => name.toLowerCase());
  const others = names
    .filter((name) => !signInScopes.has(name.toLowerCase()))
    .map((name) => parseOne(name, tenant, origin));
  const resource = others[0]?.resource ?? graphResource();
  if (others.some((other) => other.resource.appId !== resource.appId)) throw new SignInError(70011, { scope });
  const isDefault = others.some((other) => other.name === '.default');
  if (isDefault && others.length > 1) throw new SignInError(70011, { scope });
  const permissions = isDefault ? [] : others.map((other) => permissionName(other, scope));
  return { resource, permissions: [...new Set(permissions)], signIn, isDefault };
}

function graphResource(): ResourceApplication {
  const resource = resourceApplications.find((application) => application.appId === graphAppId);
  if (resource === undefined) throw new TypeError('Microsoft Graph is not in the list of resources');
  return resource;
}

function permissionName({ resource, name }: OneScope, scope: string): string {
  const found = resource.permissions.find((permission) => permission.name.toLowerCase() === name.toLowerCase());
  if (found === undefined || found.scope === null) throw new SignInError(70011, { scope });
  return found.name;
}

function parseOne(scope: string, tenant: Tenant | undefined, origin: string): OneScope {
  const slash = scope.lastIndexOf('/');
  if (slash < 0) return { resource: graphResource(), name: scope };
  // Some clients end the resource with a slash of its own and so send two.
  const uri = scope.slice(0, slash).replace(/\/+$/, '');
  return { resource: findResource(uri, tenant, origin), name: scope.slice(slash + 1) };
}

/** The resource an audience stands for: a URI of it or its application id. */
function findResource(uri: string, tenant: Tenant | undefined, origin: string): ResourceApplication {
  if (uri.toLowerCase() === origin.toLowerCase()) return graphResource();
  const label = tenant?.record.initialDomain.split('.')[0] ?? '';
  const wanted = uri.toLowerCase();
  const found = resourceApplications.find(
    (application) =>
      application.appId === wanted ||
      application.uris.some((known) => known.replace('{tenant}', label).toLowerCase() === wanted),
  );
  if (found === undefined) {
    throw new SignInError(500011, { resource: uri, tenant: tenant?.record.displayName ?? 'Microsoft' });
  }
  return found;
}
