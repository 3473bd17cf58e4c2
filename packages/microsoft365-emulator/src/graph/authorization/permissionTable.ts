import { filesPermissions } from './permissions/files.ts';

/**
 * Permissions that let a caller use an operation, any one of them: delegated ones first, application ones behind the bar.
 * Source: Microsoft's permission data (microsoft-graph-devx-content, `permissions/new/permissions.json`), left out what
 * the emulated Graph does not offer. Rows that are not in that data are marked; they follow the object concerned.
 */
const rows: Readonly<Record<string, string>> = {
  'GET /organization':
    'Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All User.Read User.Read.All | Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All User.Read.All',
  'GET /subscribedSkus':
    'Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All LicenseAssignment.ReadWrite.All',
  // Not in the data.
  'GET /directory/subscriptions':
    'Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'GET /domains': 'Directory.Read.All Domain.Read.All Domain.ReadWrite.All',
  'GET /users':
    'Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadBasic.All User.ReadWrite.All DeviceManagementManagedDevices.Read.All DeviceManagementManagedDevices.ReadWrite.All',
  'POST /users': 'Directory.ReadWrite.All User.ReadWrite.All DeviceManagementManagedDevices.ReadWrite.All',
  'GET /users/delta': 'Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
  'GET /users/{id}':
    'Directory.Read.All Directory.ReadWrite.All User.Read User.Read.All User.ReadBasic.All User.ReadWrite User.ReadWrite.All DeviceManagementManagedDevices.Read.All DeviceManagementManagedDevices.ReadWrite.All | Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadBasic.All User.ReadWrite.All DeviceManagementManagedDevices.Read.All DeviceManagementManagedDevices.ReadWrite.All',
  'PATCH /users/{id}':
    'Directory.ReadWrite.All User-Mail.ReadWrite.All User-PasswordProfile.ReadWrite.All User-Phone.ReadWrite.All User.EnableDisableAccount.All User.ReadWrite User.ReadWrite.All',
  'DELETE /users/{id}': 'User.DeleteRestore.All User.ReadWrite.All DeviceManagementManagedDevices.ReadWrite.All',
  'POST /users/{id}/assignLicense': 'Directory.ReadWrite.All LicenseAssignment.ReadWrite.All User.ReadWrite.All',
  'POST /users/{id}/revokeSignInSessions': 'Directory.ReadWrite.All User.ReadWrite.All User.RevokeSessions.All',
  'POST /users/{id}/changePassword': 'User-PasswordProfile.ReadWrite.All Directory.AccessAsUser.All',
  'GET /users/{id}/licenseDetails':
    'Directory.Read.All Directory.ReadWrite.All User.Read User.Read.All User.ReadWrite.All | Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
  'GET /users/{id}/memberOf':
    'Directory.Read.All Directory.ReadWrite.All GroupMember.Read.All User.Read | Directory.Read.All Directory.ReadWrite.All',
  'GET /users/{id}/manager': 'Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
  'PUT /users/{id}/manager/$ref': 'Directory.ReadWrite.All User.ReadWrite.All',
  'GET /users/{id}/directReports':
    'Directory.Read.All Directory.ReadWrite.All User.Read User.Read.All User.ReadWrite.All | Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
  // Not in the data: like the object that was deleted.
  'GET /directory/deletedItems/user':
    'User.Read.All User.ReadWrite.All User.DeleteRestore.All Directory.Read.All Directory.ReadWrite.All',
  'GET /directory/deletedItems/application':
    'Application.Read.All Application.ReadWrite.All Directory.Read.All | Application.Read.All Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.Read.All',
  'GET /directory/deletedItems/{id}':
    'User.Read.All User.ReadWrite.All User.DeleteRestore.All Application.Read.All Application.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'POST /directory/deletedItems/{id}/restore': 'User.DeleteRestore.All User.ReadWrite.All Application.ReadWrite.All',
  'DELETE /directory/deletedItems/{id}': 'User.DeleteRestore.All User.ReadWrite.All Application.ReadWrite.All',
  'GET /applications':
    'Application.Read.All Application.ReadWrite.All Directory.Read.All Directory.ReadWrite.All | Application.Read.All Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.Read.All Directory.ReadWrite.All',
  'POST /applications': 'Application.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy',
  'POST /applications/{id}/addKey':
    'Application.ReadWrite.All Directory.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All',
  'POST /servicePrincipals':
    'Application.ReadWrite.All Directory.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All',
  // The data lists permissions to read as well, which are needed beside this one.
  'POST /servicePrincipals/{id}/appRoleAssignedTo': 'AppRoleAssignment.ReadWrite.All',
  'GET /oauth2PermissionGrants': 'DelegatedPermissionGrant.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'POST /oauth2PermissionGrants': 'DelegatedPermissionGrant.ReadWrite.All Directory.ReadWrite.All',
  'GET /roleManagement/directory/roleAssignments':
    'Directory.Read.All Directory.ReadWrite.All RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory',
  'POST /roleManagement/directory/roleAssignments': 'RoleManagement.ReadWrite.Directory',
  ...filesPermissions.rows,
};

