import * as z from 'zod';
import { findCmdlet } from '../exchange/cmdlets/cmdletTable.ts';
import { newDistributionGroupSettings } from '../exchange/cmdlets/distribution-groups/distributionGroupSettings.ts';
import { contactExchange } from '../exchange/phones/contactExchange.ts';
import { newPhone } from '../exchange/phones/newPhone.ts';
import { phoneSchema } from '../exchange/phones/phoneSchema.ts';
import { plantWithCmdlet } from '../exchange/plantWithCmdlet.ts';
import { defaultSettings } from '../settings.ts';
import { builtInPolicy } from '../store/builtInPolicy.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

/** What a seed says about Exchange besides users' licenses and groups of the kinds that Exchange keeps. */
export const seedExchangeSchema = z.strictObject({
  /** Cmdlets to run as the administrator, such as Set-Mailbox to make a mailbox a shared one. */
  cmdlets: z
    .array(
      z.strictObject({
        name: z.string().refine((name) => findCmdlet(name) !== undefined, 'A cmdlet that the emulator has'),
        parameters: z.record(z.string(), z.json()).default({}),
      }),
    )
    .default([]),
  /** Phones that have synchronized once, unless `synced` is false. */
  phones: z.array(phoneSchema.extend({ synced: z.boolean().default(true) })).default([]),
});

/** Makes what every organization has in Exchange and what the seed asks for; its mailboxes are there at once. */
export function plantExchange(world: World, tenant: Tenant, seed: z.output<typeof seedExchangeSchema>): void {
  const { mobilePolicies, mailboxes, phones } = tenant.exchange;
  mobilePolicies.put(builtInPolicy(tenant.now().getTime()));
  for (const mailbox of mailboxes.values()) mailboxes.put({ ...mailbox, licensedAt: 0 });
  plantGroupSettings(tenant);
  for (const { name, parameters } of seed.cmdlets) plantWithCmdlet(world, tenant, name, parameters);
  for (const { synced, ...phone } of seed.phones) {
    const record = newPhone(tenant, phone);
    phones.put(record);
    if (synced) contactExchange(tenant, defaultSettings, record);
  }
}

/** Exchange's part of the distribution groups and mail-enabled security groups that the seed made in the directory. */
function plantGroupSettings(tenant: Tenant): void {
  const { directory, exchange } = tenant;
  const made = tenant.now().getTime();
  for (const { id, properties } of directory.groups.values()) {
    const types = properties['groupTypes'];
    const isUnified = Array.isArray(types) && types.includes('Unified');
    if (properties['mailEnabled'] !== true || isUnified) continue;
    const name = String(properties['displayName'] ?? id).slice(0, 64);
    const settings = newDistributionGroupSettings(id, name, properties['securityEnabled'] === true);
    exchange.distributionGroups.put({ ...settings, createdAt: made, changedAt: made });
  }
}
