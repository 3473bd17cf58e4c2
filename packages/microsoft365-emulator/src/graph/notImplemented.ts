import { notImplemented as refusal } from './errors.ts';
import type { GraphOperation } from './GraphCall.ts';

/** Operations that Microsoft Graph has and the emulator does not, by the first part of their path. */
const rows: Readonly<Record<string, readonly string[]>> = {
  admin: [
    'GET /admin/reportSettings',
    'PATCH /admin/reportSettings',
    'GET /admin/serviceAnnouncement/healthOverviews',
    'GET /admin/serviceAnnouncement/healthOverviews/{id}',
    'GET /admin/serviceAnnouncement/issues',
    'GET /admin/serviceAnnouncement/issues/{id}',
    'GET /admin/serviceAnnouncement/messages',
    'GET /admin/serviceAnnouncement/messages/{id}',
    'GET /admin/sharepoint/settings',
    'PATCH /admin/sharepoint/settings',
  ],

  auditLogs: ['GET /auditLogs/directoryAudits', 'GET /auditLogs/signIns'],

  contacts: ['GET /contacts', 'GET /contacts/{id}'],

  deviceManagement: [
    'GET /deviceManagement/managedDevices',
    'GET /deviceManagement/managedDevices/{id}',
    'PATCH /deviceManagement/managedDevices/{id}',
    'DELETE /deviceManagement/managedDevices/{id}',
    'POST /deviceManagement/managedDevices/{id}/remoteLock',
    'POST /deviceManagement/managedDevices/{id}/resetPasscode',
    'POST /deviceManagement/managedDevices/{id}/retire',
    'POST /deviceManagement/managedDevices/{id}/syncDevice',
    'POST /deviceManagement/managedDevices/{id}/wipe',
  ],

  directory: [
    'GET /directory/deletedItems/group',
    'GET /directory/onPremisesSynchronization',
    'GET /directory/onPremisesSynchronization/{id}',
    'PATCH /directory/onPremisesSynchronization/{id}',
  ],

  directoryObjects: [
    'POST /directoryObjects/getByIds',
    'POST /directoryObjects/validateProperties',
    'GET /directoryObjects/{id}',
  ],

  directoryRoleTemplates: ['GET /directoryRoleTemplates'],

  directoryRoles: [
    'GET /directoryRoles',
    'POST /directoryRoles',
    'GET /directoryRoles/{id}',
    'GET /directoryRoles/{id}/members',
    'POST /directoryRoles/{id}/members/$ref',
    'DELETE /directoryRoles/{id}/members/{directoryObjectId}/$ref',
  ],

  domains: [
    'POST /domains',
    'PATCH /domains/{id}',
    'DELETE /domains/{id}',
    'GET /domains/{id}/domainNameReferences',
    'GET /domains/{id}/federationConfiguration',
    'POST /domains/{id}/forceDelete',
    'POST /domains/{id}/promote',
    'GET /domains/{id}/rootDomain',
    'GET /domains/{id}/serviceConfigurationRecords',
    'GET /domains/{id}/verificationDnsRecords',
    'POST /domains/{id}/verify',
  ],

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

  groups: [
    'GET /groups',
    'POST /groups',
    'GET /groups/$count',
    'GET /groups/delta',
    'GET /groups/{id}',
    'PATCH /groups/{id}',
    'DELETE /groups/{id}',
    'POST /groups/{id}/assignLicense',
    'GET /groups/{id}/drive',
    'GET /groups/{id}/memberOf',
    'GET /groups/{id}/members',
    'POST /groups/{id}/members/$ref',
    'DELETE /groups/{id}/members/{directoryObjectId}/$ref',
    'GET /groups/{id}/owners',
    'POST /groups/{id}/owners/$ref',
    'DELETE /groups/{id}/owners/{directoryObjectId}/$ref',
    'POST /groups/{id}/renew',
    'GET /groups/{id}/sites/{siteId}',
    'GET /groups/{id}/transitiveMembers',
  ],

  organization: ['PATCH /organization/{id}'],

  policies: ['GET /policies/authorizationPolicy', 'PATCH /policies/authorizationPolicy'],

  reports: [
    'GET /reports/getEmailActivityUserDetail/{period}',
    'GET /reports/getMailboxUsageDetail/{period}',
    'GET /reports/getMailboxUsageMailboxCounts/{period}',
    'GET /reports/getMailboxUsageQuotaStatusMailboxCounts/{period}',
    'GET /reports/getMailboxUsageStorage/{period}',
    'GET /reports/getOffice365ActiveUserCounts/{period}',
    'GET /reports/getOffice365ActiveUserDetail/{period}',
    'GET /reports/getOneDriveUsageAccountDetail/{period}',
    'GET /reports/getSharePointSiteUsageDetail/{period}',
  ],

  servicePrincipals: [
    'POST /servicePrincipals/{id}/addPassword',
    'GET /servicePrincipals/{id}/appRoleAssignments/{appRoleAssignmentId}',
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

  users: [
    'GET /users/{id}/appRoleAssignments',
    'GET /users/{id}/authentication/methods',
    'POST /users/{id}/authentication/methods/{authenticationMethodId}/resetPassword',
    'GET /users/{id}/authentication/passwordMethods',
    'POST /users/{id}/checkMemberGroups',
    'GET /users/{id}/drive',
    'POST /users/{id}/getMemberGroups',
    'GET /users/{id}/mailboxSettings',
    'GET /users/{id}/managedDevices',
    'GET /users/{id}/onPremisesSyncBehavior',
    'PATCH /users/{id}/onPremisesSyncBehavior',
    'GET /users/{id}/ownedObjects',
    'POST /users/{id}/reprocessLicenseAssignment',
  ],
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
