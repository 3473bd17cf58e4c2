export { cloudEndpoints } from './cloudEndpoints.ts';
export { type ConnectOptions, connectMicrosoft365 } from './connectMicrosoft365.ts';
export type { DomainUse, OnlineDomain, OwnershipRecords, ServiceRecord } from './Domain.ts';
export type { Mailbox, MailboxChanges, MailRecipient } from './Mailbox.ts';
export type { MailboxUsage, MailboxUsageReport } from './MailboxUsage.ts';
export type { NewOnlineAccount, OnlineAccount, OnlineAccountChanges } from './OnlineAccount.ts';
export type { OnlineGroup } from './OnlineGroup.ts';
export type {
  AccountSignIn,
  BulkResult,
  CallOptions,
  CloudEndpoints,
  DkimTargets,
  GroupMemberChange,
  IntegrationCredentials,
  Lane,
  License,
  LicenseChange,
  Mailboxes,
  Microsoft365,
  OnlineAccountChangesPage,
  OnlineAccounts,
  OnlineDomains,
  OnlineErrorCode,
  OnlineGroups,
  RoleHolder,
  ServicePlan,
  Tenant,
  TenantDomain,
  TenantFacts,
  ThrottleState,
} from './ports.ts';
export { createIntegrationSetUp, type SetUpOptions } from './registration/createIntegrationSetUp.ts';
export type { ServiceIssue, ServiceMessage } from './ServiceHealth.ts';
export type { OrganizationDetails, Subscription } from './Subscription.ts';
export type {
  AdministratorSession,
  DeviceCodePrompt,
  IntegrationCertificate,
  IntegrationSetUp,
  PermissionNeed,
  RegistrationProgress,
  RegistrationStep,
} from './setUp.ts';
export { type TenantLimits, type TenantSize, tenantLimits } from './throttle/limits.ts';
