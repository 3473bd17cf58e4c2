import type { ApiClient } from '@isthmus/api-client';
import type { LicenseChangeRequest } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUsers } from '../users/resolveUser.ts';
import { resolveLicenses } from './resolveLicenses.ts';

interface AssignOptions extends ChangeOptions {
  readonly without?: string[];
  readonly usageLocation?: string;
  readonly waitForSeat?: boolean;
}

type ProductChange = Pick<LicenseChangeRequest, 'add' | 'remove'>;

/** Ids of services of the product, given by name or id. @throws UsageError naming those it has */
async function resolveServices(api: ApiClient, skuId: string, names: readonly string[]): Promise<string[]> {
  const { items } = await api.call('listLicenses', {});
  const plans = items.find((license) => license.skuId === skuId)?.servicePlans ?? [];
  return names.map((name) => {
    const wanted = name.toLowerCase();
    const found = plans.find((plan) => plan.id === wanted || plan.name.toLowerCase() === wanted);
    if (found !== undefined) return found.id;
    throw new UsageError(`The product has no service ${name}. It has: ${plans.map((plan) => plan.name).join(', ')}.`);
  });
}

async function change(
  context: Context,
  parts: { readonly change: ProductChange; readonly users: readonly string[]; readonly options: AssignOptions },
): Promise<number> {
  const client = await context.api();
  const { options } = parts;
  const [added] = parts.change.add ?? [];
  const services =
    options.without === undefined || added === undefined
      ? {}
      : { disabledPlans: { [added]: await resolveServices(client, added, options.without) } };
  const result = await client.call('changeLicenses', {
    query: changeQuery(options),
    body: {
      selection: { ids: await resolveUsers(client, parts.users) },
      ...parts.change,
      ...services,
      ...(options.usageLocation === undefined ? {} : { usageLocation: options.usageLocation }),
      whenShort: options.waitForSeat === true ? 'wait' : 'refuse',
    },
  });
  return report(context, client, result, options);
}

async function assign(context: Context, product: string, users: string[], options: AssignOptions): Promise<number> {
  const add = await resolveLicenses(await context.api(), [product]);
  return change(context, { change: { add }, users, options });
}

async function unassign(context: Context, product: string, users: string[], options: ChangeOptions): Promise<number> {
  const remove = await resolveLicenses(await context.api(), [product]);
  return change(context, { change: { remove }, users, options });
}

async function replace(
  context: Context,
  former: string,
  next: string,
  users: string[],
  options: AssignOptions,
): Promise<number> {
  const [remove = '', add = ''] = await resolveLicenses(await context.api(), [former, next]);
  return change(context, { change: { add: [add], remove: [remove] }, users, options });
}

function giving(command: Command): Command {
  return changing(command)
    .option('--without <service...>', 'switch these services of the product off; see `license services`')
    .option('--usage-location <country>', 'two letters, for people who have none; the tenant’s own when omitted')
    .option('--wait-for-seat', 'whoever finds no free seat gets one as soon as there is one');
}

export function addChangeLicenses(noun: Command): void {
  giving(noun.command('assign <product> <users...>'))
    .description('assign a product, by part number, name or id')
    .action(action(assign));
  changing(noun.command('unassign <product> <users...>'))
    .description('take a product back, or off the waiting list')
    .action(action(unassign));
  giving(noun.command('replace <old-product> <new-product> <users...>'))
    .description('exchange one product for another in one step')
    .action(action(replace));
}
