import type { LicenseView } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';
import { addChangeLicenses } from './changeLicenses.ts';

async function list(context: Context, options: CsvOptions): Promise<undefined> {
  if (options.csv === true) return printCsv(context, 'exportLicenses', {});
  const { api, output } = context;
  const page = await (await api()).call('listLicenses', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'PRODUCT', value: (license) => license.name },
        { title: 'PART NUMBER', value: (license) => license.skuPartNumber },
        { title: 'TOTAL', value: (license) => String(license.total) },
        { title: 'USED', value: (license) => String(license.used) },
        { title: 'FREE', value: (license) => String(license.free) },
        { title: 'WAITING', value: (license) => (license.waiting === 0 ? '' : String(license.waiting)) },
        {
          title: 'NOT SIGNED IN FOR 90 DAYS',
          value: (license) => (license.notSignedIn === null ? '' : String(license.notSignedIn)),
        },
        { title: 'STATE', value: (license) => (license.state === 'enabled' ? '' : license.state) },
      ],
      'No tenant is integrated, or it has no products.',
    ),
  );
  return undefined;
}

async function waiting({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('listWaiting', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'NAME', value: (entry) => entry.displayName },
        { title: 'USER NAME', value: (entry) => entry.userName },
        { title: 'PRODUCT', value: (entry) => entry.name },
        { title: 'SINCE', value: (entry) => entry.askedAt },
        { title: 'ASKED BY', value: (entry) => entry.askedBy },
      ],
      'Nobody waits for a license.',
    ),
  );
  return undefined;
}

async function services({ api, output }: Context): Promise<undefined> {
  const { items } = await (await api()).call('listLicenses', {});
  const all = items.flatMap((license: LicenseView) =>
    license.servicePlans.map((plan) => ({ product: license.name, ...plan })),
  );
  output.result({ items: all }, () =>
    output.table(
      all,
      [
        { title: 'PRODUCT', value: (one) => one.product },
        { title: 'SERVICE', value: (one) => one.name },
        { title: 'ID', value: (one) => one.id },
      ],
      'The products have no services that can be switched off.',
    ),
  );
  return undefined;
}

export function addLicenseCommands(program: Command): void {
  const noun = program.command('license').description('products and their seats');
  exporting(noun.command('list')).description('products, seats and who waits').action(action(list));
  noun.command('services').description('services that can be switched off in each product').action(action(services));
  noun.command('waiting').description('people who wait for a free seat').action(action(waiting));
  addChangeLicenses(noun);
}
