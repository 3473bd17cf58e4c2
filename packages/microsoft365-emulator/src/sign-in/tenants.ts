import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { SignInError } from './SignInError.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Path parts that stand for any tenant. */
function isAnyTenant(name: string): boolean {
  return name === 'common' || name === 'organizations';
}

/** The tenant that a sign-in path names; undefined for `common` and `organizations`. */
export function resolveTenant(world: World, name: string): Tenant | undefined {
  if (isAnyTenant(name.toLowerCase())) return undefined;
  const tenant = world.findTenant(name);
  if (tenant !== undefined) return tenant;
  if (!GUID.test(name) && !name.includes('.')) throw new SignInError(900023, { tenant: name });
  throw new SignInError(90002, { tenant: name });
}

/** The tenant that a user name belongs to, by its domain. */
export function tenantOfUser(world: World, userName: string): Tenant {
  const domain = userName.slice(userName.indexOf('@') + 1);
  const tenant = world.findTenant(domain);
  if (tenant === undefined || !userName.includes('@')) {
    throw new SignInError(50034, { user: userName, tenantId: 'home' });
  }
  return tenant;
}
