import type { ManagedDeviceRecord } from '../../store/directoryRecords.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { readProperties } from '../odata/readProperties.ts';
import { single } from '../odata/single.ts';
import { getVisibleUser } from '../users/findUser.ts';
import { managedDeviceType, readManagedDevice } from './managedDeviceType.ts';

const pageSize = { standard: 1000, maximum: 1000 };

function list(call: GraphCall, isWanted: (device: ManagedDeviceRecord) => boolean): GraphAnswer {
  const values = (): ManagedDeviceRecord[] =>
    call.tenant.directory.managedDevices.visibleValues().filter((device) => isWanted(device));
  return listObjects(call, { type: managedDeviceType, values, read: readManagedDevice, pageSize });
}

/** GET /deviceManagement/managedDevices */
export function listDevices(call: GraphCall): GraphAnswer {
  return list(call, () => true);
}

/** GET /users/{id}/managedDevices */
export function listDevicesOfUser(call: GraphCall): GraphAnswer {
  const { id } = getVisibleUser(call);
  return list(call, ({ properties }) => properties['userId'] === id);
}

/** GET /deviceManagement/managedDevices/{id} */
export function getDevice(call: GraphCall): GraphAnswer {
  const device = getVisibleDevice(call);
  return ok(single(call, managedDeviceType, (name) => readManagedDevice(device, name)));
}

/** PATCH /deviceManagement/managedDevices/{id}: what an administrator notes about a device. */
export function updateDevice(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const device = getDeviceToWrite(call);
  const { properties } = readProperties(call.body, managedDeviceType);
  const changed = { ...device, properties: { ...device.properties, ...properties } };
  world.transaction(() => tenant.directory.managedDevices.put(changed));
  return ok(single(call, managedDeviceType, (name) => readManagedDevice(changed, name)));
}

/** DELETE /deviceManagement/managedDevices/{id} */
export function deleteDevice(call: GraphCall): GraphAnswer {
  const device = getDeviceToWrite(call);
  call.world.transaction(() => call.tenant.directory.managedDevices.remove(device.id));
  return noContent;
}

function getVisibleDevice(call: GraphCall): ManagedDeviceRecord {
  const id = call.params['id'] ?? '';
  const device = call.tenant.directory.managedDevices.visible(id.toLowerCase());
  if (device === undefined) throw notFound(id);
  return device;
}

export function getDeviceToWrite(call: GraphCall): ManagedDeviceRecord {
  const { id } = getVisibleDevice(call);
  const device = call.tenant.directory.managedDevices.get(id);
  if (device === undefined) throw notFound(id);
  return device;
}
