import type { RightCheck } from '../Directory.ts';
import type { LdapSession } from '../ldap/LdapSession.ts';

export function checkRights(_session: LdapSession, _managedOu: string): Promise<readonly RightCheck[]> {
  return Promise.resolve([]);
}
