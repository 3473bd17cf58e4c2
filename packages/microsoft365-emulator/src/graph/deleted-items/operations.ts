import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import {
  deleteForGood,
  getDeletedItem,
  listDeletedApplications,
  listDeletedGroups,
  listDeletedServicePrincipals,
  listDeletedUsers,
} from './deletedItems.ts';
import { restore } from './restore.ts';

const base = '/directory/deletedItems';
const write = {
  roles: [
    roles.globalAdministrator,
    roles.userAdministrator,
    roles.groupsAdministrator,
    roles.applicationAdministrator,
  ],
};

export const deletedItemOperations: readonly GraphOperation[] = [
  { method: 'GET', path: `${base}/user`, handle: listDeletedUsers },
  { method: 'GET', path: `${base}/group`, handle: listDeletedGroups },
  { method: 'GET', path: `${base}/application`, handle: listDeletedApplications },
  { method: 'GET', path: `${base}/servicePrincipal`, handle: listDeletedServicePrincipals },
  { method: 'GET', path: `${base}/{id}`, handle: getDeletedItem },
  { method: 'POST', path: `${base}/{id}/restore`, ...write, handle: restore },
  { method: 'DELETE', path: `${base}/{id}`, ...write, handle: deleteForGood },
];
