import type { PermissionRows } from '../PermissionRows.ts';

export const usersPermissions: PermissionRows = {
  rows: {
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
    'GET /users/{id}/manager': 'Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
    'PUT /users/{id}/manager/$ref': 'Directory.ReadWrite.All User.ReadWrite.All',
    'GET /users/{id}/directReports':
      'Directory.Read.All Directory.ReadWrite.All User.Read User.Read.All User.ReadWrite.All | Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
    'GET /users/{id}/appRoleAssignments': 'AppRoleAssignment.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
    'GET /users/{id}/onPremisesSyncBehavior': 'User-OnPremisesSyncBehavior.ReadWrite.All',
  },
  like: {
    'PATCH /users/{id}/onPremisesSyncBehavior': 'GET /users/{id}/onPremisesSyncBehavior',
    'GET /users/$count': 'GET /users',
    'DELETE /users/{id}/manager/$ref': 'PUT /users/{id}/manager/$ref',
  },
};
