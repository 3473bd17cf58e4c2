import { applicationOperations } from './applications/operations.ts';
import { authenticationMethodOperations } from './authentication-methods/operations.ts';
import { deletedItemOperations } from './deleted-items/operations.ts';
import { domainOperations } from './domains/domains.ts';
import type { GraphOperation } from './GraphCall.ts';
import { licenseOperations } from './licenses/subscribedSkus.ts';
import { organizationOperations } from './organization/organization.ts';
import { roleManagementOperations } from './role-management/operations.ts';
import { servicePrincipalOperations } from './service-principals/operations.ts';
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
];
