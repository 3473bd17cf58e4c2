import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveAccounts } from '../online-accounts/resolveOnlineAccount.ts';
import { resolveUsers } from './resolveUser.ts';

interface DomainOptions extends ChangeOptions {
  readonly online?: string;
  readonly upnSuffix?: string;
  readonly leave?: string;
  readonly all?: boolean;
}

async function changeDomain(context: Context, names: string[], options: DomainOptions): Promise<number> {
  if ((names.length === 0) === (options.all !== true)) throw new UsageError('Name people or accounts, or give --all.');
  const client = await context.api();
  // A suffix is one of the directory, and an account without a user may be called as somebody there.
  const named = async () =>
    options.upnSuffix === undefined ? resolveAccounts(client, names) : { ids: await resolveUsers(client, names) };
  const result = await client.call('changeSignInNames', {
    query: changeQuery(options),
    body: {
      selection: options.all === true ? { all: true } : await named(),
      ...(options.online === undefined ? {} : { domain: options.online }),
      ...(options.leave === undefined ? {} : { leave: options.leave }),
      ...(options.upnSuffix === undefined ? {} : { upnSuffix: options.upnSuffix }),
    },
  });
  return report(context, client, result, options);
}

async function rename(context: Context, name: string, address: string, options: ChangeOptions): Promise<number> {
  const client = await context.api();
  const selection = await resolveAccounts(client, [name]);
  const query = changeQuery(options);
  return report(
    context,
    client,
    await client.call('changeSignInNames', { query, body: { selection, address } }),
    options,
  );
}

export function addChangeDomain(user: Command): void {
  changing(user.command('change-domain [names...]'))
    .description('move the sign-in names of people, or of accounts without a user, to another domain')
    .option('--online <domain>', 'domain of the addresses in Microsoft 365')
    .option('--leave <domain>', 'only names at this domain; e-mail addresses at it are taken off as well')
    .option('--upn-suffix <suffix>', 'suffix of the names in the directory')
    .option('--all', 'all people')
    .action(action(changeDomain));
}

export function addRename(onlineAccount: Command): void {
  changing(onlineAccount.command('rename <name> <address>'))
    .description('give an online account another address; the user account, if there is one, stays as it is')
    .action(action(rename));
}
