import type { ApiClient } from '@isthmus/api-client';
import type { LicenseChangeRequest } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveAccounts } from '../online-accounts/resolveOnlineAccount.ts';
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
  parts: { readonly change: ProductChange; readonly names: readonly string[]; readonly options: AssignOptions },
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
      selection: await resolveAccounts(client, parts.names),
      ...parts.change,
      ...services,
      ...(options.usageLocation === undefined ? {} : { usageLocation: options.usageLocation }),
      whenShort: options.waitForSeat === true ? 'wait' : 'refuse',
    },
  });
  return report(context, client, result, options);
}

async function assign(context: Context, product: string, names: string[], options: AssignOptions): Promise<number> {
  const add = await resolveLicenses(await context.api(), [product]);
  return change(context, { change: { add }, names, options });
}

async function unassign(context: Context, product: string, names: string[], options: ChangeOptions): Promise<number> {
  const remove = await resolveLicenses(await context.api(), [product]);
  return change(context, { change: { remove }, names, options });
}

async function replace(
  context: Context,
  former: string,
  next: string,
  names: string[],
  options: AssignOptions,
): Promise<number> {
  const [remove = '', add = ''] = await resolveLicenses(await context.api(), [former, next]);
  return change(context, { change: { add: [add], remove: [remove] }, names, options });
}

function giving(command: Command): Command {
  return changing(command)
    .option('--without <service...>', 'switch these services of the product off; see `license services`')
    .option('--usage-location <country>', 'two letters, for those who have none; the tenant’s own when omitted')
    .option('--wait-for-seat', 'whoever finds no free seat gets one as soon as there is one');
}

export function addChangeLicenses(noun: Command): void {
  giving(noun.command('assign <product> <names...>'))
    .description('assign a product, by part number, name or id')
    .action(action(assign));
  changing(noun.command('unassign <product> <names...>'))
    .description('take a product back, or off the waiting list')
    .action(action(unassign));
  giving(noun.command('replace <old-product> <new-product> <names...>'))
    .description('exchange one product for another in one step')
    .action(action(replace));
}
