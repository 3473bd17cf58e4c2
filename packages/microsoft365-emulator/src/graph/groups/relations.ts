import { type DirectoryObject, findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { casts, countDirectoryObjects, listDirectoryObjects } from '../directory-objects/listDirectoryObjects.ts';
import { denied } from '../errors.ts';
import type { GraphCall, GraphOperation } from '../GraphCall.ts';
import { getVisibleUser } from '../users/findUser.ts';
import { getVisibleGroup } from './findGroup.ts';
import { directMemberships, ownedBy, transitiveMemberships } from './membershipObjects.ts';
import { memberIdsOf, ownerIdsOf, transitiveMemberIdsOf } from './memberships.ts';
import { membersWithLicenseErrors } from './readGroup.ts';

type Related = (call: GraphCall) => readonly DirectoryObject[];

/** A list of related objects, each kind of them alone, and how many there are. */
function relation(path: string, cost: number, related: Related): GraphOperation[] {
  const operations = (cast: string | undefined): GraphOperation[] => {
    const own = cast === undefined ? path : `${path}/${cast}`;
    return [
      { method: 'GET', path: own, cost, handle: (call) => listDirectoryObjects(call, once(call, related), { cast }) },
      {
        method: 'GET',
        path: `${own}/$count`,
        cost,
        handle: (call) => countDirectoryObjects(call, once(call, related), cast),
      },
    ];
  };
  return [undefined, ...casts.keys()].flatMap(operations);
}

/** The path's own object is looked for first, so that its absence is told before anything about the query. */
function once(call: GraphCall, related: Related): () => readonly DirectoryObject[] {
  const objects = related(call);
  return () => objects;
}

export const groupRelations: readonly GraphOperation[] = [
  ...relation('/groups/{id}/members', 3, (call) =>
    findDirectoryObjects(call.tenant, memberIdsOf(call.tenant, getVisibleGroup(call).id)),
  ),
  ...relation('/groups/{id}/transitiveMembers', 5, (call) =>
    findDirectoryObjects(call.tenant, transitiveMemberIdsOf(call.tenant, getVisibleGroup(call).id)),
  ),
  ...relation('/groups/{id}/owners', 1, (call) =>
    findDirectoryObjects(call.tenant, ownerIdsOf(call.tenant, getVisibleGroup(call).id)),
  ),
  ...relation('/groups/{id}/membersWithLicenseErrors', 1, (call) =>
    findDirectoryObjects(call.tenant, membersWithLicenseErrors(call.tenant, getVisibleGroup(call))),
  ),
  ...relation('/groups/{id}/memberOf', 1, (call) => directMemberships(call.tenant, getVisibleGroup(call).id)),
  ...relation('/groups/{id}/transitiveMemberOf', 1, (call) =>
    transitiveMemberships(call.tenant, getVisibleGroup(call).id),
  ),
];

/** `User.Read` lets people see their own memberships, and nobody else's. */
function getReadableUserId(call: GraphCall): string {
  const { id } = getVisibleUser(call);
  const { caller, settings } = call;
  const isSelf = caller.kind === 'user' && caller.objectId === id;
  const hasMore = [...caller.permissions].some((name) => name.endsWith('.All') && sees.test(name));
  if (settings.enforcePermissions && !isSelf && !hasMore) throw denied();
  return id;
}

const sees = /^(Directory|User|Group|GroupMember)\./;

export const userMemberships: readonly GraphOperation[] = [
  ...relation('/users/{id}/memberOf', 2, (call) => directMemberships(call.tenant, getReadableUserId(call))),
  ...relation('/users/{id}/transitiveMemberOf', 2, (call) =>
    transitiveMemberships(call.tenant, getReadableUserId(call)),
  ),
  ...relation('/users/{id}/ownedObjects', 2, (call) => ownedBy(call.tenant, getReadableUserId(call))),
];
