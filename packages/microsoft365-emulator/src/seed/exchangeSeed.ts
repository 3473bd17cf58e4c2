import { builtInPolicy } from '../exchange/cmdlets/mobile-devices/policies.ts';
import type { Tenant } from '../store/Tenant.ts';

/** Makes what every organization has in Exchange; mailboxes of the seed's users are there at once. */
export function plantExchange(tenant: Tenant): void {
  const { mobilePolicies, mailboxes } = tenant.exchange;
  mobilePolicies.put(builtInPolicy(tenant.now().getTime()));
  for (const mailbox of mailboxes.values()) mailboxes.put({ ...mailbox, licensedAt: 0 });
}
