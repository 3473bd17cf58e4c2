import type { DeletedKind } from '../../store/records.ts';

/** How the audit log names what an operation does. */
export interface AuditedActivity {
  readonly name: string;
  readonly category:
    | 'UserManagement'
    | 'GroupManagement'
    | 'ApplicationManagement'
    | 'RoleManagement'
    | 'DirectoryManagement';
  readonly operationType: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign';
  readonly target: 'User' | 'Group' | 'Application' | 'ServicePrincipal' | 'Role' | 'Domain' | 'Directory';
}

const activity = (
  name: string,
  category: AuditedActivity['category'],
  operationType: AuditedActivity['operationType'],
  target: AuditedActivity['target'],
): AuditedActivity => ({ name, category, operationType, target });

type Renamed = Pick<AuditedActivity, 'name' | 'category' | 'target'>;

/** What is done with objects in the bin is named after their kind. */
export const deletedActivities: Readonly<Record<DeletedKind, (name: string) => Renamed>> = {
  user: (name) => ({ name, category: 'UserManagement', target: 'User' }),
  group: (name) => ({ name: name.replace('user', 'group'), category: 'GroupManagement', target: 'Group' }),
  application: (name) => ({
    name: name.replace('user', 'application'),
    category: 'ApplicationManagement',
    target: 'Application',
  }),
  servicePrincipal: (name) => ({
    name: name.replace('user', 'service principal'),
    category: 'ApplicationManagement',
    target: 'ServicePrincipal',
  }),
};

/**
 * By method and path of the operation.
 * Source: Microsoft documentation, "Microsoft Entra audit log categories and activities".
 */
export const auditedActivities: Readonly<Record<string, AuditedActivity>> = {
  'POST /users': activity('Add user', 'UserManagement', 'Add', 'User'),
  'PATCH /users/{id}': activity('Update user', 'UserManagement', 'Update', 'User'),
  'DELETE /users/{id}': activity('Delete user', 'UserManagement', 'Delete', 'User'),
  'POST /users/{id}/assignLicense': activity('Change user license', 'UserManagement', 'Update', 'User'),
  'POST /users/{id}/changePassword': activity('Change user password', 'UserManagement', 'Update', 'User'),
  'POST /users/{id}/revokeSignInSessions': activity(
    'Update StsRefreshTokenValidFrom Timestamp',
    'UserManagement',
    'Update',
    'User',
  ),
  'PUT /users/{id}/manager/$ref': activity('Set user manager', 'UserManagement', 'Update', 'User'),
  'DELETE /users/{id}/manager/$ref': activity('Remove user manager', 'UserManagement', 'Update', 'User'),
  'POST /directory/deletedItems/{id}/restore': activity('Restore user', 'UserManagement', 'Update', 'User'),
  'DELETE /directory/deletedItems/{id}': activity('Hard Delete user', 'UserManagement', 'Delete', 'User'),
  'POST /groups': activity('Add group', 'GroupManagement', 'Add', 'Group'),
  'PATCH /groups/{id}': activity('Update group', 'GroupManagement', 'Update', 'Group'),
  'DELETE /groups/{id}': activity('Delete group', 'GroupManagement', 'Delete', 'Group'),
  'POST /groups/{id}/members/$ref': activity('Add member to group', 'GroupManagement', 'Assign', 'Group'),
  'DELETE /groups/{id}/members/{objectId}/$ref': activity(
    'Remove member from group',
    'GroupManagement',
    'Unassign',
    'Group',
  ),
  'POST /groups/{id}/owners/$ref': activity('Add owner to group', 'GroupManagement', 'Assign', 'Group'),
  'DELETE /groups/{id}/owners/{objectId}/$ref': activity(
    'Remove owner from group',
    'GroupManagement',
    'Unassign',
    'Group',
  ),
  'POST /groups/{id}/assignLicense': activity('Set group license', 'GroupManagement', 'Update', 'Group'),
  'POST /applications': activity('Add application', 'ApplicationManagement', 'Add', 'Application'),
  'PATCH /applications/{id}': activity('Update application', 'ApplicationManagement', 'Update', 'Application'),
  'DELETE /applications/{id}': activity('Delete application', 'ApplicationManagement', 'Delete', 'Application'),
  'POST /servicePrincipals': activity('Add service principal', 'ApplicationManagement', 'Add', 'ServicePrincipal'),
  'DELETE /servicePrincipals/{id}': activity(
    'Remove service principal',
    'ApplicationManagement',
    'Delete',
    'ServicePrincipal',
  ),
  'POST /roleManagement/directory/roleAssignments': activity('Add member to role', 'RoleManagement', 'Assign', 'Role'),
  'DELETE /roleManagement/directory/roleAssignments/{id}': activity(
    'Remove member from role',
    'RoleManagement',
    'Unassign',
    'Role',
  ),
  'POST /directoryRoles/{id}/members/$ref': activity('Add member to role', 'RoleManagement', 'Assign', 'Role'),
  'DELETE /directoryRoles/{id}/members/{objectId}/$ref': activity(
    'Remove member from role',
    'RoleManagement',
    'Unassign',
    'Role',
  ),
  'POST /domains': activity('Add unverified domain', 'DirectoryManagement', 'Add', 'Domain'),
  'POST /domains/{id}/verify': activity('Verify domain', 'DirectoryManagement', 'Update', 'Domain'),
  'PATCH /domains/{id}': activity('Update domain', 'DirectoryManagement', 'Update', 'Domain'),
  'DELETE /domains/{id}': activity('Remove unverified domain', 'DirectoryManagement', 'Delete', 'Domain'),
  'POST /domains/{id}/forceDelete': activity('Remove verified domain', 'DirectoryManagement', 'Delete', 'Domain'),
  'PATCH /organization/{id}': activity('Set Company Information', 'DirectoryManagement', 'Update', 'Directory'),
};
