import type { PermissionRows } from '../PermissionRows.ts';

export const authenticationMethodsPermissions: PermissionRows = {
  rows: {
    'GET /users/{id}/authentication/methods':
      'UserAuthenticationMethod.Read UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite UserAuthenticationMethod.ReadWrite.All | UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite.All',
    // There is no application permission for it.
    'POST /users/{id}/authentication/methods/{methodId}/resetPassword': 'UserAuthenticationMethod.ReadWrite.All | -',
  },
  like: {
    'GET /users/{id}/authentication/passwordMethods': 'GET /users/{id}/authentication/methods',
    'GET /users/{id}/authentication/passwordMethods/{methodId}': 'GET /users/{id}/authentication/methods',
    // Not in the data: whoever may reset may ask how far it is.
    'GET /users/{id}/authentication/operations/{operationId}':
      'POST /users/{id}/authentication/methods/{methodId}/resetPassword',
  },
};
