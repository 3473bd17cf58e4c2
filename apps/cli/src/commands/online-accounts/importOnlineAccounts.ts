import type { ImportCandidate } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context, changeQuery, changing } from '../../command.ts';
import { demandOneResult, type ImportOptions, offeringPasswords, reportImport } from '../../output/firstPasswords.ts';
import { UsageError } from '../../UsageError.ts';

interface Options extends ImportOptions {
  readonly all?: boolean;
  readonly ou?: string;
  readonly group?: string[];
}

/** `address` or `address=user name`. */
function choose(items: readonly ImportCandidate[], text: string): { onlineAccountId: string; userName: string } {
  const [address = '', userName, ...rest] = text.split('=');
  if (rest.length > 0 || userName === '') throw new UsageError(`${text} is not of the form address=userName.`);
  const found = items.find(
    (item) => item.address.toLowerCase() === address.toLowerCase() || item.onlineAccountId === address.toLowerCase(),
  );
  if (found === undefined) throw new UsageError(`${address} is not an online account without a user account.`);
  return { onlineAccountId: found.onlineAccountId, userName: userName ?? found.userName };
}

function show({ output }: Context, page: { readonly items: readonly ImportCandidate[]; readonly total: number }): void {
  output.result(page, () => {
    output.table(
      page.items,
      [
        { title: 'NAME', value: (item) => item.displayName },
        { title: 'ADDRESS', value: (item) => item.address },
        { title: 'USER NAME', value: (item) => item.userName },
        {
          title: 'SUGGESTED',
          value: (item) => (item.blocked !== null ? 'not possible' : item.selected ? 'yes' : 'no'),
        },
        {
          title: 'NOTE',
          value: ({ blocked, warnings }) =>
            [...(blocked === null ? [] : [blocked]), ...warnings].map((one) => one.message).join(' '),
        },
      ],
      'Every online account has a user account.',
    );
    if (page.items.length > 0) output.note('Nothing is imported yet: give --all, or addresses.');
  });
}

async function importOnlineAccounts(context: Context, addresses: string[], options: Options): Promise<number> {
  demandOneResult(options);
  if (options.all === true && addresses.length > 0) throw new UsageError('Give --all or addresses, not both.');
  const client = await context.api();
  const page = await client.call('listImportCandidates', {});
  const accounts =
    options.all === true
      ? page.items.filter(({ selected }) => selected)
      : addresses.map((address) => choose(page.items, address));
  if (accounts.length === 0) {
    show(context, options.all === true ? { items: [], total: 0 } : page);
    return 0;
  }
  const result = await client.call('importOnlineAccounts', {
    query: changeQuery(options),
    body: {
      accounts: accounts.map(({ onlineAccountId, userName }) => ({ onlineAccountId, userName })),
      ...(options.ou === undefined ? {} : { containerDn: options.ou }),
      ...(options.group === undefined ? {} : { groupDns: options.group }),
    },
  });
  return reportImport(context, result, options);
}

export function addImportOnlineAccounts(noun: Command): void {
  offeringPasswords(changing(noun.command('import [addresses...]')))
    .description('make user accounts for online accounts that have none, and link them; without addresses, list these')
    .option('--all', 'every account that looks like a person’s')
    .option('--ou <dn>', 'unit for the new accounts; the managed one when omitted')
    .option('--group <dn...>', 'groups that the new accounts join')
    .action(action(importOnlineAccounts));
}
