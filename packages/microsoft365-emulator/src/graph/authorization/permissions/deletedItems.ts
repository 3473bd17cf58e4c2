import type { PermissionRows } from '../PermissionRows.ts';

export const deletedItemsPermissions: PermissionRows = {
  rows: {
    // Not in the data: like the object that was deleted.
    'GET /directory/deletedItems/user':
      'User.Read.All User.ReadWrite.All User.DeleteRestore.All Directory.Read.All Directory.ReadWrite.All',
    'GET /directory/deletedItems/application':
      'Application.Read.All Application.ReadWrite.All Directory.Read.All | Application.Read.All Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.Read.All',
    'GET /directory/deletedItems/{id}':
      'User.Read.All User.ReadWrite.All User.DeleteRestore.All Group.Read.All Group.ReadWrite.All Application.Read.All Application.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
    'POST /directory/deletedItems/{id}/restore':
      'User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All Application.ReadWrite.All',
    'DELETE /directory/deletedItems/{id}':
      'User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All Application.ReadWrite.All',
  },
  like: {
    'GET /directory/deletedItems/servicePrincipal': 'GET /directory/deletedItems/application',
  },
};
