import { applicationOperations } from './applications/operations.ts';
import { auditLogOperations } from './audit-logs/operations.ts';
import { authenticationMethodOperations } from './authentication-methods/operations.ts';
import { contactOperations } from './contacts/operations.ts';
import { deletedItemOperations } from './deleted-items/operations.ts';
import { deviceOperations } from './devices/operations.ts';
import { directoryObjectOperations } from './directory-objects/operations.ts';
import { directoryRoleOperations } from './directory-roles/operations.ts';
import { directorySynchronizationOperations } from './directory-synchronization/operations.ts';
import { domainOperations } from './domains/operations.ts';
import { driveOperations } from './drives/operations.ts';
import type { GraphOperation } from './GraphCall.ts';
import { groupOperations } from './groups/operations.ts';
import { licenseOperations } from './licenses/subscribedSkus.ts';
import { listOperations } from './lists/operations.ts';
import { organizationOperations } from './organization/organization.ts';
import { policyOperations } from './policies/authorizationPolicy.ts';
import { reportOperations } from './reports/operations.ts';
import { roleManagementOperations } from './role-management/operations.ts';
import { serviceAnnouncementOperations } from './service-announcements/operations.ts';
import { servicePrincipalOperations } from './service-principals/operations.ts';
import { siteOperations } from './sites/operations.ts';
import { userOperations } from './users/operations.ts';

/** Everything the emulated Graph can do, folder by folder. */
export const operations: readonly GraphOperation[] = [
  ...userOperations,
  ...authenticationMethodOperations,
  ...deletedItemOperations,
  ...applicationOperations,
  ...servicePrincipalOperations,
  ...roleManagementOperations,
  ...organizationOperations,
  ...licenseOperations,
  ...domainOperations,
  ...siteOperations,
  ...listOperations,
  ...driveOperations,
  ...groupOperations,
  ...contactOperations,
  ...deviceOperations,
  ...directoryObjectOperations,
  ...directoryRoleOperations,
  ...directorySynchronizationOperations,
  ...policyOperations,
  ...serviceAnnouncementOperations,
  ...reportOperations,
  ...auditLogOperations,
];
