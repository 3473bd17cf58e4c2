import { notImplemented as refusal } from './errors.ts';
import type { GraphOperation } from './GraphCall.ts';

/** Operations that Microsoft Graph has and the emulator does not, by the first part of their path. */
const rows: Readonly<Record<string, readonly string[]>> = {
  admin: ['GET /admin/sharepoint/settings', 'PATCH /admin/sharepoint/settings'],

  drives: [
    'GET /drives/{id}',
    'GET /drives/{id}/items/{driveItemId}',
    'PATCH /drives/{id}/items/{driveItemId}',
    'DELETE /drives/{id}/items/{driveItemId}',
    'GET /drives/{id}/items/{driveItemId}/children',
    'POST /drives/{id}/items/{driveItemId}/children',
    'GET /drives/{id}/items/{driveItemId}/content',
    'PUT /drives/{id}/items/{driveItemId}/content',
    'POST /drives/{id}/items/{driveItemId}/copy',
    'POST /drives/{id}/items/{driveItemId}/createLink',
    'POST /drives/{id}/items/{driveItemId}/createUploadSession',
    'GET /drives/{id}/items/{driveItemId}/delta',
    'POST /drives/{id}/items/{driveItemId}/invite',
    'GET /drives/{id}/items/{driveItemId}/permissions',
    'GET /drives/{id}/items/{driveItemId}/permissions/{permissionId}',
    'PATCH /drives/{id}/items/{driveItemId}/permissions/{permissionId}',
    'DELETE /drives/{id}/items/{driveItemId}/permissions/{permissionId}',
    'GET /drives/{id}/items/{driveItemId}/search/{q}',
    'GET /drives/{id}/items/{driveItemId}/versions',
    'GET /drives/{id}/list',
    'GET /drives/{id}/root',
  ],

  groups: ['GET /groups/{id}/drive', 'GET /groups/{id}/sites/{siteId}'],

  reports: [
    'GET /reports/getOneDriveUsageAccountDetail/{period}',
    'GET /reports/getSharePointSiteUsageDetail/{period}',
  ],

  sites: [
    'GET /sites',
    'GET /sites/delta',
    'GET /sites/getAllSites',
    'GET /sites/{id}',
    'GET /sites/{id}/drive',
    'GET /sites/{id}/drives',
    'GET /sites/{id}/getByPath/{path}',
    'GET /sites/{id}/lists',
    'POST /sites/{id}/lists',
    'GET /sites/{id}/lists/{listId}',
    'PATCH /sites/{id}/lists/{listId}',
    'DELETE /sites/{id}/lists/{listId}',
    'GET /sites/{id}/lists/{listId}/columns',
    'POST /sites/{id}/lists/{listId}/columns',
    'GET /sites/{id}/lists/{listId}/drive',
    'GET /sites/{id}/lists/{listId}/items',
    'POST /sites/{id}/lists/{listId}/items',
    'GET /sites/{id}/lists/{listId}/items/{listItemId}',
    'PATCH /sites/{id}/lists/{listId}/items/{listItemId}',
    'DELETE /sites/{id}/lists/{listId}/items/{listItemId}',
    'GET /sites/{id}/permissions',
    'POST /sites/{id}/permissions',
    'GET /sites/{id}/permissions/{permissionId}',
    'PATCH /sites/{id}/permissions/{permissionId}',
    'DELETE /sites/{id}/permissions/{permissionId}',
    'GET /sites/{id}/sites',
  ],

  subscriptions: [
    'GET /subscriptions',
    'POST /subscriptions',
    'GET /subscriptions/{id}',
    'PATCH /subscriptions/{id}',
    'DELETE /subscriptions/{id}',
    'POST /subscriptions/{id}/reauthorize',
  ],

  users: ['GET /users/{id}/drive', 'GET /users/{id}/mailboxSettings'],
};

/** They are known, and answer 501. */
export const notImplemented: readonly GraphOperation[] = Object.values(rows)
  .flat()
  .map((row) => {
    const [method = '', path = ''] = row.split(' ');
    return { method: method as GraphOperation['method'], path, handle: refuse };
  });

function refuse(): never {
  throw refusal();
}
