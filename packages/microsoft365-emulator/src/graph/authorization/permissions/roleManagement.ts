import type { PermissionRows } from '../PermissionRows.ts';

export const roleManagementPermissions: PermissionRows = {
  rows: {
    'GET /roleManagement/directory/roleAssignments':
      'Directory.Read.All Directory.ReadWrite.All RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory',
    'POST /roleManagement/directory/roleAssignments': 'RoleManagement.ReadWrite.Directory',
  },
  like: {
    'GET /roleManagement/directory/roleAssignments/{id}': 'GET /roleManagement/directory/roleAssignments',
    'DELETE /roleManagement/directory/roleAssignments/{id}': 'POST /roleManagement/directory/roleAssignments',
    'GET /roleManagement/directory/roleDefinitions': 'GET /roleManagement/directory/roleAssignments',
    'GET /roleManagement/directory/roleDefinitions/{id}': 'GET /roleManagement/directory/roleAssignments',
  },
};
