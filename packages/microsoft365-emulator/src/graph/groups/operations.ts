import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import { assignGroupLicense, groupLicenseLock } from './assignGroupLicense.ts';
import { createGroup } from './createGroup.ts';
import { deleteGroup } from './deleteGroup.ts';
import { deltaGroups } from './deltaGroups.ts';
import { countGroups, getGroup, listGroups } from './listGroups.ts';
import { memberChecks } from './memberChecks.ts';
import { groupRelations, userMemberships } from './relations.ts';
import { renewGroup, updateGroup } from './updateGroup.ts';
import { addMember, addOwner, removeMember, removeOwner } from './writeLinks.ts';

const licenseAdministrators = [
  roles.globalAdministrator,
  roles.groupsAdministrator,
  roles.licenseAdministrator,
  roles.userAdministrator,
  roles.directoryWriters,
];

export const groupOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/groups', handle: listGroups },
  { method: 'POST', path: '/groups', handle: createGroup },
  { method: 'GET', path: '/groups/$count', handle: countGroups },
  { method: 'GET', path: '/groups/delta', handle: deltaGroups },
  { method: 'GET', path: '/groups/{id}', handle: getGroup },
  { method: 'PATCH', path: '/groups/{id}', handle: updateGroup },
  { method: 'DELETE', path: '/groups/{id}', handle: deleteGroup },
  { method: 'POST', path: '/groups/{id}/renew', handle: renewGroup },
  {
    method: 'POST',
    path: '/groups/{id}/assignLicense',
    roles: licenseAdministrators,
    exclusive: groupLicenseLock,
    handle: assignGroupLicense,
  },
  { method: 'POST', path: '/groups/{id}/members/$ref', handle: addMember },
  { method: 'DELETE', path: '/groups/{id}/members/{objectId}/$ref', handle: removeMember },
  { method: 'POST', path: '/groups/{id}/owners/$ref', handle: addOwner },
  { method: 'DELETE', path: '/groups/{id}/owners/{objectId}/$ref', handle: removeOwner },
  ...groupRelations,
  ...userMemberships,
  ...memberChecks,
];
