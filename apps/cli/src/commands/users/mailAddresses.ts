import type { ApiClient } from '@isthmus/api-client';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveAccounts } from '../online-accounts/resolveOnlineAccount.ts';

interface Options extends ChangeOptions {
  readonly add?: string[];
  readonly remove?: string[];
  readonly primary?: string;
}

interface Addresses {
  readonly primaryAddress: string | null;
  readonly aliases: readonly string[];
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * The addresses after the change: a former primary address stays as an alias unless it is removed.
 * @throws UsageError when something is to be removed that is not there, or the primary address without another one
 */
export function addressesAfter(
  before: Addresses,
  { add = [], remove = [], primary: wanted }: Pick<Options, 'add' | 'remove' | 'primary'>,
): { readonly primaryAddress: string; readonly aliases: string[] } {
  const all = [...(before.primaryAddress === null ? [] : [before.primaryAddress]), ...before.aliases];
  const strange = remove.find((address) => !all.some((known) => same(known, address)));
  if (strange !== undefined) throw new UsageError(`${strange} is not among the addresses: ${all.join(', ')}.`);
  const primaryAddress = wanted ?? before.primaryAddress ?? '';
  if (remove.some((address) => same(address, primaryAddress))) {
    throw new UsageError(`${primaryAddress} is the primary address. Give another one with --primary.`);
  }
  const kept = all.filter((address) => !remove.some((gone) => same(gone, address)));
  const fresh = add.filter((address) => !kept.some((known) => same(known, address)));
  return { primaryAddress, aliases: [...kept, ...fresh].filter((address) => !same(address, primaryAddress)) };
}

/** Id of the online account of a person, or of one without a user. @throws UsageError when there is none */
async function resolveMailbox(api: ApiClient, name: string): Promise<string> {
  const { ids, accountIds } = await resolveAccounts(api, [name]);
  const [accountId] = accountIds;
  if (accountId !== undefined) return accountId;
  const { online } = await api.call('getUser', { params: { id: ids[0] ?? '' } });
  if (online !== null) return online.id;
  throw new UsageError(`${name} has no online account, and so no mailbox. Create or assign one first.`);
}

async function addresses(context: Context, name: string, options: Options): Promise<number> {
  const client = await context.api();
  const id = await resolveMailbox(client, name);
  const before = await client.call('getMailAddresses', { params: { id } });
  if (options.add === undefined && options.remove === undefined && options.primary === undefined) {
    context.output.result(before, () =>
      context.output.properties([
        ['Primary address', before.primaryAddress ?? '(no mailbox)'],
        ['Further addresses', before.aliases.join(', ')],
        ['In address lists', before.hidden ? 'no' : 'yes'],
        ['Sent on to', before.forwardTo ?? ''],
      ]),
    );
    return ExitCode.ok;
  }
  const body = addressesAfter(before, options);
  const result = await client.call('setMailAddresses', { params: { id }, query: changeQuery(options), body });
  return report(context, client, result, options);
}

export function addMailAddresses(user: Command): void {
  changing(user.command('addresses <name>'))
    .description('show the e-mail addresses of a person or of an online account, or change them')
    .option('--add <address...>', 'further addresses that mail arrives at')
    .option('--remove <address...>', 'addresses that go')
    .option('--primary <address>', 'the address that mail is sent from; the former one stays as a further address')
    .action(action(addresses));
}