/** Operations that need the same as another one. */
const like: Readonly<Record<string, string>> = {
  'GET /organization/{id}': 'GET /organization',
  'GET /subscribedSkus/{id}': 'GET /subscribedSkus',
  'GET /directory/subscriptions/{id}': 'GET /directory/subscriptions',
  'GET /domains/{id}': 'GET /domains',
  'GET /users/$count': 'GET /users',
  'GET /users/{id}/transitiveMemberOf': 'GET /users/{id}/memberOf',
  'DELETE /users/{id}/manager/$ref': 'PUT /users/{id}/manager/$ref',
  'GET /directory/deletedItems/servicePrincipal': 'GET /directory/deletedItems/application',
  'GET /applications/{id}': 'GET /applications',
  'PATCH /applications/{id}': 'POST /applications',
  'DELETE /applications/{id}': 'POST /applications',
  'GET /applications/{id}/owners': 'GET /applications',
  'POST /applications/{id}/owners/$ref': 'POST /applications',
  'POST /applications/{id}/removeKey': 'POST /applications/{id}/addKey',
  'POST /applications/{id}/addPassword': 'POST /applications/{id}/addKey',
  'POST /applications/{id}/removePassword': 'POST /applications/{id}/addKey',
  'GET /servicePrincipals': 'GET /applications',
  'GET /servicePrincipals/{id}': 'GET /applications',
  'PATCH /servicePrincipals/{id}': 'POST /servicePrincipals',
  'DELETE /servicePrincipals/{id}': 'POST /servicePrincipals',
  'GET /servicePrincipals/{id}/appRoleAssignedTo': 'GET /applications',
  'GET /servicePrincipals/{id}/appRoleAssignments': 'GET /applications',
  'POST /servicePrincipals/{id}/appRoleAssignments': 'POST /servicePrincipals/{id}/appRoleAssignedTo',
  'DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignmentId}': 'POST /servicePrincipals/{id}/appRoleAssignedTo',
  'DELETE /servicePrincipals/{id}/appRoleAssignments/{assignmentId}': 'POST /servicePrincipals/{id}/appRoleAssignedTo',
  'GET /servicePrincipals/{id}/oauth2PermissionGrants': 'GET /oauth2PermissionGrants',
  'GET /oauth2PermissionGrants/{id}': 'GET /oauth2PermissionGrants',
  'PATCH /oauth2PermissionGrants/{id}': 'POST /oauth2PermissionGrants',
  'DELETE /oauth2PermissionGrants/{id}': 'POST /oauth2PermissionGrants',
  'GET /roleManagement/directory/roleAssignments/{id}': 'GET /roleManagement/directory/roleAssignments',
  'DELETE /roleManagement/directory/roleAssignments/{id}': 'POST /roleManagement/directory/roleAssignments',
  'GET /roleManagement/directory/roleDefinitions': 'GET /roleManagement/directory/roleAssignments',
  'GET /roleManagement/directory/roleDefinitions/{id}': 'GET /roleManagement/directory/roleAssignments',
};

export interface RequiredPermissions {
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

/** What an operation needs; a missing row is a mistake of ours, found when the service starts. */
export function getRequiredPermissions(method: string, path: string): RequiredPermissions {
  const key = `${method} ${path}`;
  const row = rows[like[key] ?? key];
  if (row === undefined) throw new TypeError(`The permission table has no row for ${key}`);
  const [delegated = '', application = delegated] = row.split('|').map((part) => part.trim());
  // A command line that may do everything its user may do carries this instead of single permissions.
  return { delegated: [...delegated.split(' '), 'Directory.AccessAsUser.All'], application: application.split(' ') };
}
