import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import { listAppRoleAssignmentsOfUser } from '../service-principals/appRoleAssignments.ts';
import { assignLicense, licenseLock, reprocessLicenseAssignment } from './assignLicense.ts';
import { changePassword } from './changePassword.ts';
import { createUser } from './createUser.ts';
import { deleteUser } from './deleteUser.ts';
import { deltaUsers } from './deltaUsers.ts';
import { listLicenseDetails } from './licenseDetails.ts';
import { countUsers, getUser, listUsers } from './listUsers.ts';
import { getManager, listDirectReports, removeManager, setManager } from './manager.ts';
import { getOnPremisesSyncBehavior, updateOnPremisesSyncBehavior } from './onPremisesSyncBehavior.ts';
import { revokeSignInSessions } from './revokeSignInSessions.ts';
import { updateUser } from './updateUser.ts';

const administrators = [roles.globalAdministrator, roles.userAdministrator, roles.directoryWriters];
const licenseAdministrators = [...administrators, roles.licenseAdministrator];
const revokers = [
  ...administrators,
  roles.helpdeskAdministrator,
  roles.passwordAdministrator,
  roles.authenticationAdministrator,
  roles.privilegedAuthenticationAdministrator,
];

export const userOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/users', cost: 2, handle: listUsers },
  { method: 'POST', path: '/users', roles: administrators, handle: createUser },
  { method: 'GET', path: '/users/$count', handle: countUsers },
  { method: 'GET', path: '/users/delta', cost: 2, handle: deltaUsers },
  { method: 'GET', path: '/users/{id}', handle: getUser },
  { method: 'PATCH', path: '/users/{id}', handle: updateUser },
  { method: 'DELETE', path: '/users/{id}', roles: administrators, handle: deleteUser },
  {
    method: 'POST',
    path: '/users/{id}/assignLicense',
    roles: licenseAdministrators,
    exclusive: licenseLock,
    handle: assignLicense,
  },
  {
    method: 'POST',
    path: '/users/{id}/reprocessLicenseAssignment',
    roles: licenseAdministrators,
    exclusive: licenseLock,
    handle: reprocessLicenseAssignment,
  },
  { method: 'GET', path: '/users/{id}/licenseDetails', cost: 2, handle: listLicenseDetails },
  { method: 'POST', path: '/users/{id}/revokeSignInSessions', roles: revokers, handle: revokeSignInSessions },
  { method: 'POST', path: '/users/{id}/changePassword', handle: changePassword },
  { method: 'GET', path: '/users/{id}/manager', handle: getManager },
  { method: 'PUT', path: '/users/{id}/manager/$ref', roles: administrators, handle: setManager },
  { method: 'DELETE', path: '/users/{id}/manager/$ref', roles: administrators, handle: removeManager },
  { method: 'GET', path: '/users/{id}/directReports', handle: listDirectReports },
  { method: 'GET', path: '/users/{id}/appRoleAssignments', handle: listAppRoleAssignmentsOfUser },
  { method: 'GET', path: '/users/{id}/onPremisesSyncBehavior', handle: getOnPremisesSyncBehavior },
  {
    method: 'PATCH',
    path: '/users/{id}/onPremisesSyncBehavior',
    roles: [roles.globalAdministrator],
    handle: updateOnPremisesSyncBehavior,
  },
];
