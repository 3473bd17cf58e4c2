import type { PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { applicationType, readApplication } from '../applications/applicationType.ts';
import { contactType, readContact } from '../contacts/contactType.ts';
import { directoryRoleType, findDirectoryRole, readDirectoryRole } from '../directory-roles/directoryRoleType.ts';
import { groupType } from '../groups/groupType.ts';
import { readGroup } from '../groups/readGroup.ts';
import type { ResourceType } from '../odata/ResourceType.ts';
import { readServicePrincipal } from '../service-principals/readServicePrincipal.ts';
import { servicePrincipalType } from '../service-principals/servicePrincipalType.ts';
import { readUser } from '../users/readUser.ts';
import { userType } from '../users/userType.ts';

/** Anything the directory knows by an id. */
export interface DirectoryObject {
  readonly id: string;
  readonly type: ResourceType;
  readonly read: (name: string) => PropertyValue | undefined;
}

type View = 'visible' | 'get';

/** The object with an id, whatever it is: as a lagging replica shows it, or as it really is. */
export function findDirectoryObject(tenant: Tenant, id: string, view: View = 'visible'): DirectoryObject | undefined {
  const user = tenant.users[view](id);
  if (user !== undefined) return { id, type: userType, read: (name) => readUser(user, name) };
  const group = tenant.directory.groups[view](id);
  if (group !== undefined) return { id, type: groupType, read: (name) => readGroup(tenant, group, name) };
  const principal = tenant.servicePrincipals[view](id);
  if (principal !== undefined) {
    return { id, type: servicePrincipalType, read: (name) => readServicePrincipal(principal, name) };
  }
  const application = tenant.applications[view](id);
  if (application !== undefined)
    return { id, type: applicationType, read: (name) => readApplication(application, name) };
  const contact = tenant.directory.contacts[view](id);
  if (contact !== undefined) return { id, type: contactType, read: (name) => readContact(contact, name) };
  const role = findDirectoryRole(tenant, id);
  return role && { id, type: directoryRoleType, read: (name) => readDirectoryRole(role, name) };
}

/** Those of the ids that are there. */
export function findDirectoryObjects(tenant: Tenant, ids: readonly string[]): DirectoryObject[] {
  return ids.flatMap((id) => findDirectoryObject(tenant, id) ?? []);
}
