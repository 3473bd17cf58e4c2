import { auditOperations } from './audit.ts';
import { homeOperations } from './home.ts';
import { integrationOperations } from './integration.ts';
import { jobOperations } from './jobs.ts';
import { onlineAccountOperations } from './online-accounts.ts';
import { onlineAccountMatchOperations } from './onlineAccountMatches.ts';
import { sessionOperations } from './session.ts';
import { setupOperations } from './setup.ts';
import { syncOperations } from './sync.ts';
import { syncSettingsOperations } from './syncSettings.ts';
import { userOperations } from './users.ts';

/** The whole REST API by operation id. */
export const operations = {
  ...sessionOperations,
  ...setupOperations,
  ...homeOperations,
  ...userOperations,
  ...onlineAccountOperations,
  ...onlineAccountMatchOperations,
  ...integrationOperations,
  ...syncOperations,
  ...syncSettingsOperations,
  ...jobOperations,
  ...auditOperations,
};
export type OperationId = keyof typeof operations;
