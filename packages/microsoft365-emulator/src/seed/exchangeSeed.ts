import * as z from 'zod';
import { findCmdlet } from '../exchange/cmdlets/cmdletTable.ts';
import { builtInPolicy } from '../exchange/cmdlets/mobile-devices/policies.ts';
import { contactExchange } from '../exchange/phones/contactExchange.ts';
import { newPhone } from '../exchange/phones/PhoneControl.ts';
import { phoneSchema } from '../exchange/phones/phoneSchema.ts';
import { plantWithCmdlet } from '../exchange/plantWithCmdlet.ts';
import { defaultSettings } from '../settings.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

const cmdletSchema = z.strictObject({
  name: z.string().refine((name) => findCmdlet(name) !== undefined, 'A cmdlet that the emulator has'),
  parameters: z.record(z.string(), z.json()).default({}),
});

/** What a seed says about Exchange. */
export const seedExchangeSchema = z.strictObject({
  /** Distribution groups and mail-enabled security groups, owned by the administrator unless others are named. */
  distributionGroups: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        alias: z.string().optional(),
        address: z.string().optional(),
        type: z.enum(['Distribution', 'Security']).default('Distribution'),
        owners: z.array(z.string()).default([]),
        members: z.array(z.string()).default([]),
        /** Whether people outside of the organization may write to it. */
        openToAll: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Phones that have synchronized once, unless `synced` is false. */
  phones: z.array(phoneSchema.extend({ synced: z.boolean().default(true) })).default([]),
  /** Any other cmdlets to run, such as Set-Mailbox to make a mailbox a shared one. */
  cmdlets: z.array(cmdletSchema).default([]),
});

type SeedExchange = z.output<typeof seedExchangeSchema>;

/** Makes what every organization has in Exchange and what the seed asks for; its mailboxes are there at once. */
export function plantExchange(world: World, tenant: Tenant, seed: SeedExchange): void {
  const { mobilePolicies, mailboxes } = tenant.exchange;
  mobilePolicies.put(builtInPolicy(tenant.now().getTime()));
  for (const mailbox of mailboxes.values()) mailboxes.put({ ...mailbox, licensedAt: 0 });
  for (const group of seed.distributionGroups) plantGroup(world, tenant, group);
  for (const { name, parameters } of seed.cmdlets) plantWithCmdlet(world, tenant, name, parameters);
  for (const { synced, ...phone } of seed.phones) {
    const record = newPhone(tenant, phone);
    tenant.exchange.phones.put(record);
    if (synced) contactExchange(tenant, defaultSettings, record);
  }
}

function plantGroup(world: World, tenant: Tenant, group: SeedExchange['distributionGroups'][number]): void {
  const { name, alias, address, type, owners, members, openToAll } = group;
  plantWithCmdlet(world, tenant, 'New-DistributionGroup', {
    Name: name,
    Type: type,
    Members: members,
    RequireSenderAuthenticationEnabled: !openToAll,
    ...(owners.length === 0 ? {} : { ManagedBy: owners }),
    ...(alias === undefined ? {} : { Alias: alias }),
    ...(address === undefined ? {} : { PrimarySmtpAddress: address }),
  });
}
