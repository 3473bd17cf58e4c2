import type { Directory } from '@isthmus/directory';
import type { Clock } from '@isthmus/kernel';
import type { CloudEndpoints } from '@isthmus/microsoft365';
import type { SettingStore } from '../../../storage/SettingStore.ts';
import type { ServerCertificateFacts } from '../IntegrationParts.ts';

/** What the checks look at; the doctor of the command line has the same. */
export interface RequirementParts {
  readonly clock: Clock;
  readonly settings: SettingStore;
  readonly findDirectory: () => Directory | undefined;
  readonly managedOu: () => string;
  readonly endpoints: CloudEndpoints;
  readonly findServerCertificate: () => Promise<ServerCertificateFacts | undefined>;
}
