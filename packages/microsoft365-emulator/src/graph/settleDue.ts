import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { settleDevices } from './devices/settleDevices.ts';

/** Finishes what the tenant was asked for earlier and whose time has come: nothing of it needs anybody to call again. */
export function settleDue(world: World, tenant: Tenant): void {
  const now = tenant.now().getTime();
  const domains = tenant.domains
    .findAll('dueDeletion', 'due')
    .filter(({ forceDeletedAt }) => Number(forceDeletedAt) <= now);
  const devices = tenant.directory.managedDevices.findAll('pending', 'pending');
  if (domains.length === 0 && devices.length === 0) return;
  world.transaction(() => {
    for (const { id } of domains) tenant.domains.remove(id);
    settleDevices(tenant, devices, now);
  });
}
