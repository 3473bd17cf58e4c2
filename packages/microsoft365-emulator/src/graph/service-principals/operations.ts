import { applicationAdministrators } from '../applications/operations.ts';
import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import {
  assignAppRole,
  getAppRoleAssignment,
  listAppRoleAssignedTo,
  listAppRoleAssignments,
  removeAppRoleAssignment,
} from './appRoleAssignments.ts';
import { createGrant, deleteGrant, getGrant, listGrants, listGrantsOfClient, updateGrant } from './permissionGrants.ts';
import {
  addServicePrincipalPassword,
  createServicePrincipal,
  deleteServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  updateServicePrincipal,
} from './servicePrincipals.ts';

const write = { roles: applicationAdministrators };
// Consent to application permissions of Microsoft Graph takes more than managing applications.
const consent = { roles: [roles.globalAdministrator, roles.privilegedRoleAdministrator] };
const grant = { roles: [...applicationAdministrators, roles.privilegedRoleAdministrator] };
const base = '/servicePrincipals/{id}';

export const servicePrincipalOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/servicePrincipals', handle: listServicePrincipals },
  { method: 'POST', path: '/servicePrincipals', ...write, handle: createServicePrincipal },
  { method: 'GET', path: base, handle: getServicePrincipal },
  { method: 'PATCH', path: base, ...write, handle: updateServicePrincipal },
  { method: 'DELETE', path: base, ...write, handle: deleteServicePrincipal },
  { method: 'GET', path: `${base}/appRoleAssignedTo`, handle: listAppRoleAssignedTo },
  { method: 'POST', path: `${base}/appRoleAssignedTo`, ...consent, handle: assignAppRole },
  { method: 'DELETE', path: `${base}/appRoleAssignedTo/{assignmentId}`, ...consent, handle: removeAppRoleAssignment },
  { method: 'GET', path: `${base}/appRoleAssignments`, cost: 2, handle: listAppRoleAssignments },
  { method: 'POST', path: `${base}/appRoleAssignments`, ...consent, handle: assignAppRole },
  { method: 'GET', path: `${base}/appRoleAssignments/{assignmentId}`, handle: getAppRoleAssignment },
  { method: 'POST', path: `${base}/addPassword`, ...write, handle: addServicePrincipalPassword },
  { method: 'DELETE', path: `${base}/appRoleAssignments/{assignmentId}`, ...consent, handle: removeAppRoleAssignment },
  { method: 'GET', path: `${base}/oauth2PermissionGrants`, handle: listGrantsOfClient },
  { method: 'GET', path: '/oauth2PermissionGrants', cost: 2, handle: listGrants },
  { method: 'POST', path: '/oauth2PermissionGrants', ...grant, handle: createGrant },
  { method: 'GET', path: '/oauth2PermissionGrants/{id}', cost: 2, handle: getGrant },
  { method: 'PATCH', path: '/oauth2PermissionGrants/{id}', ...grant, handle: updateGrant },
  { method: 'DELETE', path: '/oauth2PermissionGrants/{id}', ...grant, handle: deleteGrant },
];
