import { hashPassword } from '../../secrets.ts';
import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';

/** Gives a user another password; what was signed in with the old one has to sign in again. In a transaction. */
export function setPassword(
  tenant: Tenant,
  user: UserRecord,
  password: string,
  { mustChange }: { mustChange: boolean },
): UserRecord {
  const now = tenant.now().toISOString();
  const properties = { ...user.properties, lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now };
  return tenant.saveUser({ ...user, properties, password: hashPassword(password, mustChange) });
}
