export type { NewOnlineAccount, OnlineAccount, OnlineAccountChanges } from './OnlineAccount.ts';
export type {
  BulkResult,
  CallOptions,
  CloudEndpoints,
  IntegrationCredentials,
  Lane,
  License,
  LicenseChange,
  Microsoft365,
  OnlineAccountChangesPage,
  OnlineAccounts,
  OnlineErrorCode,
  Tenant,
  TenantDomain,
  TenantFacts,
  ThrottleState,
} from './ports.ts';
export type {
  AdministratorSession,
  DeviceCodePrompt,
  IntegrationCertificate,
  IntegrationSetUp,
  PermissionNeed,
  RegistrationProgress,
  RegistrationStep,
} from './setUp.ts';
