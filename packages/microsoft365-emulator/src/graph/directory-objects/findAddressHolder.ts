import type { Tenant } from '../../store/Tenant.ts';

/** Who has a mail address, as refusals name them: `User_` or another kind, and the id. */
export function findAddressHolder(tenant: Tenant, address: string, exceptId?: string): string | undefined {
  const key = address.toLowerCase();
  const holders = [
    ['User', tenant.users.findAll('proxyAddress', key)],
    ['User', tenant.users.findAll('mail', key)],
    ['Group', tenant.directory.groups.findAll('proxyAddress', key)],
    ['Contact', tenant.directory.contacts.findAll('proxyAddress', key)],
  ] as const;
  for (const [kind, objects] of holders) {
    const holder = objects.find(({ id }) => id !== exceptId);
    if (holder !== undefined) return `${kind}_${holder.id}`;
  }
  return undefined;
}
