import type { PermissionRows } from '../PermissionRows.ts';

export const servicePrincipalsPermissions: PermissionRows = {
  rows: {
    'POST /servicePrincipals':
      'Application.ReadWrite.All Directory.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All',
    // The data lists permissions to read as well, which are needed beside this one.
    'POST /servicePrincipals/{id}/appRoleAssignedTo': 'AppRoleAssignment.ReadWrite.All',
    'GET /oauth2PermissionGrants': 'DelegatedPermissionGrant.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
    'POST /oauth2PermissionGrants': 'DelegatedPermissionGrant.ReadWrite.All Directory.ReadWrite.All',
  },
  like: {
    'GET /servicePrincipals/{id}/appRoleAssignments/{assignmentId}': 'GET /applications',
    'POST /servicePrincipals/{id}/addPassword': 'POST /servicePrincipals',
    'GET /servicePrincipals': 'GET /applications',
    'GET /servicePrincipals/{id}': 'GET /applications',
    'PATCH /servicePrincipals/{id}': 'POST /servicePrincipals',
    'DELETE /servicePrincipals/{id}': 'POST /servicePrincipals',
    'GET /servicePrincipals/{id}/appRoleAssignedTo': 'GET /applications',
    'GET /servicePrincipals/{id}/appRoleAssignments': 'GET /applications',
    'POST /servicePrincipals/{id}/appRoleAssignments': 'POST /servicePrincipals/{id}/appRoleAssignedTo',
    'DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignmentId}': 'POST /servicePrincipals/{id}/appRoleAssignedTo',
    'DELETE /servicePrincipals/{id}/appRoleAssignments/{assignmentId}':
      'POST /servicePrincipals/{id}/appRoleAssignedTo',
    'GET /servicePrincipals/{id}/oauth2PermissionGrants': 'GET /oauth2PermissionGrants',
    'GET /oauth2PermissionGrants/{id}': 'GET /oauth2PermissionGrants',
    'PATCH /oauth2PermissionGrants/{id}': 'POST /oauth2PermissionGrants',
    'DELETE /oauth2PermissionGrants/{id}': 'POST /oauth2PermissionGrants',
  },
};
