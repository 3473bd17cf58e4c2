/** Template ids of the directory roles, by a short name. */
export const roles = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  exchangeRecipientAdministrator: '31392ffb-586c-42d1-9346-e59415a2cc4e',
  domainNameAdministrator: '8329153b-31d0-4727-b945-745eb3bc5f31',
  sharePointAdministrator: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
  intuneAdministrator: '3a2c62db-5318-420d-8d74-23affee5d9d5',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  authenticationAdministrator: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  helpdeskAdministrator: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  passwordAdministrator: '966707d0-3269-4727-9be2-8c3a10f19b9d',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  licenseAdministrator: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
  groupsAdministrator: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  serviceSupportAdministrator: 'f023fd81-a637-4b56-95fd-791ac0226033',
  messageCenterReader: '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  directoryWriters: '9360feb5-f418-4baa-8175-e2a00bac4301',
  guestInviter: '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  usageSummaryReportsReader: '75934031-6c7e-415a-99d7-48dbd49e875e',
  billingAdministrator: 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
} as const;

/** The name people know a role by: `globalAdministrator` is "Global Administrator". */
function displayName(name: string): string {
  return name
    .replaceAll(/([A-Z])/g, ' $1')
    .replace(/^./, (first) => first.toUpperCase())
    .replace('Share Point', 'SharePoint');
}

export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
}

export const roleDefinitions: readonly RoleDefinition[] = Object.entries(roles).map(([name, id]) => ({
  id,
  displayName: displayName(name),
}));

export function findRoleDefinition(idOrName: string): RoleDefinition | undefined {
  const wanted = idOrName.toLowerCase();
  return roleDefinitions.find((role) => role.id === wanted || role.displayName.toLowerCase() === wanted);
}

// Who may act on the password and other sensitive properties of whom, by roles that the other one holds.
// Source: "Who can reset passwords" and "Who can perform sensitive actions" of the Entra built-in roles reference.
const harmless = [roles.directoryReaders, roles.guestInviter];
const helpdeskTargets = [
  ...harmless,
  roles.helpdeskAdministrator,
  roles.messageCenterReader,
  roles.passwordAdministrator,
  roles.reportsReader,
  roles.usageSummaryReportsReader,
];
const passwordReset: Readonly<Record<string, readonly string[] | 'everybody'>> = {
  [roles.globalAdministrator]: 'everybody',
  [roles.privilegedAuthenticationAdministrator]: 'everybody',
  [roles.userAdministrator]: [...helpdeskTargets, roles.groupsAdministrator, roles.userAdministrator],
  [roles.helpdeskAdministrator]: helpdeskTargets,
  [roles.authenticationAdministrator]: [
    ...harmless,
    roles.messageCenterReader,
    roles.passwordAdministrator,
    roles.reportsReader,
    roles.usageSummaryReportsReader,
  ],
  [roles.passwordAdministrator]: [...harmless, roles.passwordAdministrator],
};
const sensitiveActors: readonly string[] = [
  roles.globalAdministrator,
  roles.privilegedAuthenticationAdministrator,
  roles.userAdministrator,
  roles.authenticationAdministrator,
];

function reaches(actor: string, targetRoles: readonly string[]): boolean {
  const reach = passwordReset[actor];
  return reach === 'everybody' || (reach !== undefined && targetRoles.every((role) => reach.includes(role)));
}

/** Whether somebody with these roles may reset the password of somebody with those. */
export function mayResetPassword(actorRoles: readonly string[], targetRoles: readonly string[]): boolean {
  return actorRoles.some((actor) => reaches(actor, targetRoles));
}

/** Whether somebody with these roles may disable, delete, rename or restore somebody with those. */
export function mayActOn(actorRoles: readonly string[], targetRoles: readonly string[]): boolean {
  return actorRoles.some((actor) => sensitiveActors.includes(actor) && reaches(actor, targetRoles));
}
