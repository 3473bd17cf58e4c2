import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { applicationType, readApplication } from '../applications/applicationType.ts';
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
    ownedObjects: {
      isCollection: true,
      find: (user) =>
        tenant.applications
          .visibleValues()
          .filter((application) => application.ownerIds.includes(user.id))
          .map((application) => ({ type: applicationType, read: (name) => readApplication(application, name) })),
    },
  };
}

function presentUser(user: UserRecord): RelatedObject {
  return { type: userType, read: (name) => readUser(user, name) };
}
