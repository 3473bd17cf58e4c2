import { usageReports } from '../../reports/usageReports.ts';
import type { PermissionRows } from '../PermissionRows.ts';

const devices = 'DeviceManagementManagedDevices.Read.All DeviceManagementManagedDevices.ReadWrite.All';
const deviceActions = 'DeviceManagementManagedDevices.PrivilegedOperations.All';
const health = 'GET /admin/serviceAnnouncement/healthOverviews';
const retire = 'POST /deviceManagement/managedDevices/{id}/retire';

/** Roles, single objects, devices, reports, announcements, logs and settings of the directory. */
export const directoryPermissions: PermissionRows = {
  rows: {
    'POST /directoryObjects/getByIds': 'Directory.Read.All Directory.ReadWrite.All',
    'POST /directoryObjects/validateProperties':
      'Directory.Read.All Directory.ReadWrite.All Group.Read.All | Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadWrite.All',
    // Not in the data: like the object that is deleted.
    'DELETE /directoryObjects/{id}':
      'User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All Application.ReadWrite.All',
    'GET /directoryRoles':
      'Directory.Read.All Directory.ReadWrite.All RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory',
    'POST /directoryRoles': 'RoleManagement.ReadWrite.Directory',
    'GET /directory/onPremisesSynchronization':
      'OnPremDirectorySynchronization.Read.All OnPremDirectorySynchronization.ReadWrite.All | -',
    'PATCH /directory/onPremisesSynchronization/{id}': 'OnPremDirectorySynchronization.ReadWrite.All | -',
    'GET /policies/authorizationPolicy': 'Policy.Read.All Policy.ReadWrite.Authorization',
    'PATCH /policies/authorizationPolicy': 'Policy.ReadWrite.Authorization',
    'PATCH /organization/{id}': 'Organization.ReadWrite.All',
    'GET /deviceManagement/managedDevices': devices,
    'PATCH /deviceManagement/managedDevices/{id}': 'DeviceManagementManagedDevices.ReadWrite.All',
    'POST /deviceManagement/managedDevices/{id}/wipe': `${deviceActions} DeviceManagementManagedDevices.ReadWrite.All`,
    [retire]: deviceActions,
    [health]: 'ServiceHealth.Read.All',
    'GET /admin/serviceAnnouncement/messages': 'ServiceMessage.Read.All',
    'GET /admin/reportSettings': 'ReportSettings.Read.All ReportSettings.ReadWrite.All',
    'PATCH /admin/reportSettings': 'ReportSettings.ReadWrite.All',
    'GET /reports': 'Reports.Read.All',
    'GET /auditLogs/directoryAudits': 'AuditLog.Read.All Directory.Read.All',
    'GET /auditLogs/signIns': 'AuditLog.Read.All',
  },
  like: {
    'GET /directoryObjects/{id}': 'POST /directoryObjects/getByIds',
    'GET /directoryRoleTemplates': 'GET /directoryRoles',
    'GET /directoryRoles/{id}': 'GET /directoryRoles',
    'GET /directoryRoles/{id}/members': 'GET /directoryRoles',
    'GET /directoryRoles/{id}/members/$count': 'GET /directoryRoles',
    'POST /directoryRoles/{id}/members/$ref': 'POST /directoryRoles',
    'DELETE /directoryRoles/{id}/members/{objectId}/$ref': 'POST /directoryRoles',
    'GET /directory/onPremisesSynchronization/{id}': 'PATCH /directory/onPremisesSynchronization/{id}',
    'GET /deviceManagement/managedDevices/{id}': 'GET /deviceManagement/managedDevices',
    'GET /users/{id}/managedDevices': 'GET /deviceManagement/managedDevices',
    'DELETE /deviceManagement/managedDevices/{id}': 'PATCH /deviceManagement/managedDevices/{id}',
    'POST /deviceManagement/managedDevices/{id}/remoteLock': retire,
    'POST /deviceManagement/managedDevices/{id}/resetPasscode': retire,
    'POST /deviceManagement/managedDevices/{id}/syncDevice': retire,
    'GET /admin/serviceAnnouncement/healthOverviews/{id}': health,
    'GET /admin/serviceAnnouncement/issues': health,
    'GET /admin/serviceAnnouncement/issues/{id}': health,
    'GET /admin/serviceAnnouncement/messages/{id}': 'GET /admin/serviceAnnouncement/messages',
    'GET /auditLogs/directoryAudits/{id}': 'GET /auditLogs/directoryAudits',
    'GET /auditLogs/signIns/{id}': 'GET /auditLogs/signIns',
    ...Object.fromEntries([...usageReports.keys()].map((name) => [`GET /reports/${name}/{period}`, 'GET /reports'])),
  },
};
