import type { Proposal } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveLicenses } from '../licenses/resolveLicenses.ts';
import { addRename } from '../users/signInNames.ts';
import { addChangeOnlineAccounts } from './changeOnlineAccounts.ts';
import { addImportOnlineAccounts } from './importOnlineAccounts.ts';
import { addListOnlineAccounts } from './listOnlineAccounts.ts';
import { addMatch } from './matchOnlineAccounts.ts';

interface BulkOptions extends ChangeOptions {
  readonly all?: boolean;
  readonly user?: string[];
  readonly domain?: string;
  readonly license?: string[];
  readonly usageLocation?: string;
}

async function proposals(context: Context, options: CsvOptions & { readonly domain?: string }): Promise<undefined> {
  const { api, output } = context;
  const query = options.domain === undefined ? {} : { domain: options.domain };
  if (options.csv === true) return printCsv(context, 'exportProposals', { query });
  const page = await (await api()).call('listProposals', { query });
  output.result(page, () => {
    output.table(
      page.items,
      [
        { title: 'NAME', value: (item) => item.displayName },
        { title: 'USER NAME', value: (item) => item.userName },
        { title: 'ADDRESS', value: (item) => item.address },
        { title: 'SUGGESTED', value: (item) => (item.selected ? 'yes' : 'no') },
        { title: 'NOTE', value: (item) => item.warnings.map((warning) => warning.message).join(' ') },
      ],
      'Everybody has an online account.',
    );
  });
  return undefined;
}

function choose(items: readonly Proposal[], options: BulkOptions): readonly Proposal[] {
  if (options.all === true) return items.filter((item) => item.selected);
  const names = options.user ?? [];
  if (names.length === 0) throw new UsageError('For whom? Give --all, or --user name for each person.');
  return names.map((name) => {
    const found = items.find((item) => item.userName.toLowerCase() === name.toLowerCase() || item.userId === name);
    if (found === undefined) throw new UsageError(`${name} is not a person without an online account.`);
    return found;
  });
}

async function bulkCreate(context: Context, options: BulkOptions): Promise<number> {
  const client = await context.api();
  const { items } = await client.call('listProposals', {
    query: options.domain === undefined ? {} : { domain: options.domain },
  });
  const chosen = choose(items, options);
  if (chosen.length === 0) {
    context.output.result({ items: [] }, () => context.output.line('Everybody has an online account.'));
    return 0;
  }
  const result = await client.call('bulkCreateOnlineAccounts', {
    query: changeQuery(options),
    body: {
      accounts: chosen.map(({ userId, address }) => ({ userId, address })),
      skuIds: await resolveLicenses(client, options.license ?? []),
      ...(options.usageLocation === undefined ? {} : { usageLocation: options.usageLocation }),
    },
  });
  return report(context, client, result, options);
}

export function addOnlineAccountCommands(program: Command): void {
  const noun = program.command('online-account').description('accounts in Microsoft 365');
  exporting(noun.command('proposals'))
    .description('people without an online account, and the addresses they would get')
    .option('--domain <name>', 'domain of the addresses; the default domain when omitted')
    .action(action(proposals));
  addListOnlineAccounts(noun);
  addChangeOnlineAccounts(noun);
  addMatch(noun);
  addRename(noun);
  addImportOnlineAccounts(noun);
  changing(noun.command('bulk-create'))
    .description('create and link online accounts for many people')
    .option('--all', 'everybody who has none and is active')
    .option('--user <name...>', 'these people')
    .option('--domain <name>', 'domain of the addresses; the default domain when omitted')
    .option('--license <product...>', 'part number or id of the products to assign')
    .option('--usage-location <country>', 'two letters; the tenant’s own when omitted')
    .action(action(bulkCreate));
}
