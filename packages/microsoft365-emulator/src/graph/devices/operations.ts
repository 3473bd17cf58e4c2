import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import { lockDevice, resetDevicePasscode, retireDevice, syncDevice, wipeDevice } from './deviceActions.ts';
import { deleteDevice, getDevice, listDevices, listDevicesOfUser, updateDevice } from './readDevices.ts';

const base = '/deviceManagement/managedDevices';
const read = {
  service: 'intune',
  roles: [roles.globalAdministrator, roles.globalReader, roles.intuneAdministrator],
} as const;
const write = { service: 'intune', roles: [roles.globalAdministrator, roles.intuneAdministrator] } as const;

export const deviceOperations: readonly GraphOperation[] = [
  { method: 'GET', path: base, ...read, handle: listDevices },
  { method: 'GET', path: `${base}/{id}`, ...read, handle: getDevice },
  { method: 'PATCH', path: `${base}/{id}`, ...write, handle: updateDevice },
  { method: 'DELETE', path: `${base}/{id}`, ...write, handle: deleteDevice },
  { method: 'POST', path: `${base}/{id}/wipe`, ...write, handle: wipeDevice },
  { method: 'POST', path: `${base}/{id}/retire`, ...write, handle: retireDevice },
  { method: 'POST', path: `${base}/{id}/remoteLock`, ...write, handle: lockDevice },
  { method: 'POST', path: `${base}/{id}/resetPasscode`, ...write, handle: resetDevicePasscode },
  { method: 'POST', path: `${base}/{id}/syncDevice`, ...write, handle: syncDevice },
  { method: 'GET', path: '/users/{id}/managedDevices', ...read, handle: listDevicesOfUser },
];
