import type { PermissionNeed } from '../setUp.ts';

/** Template ids of directory roles, the same in every tenant. */
export const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
export const EXCHANGE_RECIPIENT_ADMINISTRATOR = '31392ffb-586c-42d1-9346-e59415a2cc4e';
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const PRIVILEGED_ROLE_ADMINISTRATOR = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
const APPLICATION_ADMINISTRATORS = ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', '158c047a-c907-4556-b7ef-446551a6b5f7'];

/** The one permission that is not Graph's: cmdlets of Exchange Online by an application. */
export const EXCHANGE_PERMISSION = 'Exchange.ManageAsApp';

/**
 * For every call its own least permission, even where a larger one that we hold includes it today: Microsoft takes
 * rights out of the larger ones (passwords and sign-in state in December 2024).
 */
export const PERMISSION_NEEDS: readonly PermissionNeed[] = [
  need('User.ReadWrite.All', 'createAccounts'),
  need('User-PasswordProfile.ReadWrite.All', 'setPasswords'),
  need('User.EnableDisableAccount.All', 'blockSignIn'),
  need('User.RevokeSessions.All', 'endSessions'),
  need('User.DeleteRestore.All', 'removeAndRestore'),
  need('LicenseAssignment.ReadWrite.All', 'assignLicenses'),
  need('Group.Create', 'createGroups'),
  need('GroupMember.Read.All', 'readGroups'),
  need('GroupMember.ReadWrite.All', 'changeGroupMembers'),
  need('RoleManagement.Read.Directory', 'readAdministrators'),
  need('Domain.ReadWrite.All', 'linkDomains'),
  need('Organization.Read.All', 'readOrganization'),
  { ...need('AuditLog.Read.All', 'readSignIns'), isOptional: true },
  { ...need('ServiceHealth.Read.All', 'readServiceHealth'), isOptional: true },
  { ...need('ServiceMessage.Read.All', 'readServiceMessages'), isOptional: true },
  { ...need('Reports.Read.All', 'readReports'), isOptional: true },
  need(EXCHANGE_PERMISSION, 'changeAddresses'),
  { permission: 'User Administrator', kind: 'directory-role', reason: 'permissions.reason.resetPasswords' },
  {
    permission: 'Exchange Recipient Administrator',
    kind: 'directory-role',
    reason: 'permissions.reason.changeMailboxes',
  },
];

/** Those of Microsoft Graph. */
export const APPLICATION_PERMISSIONS = PERMISSION_NEEDS.filter(
  ({ kind, permission }) => kind === 'application' && permission !== EXCHANGE_PERMISSION,
).map(({ permission }) => permission);

function need(permission: string, reason: string): PermissionNeed {
  return { permission, kind: 'application', reason: `permissions.reason.${reason}` };
}

/** What a person with these directory roles lacks for the set-up: one role, or a pair of smaller ones. */
export function missingAdministratorRoles(roleTemplateIds: readonly string[]): readonly string[] {
  const has = (id: string) => roleTemplateIds.includes(id);
  if (has(GLOBAL_ADMINISTRATOR)) return [];
  if (!has(PRIVILEGED_ROLE_ADMINISTRATOR)) return ['Global Administrator'];
  return APPLICATION_ADMINISTRATORS.some(has) ? [] : ['Cloud Application Administrator'];
}
