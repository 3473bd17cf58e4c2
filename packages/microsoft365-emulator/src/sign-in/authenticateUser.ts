import { isPassword } from '../secrets.ts';
import type { UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { Lockout } from './Lockout.ts';
import { SignInError } from './SignInError.ts';

export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/**
 * The user with this name and password, or the refusal. The order matters: an account is not said to be disabled or
 * its password to be expired before the password was right.
 */
export function authenticateUser(tenant: Tenant, lockout: Lockout, credentials: Credentials): UserRecord {
  const user = findUserToSignIn(tenant, credentials.userName);
  if (lockout.isLocked(user.id)) throw new SignInError(50053);
  if (!isPassword(user.password, credentials.password)) {
    lockout.failed(user.id, credentials.password);
    throw new SignInError(lockout.isLocked(user.id) ? 50053 : 50126);
  }
  lockout.succeeded(user.id);
  checkMaySignIn(user);
  if (user.password.mustChange) throw new SignInError(50055);
  return user;
}

export function findUserToSignIn(tenant: Tenant, userName: string): UserRecord {
  const user = tenant.users.find('userPrincipalName', userName.trim().toLowerCase());
  if (user === undefined) throw new SignInError(50034, { user: userName, tenantId: tenant.id });
  return user;
}

export function checkMaySignIn(user: UserRecord): void {
  if (user.properties['accountEnabled'] === false) throw new SignInError(50057);
}
