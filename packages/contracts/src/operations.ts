import { auditOperations } from './audit.ts';
import { domainOperations } from './domains.ts';
import { groupOperations } from './groups.ts';
import { homeOperations } from './home.ts';
import { integrationOperations } from './integration.ts';
import { jobOperations } from './jobs.ts';
import { licenseOperations } from './licenses.ts';
import { mailAddressOperations } from './mailAddresses.ts';
import { notificationOperations } from './notifications.ts';
import { onlineAccountOperations } from './online-accounts.ts';
import { onlineAccountMatchOperations } from './onlineAccountMatches.ts';
import { passwordPolicyOperations } from './passwordPolicy.ts';
import { sessionOperations } from './session.ts';
import { setupOperations } from './setup.ts';
import { signInNameOperations } from './signInNames.ts';
import { subscriptionOperations } from './subscription.ts';
import { syncOperations } from './sync.ts';
import { syncSettingsOperations } from './syncSettings.ts';
import { userImportOperations } from './userImports.ts';
import { userOperations } from './users.ts';
import { userTemplateOperations } from './userTemplates.ts';

/** The whole REST API by operation id. */
export const operations = {
  ...sessionOperations,
  ...setupOperations,
  ...homeOperations,
  ...userOperations,
  ...signInNameOperations,
  ...onlineAccountOperations,
  ...onlineAccountMatchOperations,
  ...groupOperations,
  ...licenseOperations,
  ...mailAddressOperations,
  ...passwordPolicyOperations,
  ...userImportOperations,
  ...userTemplateOperations,
  ...integrationOperations,
  ...domainOperations,
  ...subscriptionOperations,
  ...syncOperations,
  ...syncSettingsOperations,
  ...jobOperations,
  ...auditOperations,
  ...notificationOperations,
};
export type OperationId = keyof typeof operations;
