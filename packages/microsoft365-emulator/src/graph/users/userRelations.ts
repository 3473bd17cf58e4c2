import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { directMemberships, ownedBy, transitiveMemberships } from '../groups/membershipObjects.ts';
import type { RelatedObject, Relations } from '../odata/RelatedObject.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

/** Where `$expand` leads from a user. */
export function userRelations(tenant: Tenant): Relations<UserRecord> {
  const managerOf = (id: string | null): RelatedObject[] => {
    const manager = id === null ? undefined : tenant.users.visible(id);
    return manager === undefined ? [] : [presentUser(manager)];
  };
  return {
    manager: {
      isCollection: false,
      find: (user) => managerOf(user.managerId),
      next: ({ read }) => managerOf(tenant.users.visible(String(read('id')))?.managerId ?? null),
    },
    directReports: {
      isCollection: true,
      find: (user) => tenant.users.findAllVisible('managerId', user.id).map(presentUser),
    },
    memberOf: { isCollection: true, find: ({ id }) => directMemberships(tenant, id) },
    transitiveMemberOf: { isCollection: true, find: ({ id }) => transitiveMemberships(tenant, id) },
    ownedObjects: { isCollection: true, find: ({ id }) => ownedBy(tenant, id) },
  };
}

function presentUser(user: UserRecord): RelatedObject {
  return { type: userType, read: (name) => readUser(user, name) };
}
