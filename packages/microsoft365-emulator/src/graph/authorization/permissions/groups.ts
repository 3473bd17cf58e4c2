import { casts } from '../../directory-objects/listDirectoryObjects.ts';
import type { PermissionRows } from '../PermissionRows.ts';

const relations = [
  'GET /groups/{id}/members',
  'GET /groups/{id}/transitiveMembers',
  'GET /groups/{id}/owners',
  'GET /groups/{id}/membersWithLicenseErrors',
  'GET /groups/{id}/memberOf',
  'GET /groups/{id}/transitiveMemberOf',
  'GET /users/{id}/memberOf',
  'GET /users/{id}/transitiveMemberOf',
  'GET /users/{id}/ownedObjects',
];

/** Counting, and one kind of object alone, need what the whole list needs. */
function narrowed(relation: string): [string, string][] {
  const kinds = [...casts.keys()].flatMap((cast) => [`${relation}/${cast}`, `${relation}/${cast}/$count`]);
  return [`${relation}/$count`, ...kinds].map((path) => [path, relation]);
}

const memberships =
  'Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All';
const members =
  'Directory.Read.All Group.Read.All Group.ReadBasic.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadBasic.All GroupMember.ReadWrite.All';

const checks = ['checkMemberGroups', 'checkMemberObjects', 'getMemberGroups', 'getMemberObjects'];
const checked = 'POST /users/{id}/checkMemberGroups';

export const groupsPermissions: PermissionRows = {
  rows: {
    'GET /groups':
      'Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All Group.ReadWrite.All GroupMember.Read.All',
    'POST /groups':
      'Directory.ReadWrite.All Group.ReadWrite.All | Directory.ReadWrite.All Group.Create Group.ReadWrite.All',
    // The last one for members only, as the page about adding several of them says; the operation looks at that.
    'PATCH /groups/{id}': 'Directory.ReadWrite.All Group.ReadWrite.All GroupMember.ReadWrite.All',
    'POST /groups/{id}/renew': 'Directory.ReadWrite.All Group.ReadWrite.All',
    'DELETE /groups/{id}': 'Group.ReadWrite.All',
    'POST /groups/{id}/assignLicense': 'Directory.ReadWrite.All Group.ReadWrite.All LicenseAssignment.ReadWrite.All',
    'GET /groups/{id}/memberOf': memberships,
    'GET /groups/{id}/transitiveMemberOf': memberships,
    'GET /groups/{id}/members': members,
    'GET /groups/{id}/transitiveMembers': members,
    'GET /groups/{id}/membersWithLicenseErrors': members,
    'GET /groups/{id}/owners':
      'Directory.Read.All Group.Read.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All',
    // Not in the data: as the page about adding a member says, and like removing one.
    'POST /groups/{id}/members/$ref': 'Directory.ReadWrite.All Group.ReadWrite.All GroupMember.ReadWrite.All',
    'POST /groups/{id}/owners/$ref': 'Directory.ReadWrite.All Group.ReadWrite.All',
    'GET /users/{id}/memberOf':
      'Directory.Read.All Directory.ReadWrite.All Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read | Directory.Read.All Directory.ReadWrite.All Group.ReadBasic.All GroupMember.ReadBasic.All',
    'GET /users/{id}/transitiveMemberOf':
      'Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read User.Read.All | Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All',
    'GET /users/{id}/ownedObjects':
      'Directory.Read.All Directory.ReadWrite.All User.Read User.Read.All User.ReadWrite.All | Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All',
    [checked]:
      'Application.Read.All Application.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All User.ReadWrite.All',
    'POST /users/{id}/reprocessLicenseAssignment': 'Directory.ReadWrite.All User.ReadWrite.All',
    'GET /contacts': 'Directory.Read.All Directory.ReadWrite.All OrgContact.Read.All',
    // Not in the data: like the object that was deleted.
    'GET /directory/deletedItems/group':
      'Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadWrite.All',
  },
  like: {
    'GET /groups/$count': 'GET /groups',
    'GET /groups/delta': 'GET /groups',
    'GET /groups/{id}': 'GET /groups',
    'DELETE /groups/{id}/members/{objectId}/$ref': 'POST /groups/{id}/members/$ref',
    'DELETE /groups/{id}/owners/{objectId}/$ref': 'POST /groups/{id}/owners/$ref',
    'GET /contacts/{id}': 'GET /contacts',
    ...Object.fromEntries(relations.flatMap(narrowed)),
    ...Object.fromEntries(
      ['users', 'groups', 'directoryObjects'].flatMap((set) =>
        checks.map((name) => [`POST /${set}/{id}/${name}`, checked]).filter(([key]) => key !== checked),
      ),
    ),
  },
};
