import * as z from 'zod';
import type { ManagedDeviceRecord } from '../../store/directoryRecords.ts';
import type { Properties, PropertyValue } from '../../store/records.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { getDeviceToWrite } from './readDevices.ts';

const wipeSchema = z
  .object({
    keepEnrollmentData: z.boolean().nullish(),
    keepUserData: z.boolean().nullish(),
    macOsUnlockCode: z.string().nullish(),
    persistEsimDataPlan: z.boolean().nullish(),
  })
  .default({});

/** POST /deviceManagement/managedDevices/{id}/wipe */
export function wipeDevice(call: GraphCall): GraphAnswer {
  const parsed = wipeSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  return begin(call, 'wipe', parsed.data.keepEnrollmentData === true);
}

/** POST /deviceManagement/managedDevices/{id}/retire: takes the organization's data off the device. */
export function retireDevice(call: GraphCall): GraphAnswer {
  return begin(call, 'retire', false);
}

function begin(call: GraphCall, action: 'wipe' | 'retire', keepsEnrollment: boolean): GraphAnswer {
  const device = getDeviceToWrite(call);
  const dueAt = call.tenant.now().getTime() + call.settings.deviceActionMs;
  const started = start(call, device, action === 'wipe' ? 'factoryReset' : 'retire');
  const properties = { ...started, managementState: action === 'wipe' ? 'wipePending' : 'retirePending' };
  save(call, { ...device, properties, pending: { action, keepsEnrollment, dueAt } });
  return noContent;
}

/** Tells a device to do something that it does at once and that changes nothing that Intune knows of it. */
function tell(actionName: string): (call: GraphCall) => GraphAnswer {
  return (call) => {
    const device = getDeviceToWrite(call);
    const properties = withActionState(start(call, device, actionName), 'done', call.tenant.now());
    save(call, { ...device, properties });
    return noContent;
  };
}

export const lockDevice = tell('remoteLock');
export const resetDevicePasscode = tell('resetPasscode');

/** POST /deviceManagement/managedDevices/{id}/syncDevice */
export function syncDevice(call: GraphCall): GraphAnswer {
  const device = getDeviceToWrite(call);
  const lastSyncDateTime = call.tenant.now().toISOString();
  save(call, { ...device, properties: { ...device.properties, lastSyncDateTime } });
  return noContent;
}

function save({ tenant, world }: GraphCall, device: ManagedDeviceRecord): void {
  world.transaction(() => tenant.directory.managedDevices.put(device));
}

function results({ deviceActionResults }: Properties): readonly PropertyValue[] {
  return Array.isArray(deviceActionResults) ? deviceActionResults : [];
}

/** The device's properties with a new entry in the list of what it was told. */
function start({ tenant }: GraphCall, { properties }: ManagedDeviceRecord, actionName: string): Properties {
  const now = tenant.now().toISOString();
  const begun = { actionName, actionState: 'pending', startDateTime: now, lastUpdatedDateTime: now };
  return { ...properties, deviceActionResults: [...results(properties), begun] };
}

/** The device's properties with another state of what it was told last. */
export function withActionState(properties: Properties, actionState: string, now: Date): Properties {
  const before = results(properties);
  const last = before.at(-1);
  if (typeof last !== 'object' || last === null || Array.isArray(last)) return properties;
  const changed = { ...last, actionState, lastUpdatedDateTime: now.toISOString() };
  return { ...properties, deviceActionResults: [...before.slice(0, -1), changed] };
}
