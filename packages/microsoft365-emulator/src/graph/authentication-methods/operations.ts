import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import { getPasswordMethod, listMethods, listPasswordMethods } from './passwordMethod.ts';
import { getPasswordReset, resetPassword } from './resetPassword.ts';

const base = '/users/{id}/authentication';
const resetters = [
  roles.globalAdministrator,
  roles.privilegedAuthenticationAdministrator,
  roles.authenticationAdministrator,
  roles.userAdministrator,
  roles.helpdeskAdministrator,
  roles.passwordAdministrator,
];

export const authenticationMethodOperations: readonly GraphOperation[] = [
  { method: 'GET', path: `${base}/methods`, handle: listMethods },
  { method: 'GET', path: `${base}/passwordMethods`, handle: listPasswordMethods },
  { method: 'GET', path: `${base}/passwordMethods/{methodId}`, handle: getPasswordMethod },
  { method: 'POST', path: `${base}/methods/{methodId}/resetPassword`, roles: resetters, handle: resetPassword },
  { method: 'GET', path: `${base}/operations/{operationId}`, roles: resetters, handle: getPasswordReset },
];
