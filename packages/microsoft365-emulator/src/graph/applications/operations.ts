import { roles } from '../authorization/roleCatalog.ts';
import type { GraphCall, GraphOperation } from '../GraphCall.ts';
import {
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  updateApplication,
} from './applications.ts';
import { addKey, addPassword, removeKey, removePassword } from './credentialActions.ts';
import { addOwner, listOwners } from './owners.ts';

export const applicationAdministrators: readonly string[] = [
  roles.globalAdministrator,
  roles.applicationAdministrator,
  roles.cloudApplicationAdministrator,
];

/** Parallel writes of one application's credentials collide. */
function credentialLock(call: GraphCall): string {
  return `application/${call.tenant.id}/${call.params['id'] ?? ''}`;
}

const write = { roles: applicationAdministrators };
const credentials = { roles: applicationAdministrators, exclusive: credentialLock };

export const applicationOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/applications', cost: 2, handle: listApplications },
  { method: 'POST', path: '/applications', ...write, handle: createApplication },
  { method: 'GET', path: '/applications/{id}', handle: getApplication },
  { method: 'PATCH', path: '/applications/{id}', ...credentials, handle: updateApplication },
  { method: 'DELETE', path: '/applications/{id}', ...write, handle: deleteApplication },
  { method: 'GET', path: '/applications/{id}/owners', handle: listOwners },
  { method: 'POST', path: '/applications/{id}/owners/$ref', ...write, handle: addOwner },
  { method: 'POST', path: '/applications/{id}/addPassword', ...credentials, handle: addPassword },
  { method: 'POST', path: '/applications/{id}/removePassword', ...credentials, handle: removePassword },
  { method: 'POST', path: '/applications/{id}/addKey', ...credentials, isForOwnKeys: true, handle: addKey },
  { method: 'POST', path: '/applications/{id}/removeKey', ...credentials, isForOwnKeys: true, handle: removeKey },
];
