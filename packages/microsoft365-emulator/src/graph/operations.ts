import { applicationOperations } from './applications/operations.ts';
import { deletedItemOperations } from './deleted-items/operations.ts';
import { domainOperations } from './domains/domains.ts';
import { driveOperations } from './drives/operations.ts';
import type { GraphOperation } from './GraphCall.ts';
import { licenseOperations } from './licenses/subscribedSkus.ts';
import { listOperations } from './lists/operations.ts';
import { organizationOperations } from './organization/organization.ts';
import { roleManagementOperations } from './role-management/operations.ts';
import { servicePrincipalOperations } from './service-principals/operations.ts';
import { siteOperations } from './sites/operations.ts';
import { userOperations } from './users/operations.ts';

/** Everything the emulated Graph can do, folder by folder. */
export const operations: readonly GraphOperation[] = [
  ...userOperations,
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
];
