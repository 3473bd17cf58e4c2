import type { ManagedDeviceRecord } from '../../store/directoryRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { withActionState } from './deviceActions.ts';

/**
 * Lets devices report that they did what they were told: a wiped or retired device leaves Intune, unless the wipe was to
 * keep its enrollment. In a transaction.
 */
export function settleDevices(tenant: Tenant, devices: readonly ManagedDeviceRecord[], now: number): void {
  for (const device of devices) {
    if (device.pending === null || device.pending.dueAt > now) continue;
    if (device.pending.keepsEnrollment) {
      const properties = { ...withActionState(device.properties, 'done', tenant.now()), managementState: 'managed' };
      tenant.directory.managedDevices.put({ ...device, pending: null, properties });
    } else tenant.directory.managedDevices.remove(device.id);
  }
}
