import type { PermissionRows } from './PermissionRows.ts';
import { applicationsPermissions } from './permissions/applications.ts';
import { authenticationMethodsPermissions } from './permissions/authenticationMethods.ts';
import { deletedItemsPermissions } from './permissions/deletedItems.ts';
import { directoryPermissions } from './permissions/directory.ts';
import { domainsPermissions } from './permissions/domains.ts';
import { filesPermissions } from './permissions/files.ts';
import { groupsPermissions } from './permissions/groups.ts';
import { organizationPermissions } from './permissions/organization.ts';
import { roleManagementPermissions } from './permissions/roleManagement.ts';
import { servicePrincipalsPermissions } from './permissions/servicePrincipals.ts';
import { usersPermissions } from './permissions/users.ts';

const areas: readonly PermissionRows[] = [
  organizationPermissions,
  domainsPermissions,
  usersPermissions,
  authenticationMethodsPermissions,
  deletedItemsPermissions,
  applicationsPermissions,
  servicePrincipalsPermissions,
  roleManagementPermissions,
  filesPermissions,
  groupsPermissions,
  directoryPermissions,
];

const rows: Readonly<Record<string, string>> = Object.assign({}, ...areas.map((area) => area.rows));
const like: Readonly<Record<string, string>> = Object.assign({}, ...areas.map((area) => area.like ?? {}));

export interface RequiredPermissions {
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

/** What an operation needs; a missing row is a mistake of ours, found when the service starts. */
export function getRequiredPermissions(method: string, path: string): RequiredPermissions {
  const key = `${method} ${path}`;
  const row = rows[like[key] ?? key];
  if (row === undefined) throw new TypeError(`The permission table has no row for ${key}`);
  const [delegated = '', application = delegated] = row.split('|').map((part) => part.trim());
  // A command line that may do everything its user may do carries this instead of single permissions.
  return { delegated: [...delegated.split(' '), 'Directory.AccessAsUser.All'], application: application.split(' ') };
}
