import type { OperationId } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { resolveUser, resolveUsers } from '../users/resolveUser.ts';
import { resolveAccounts, resolveOnlineAccount } from './resolveOnlineAccount.ts';

type BulkOperation = Extract<OperationId, 'unassignOnlineAccounts' | 'unlinkOnlineAccounts' | 'removeOnlineAccounts'>;
type BulkAccountOperation = Extract<OperationId, 'blockOnlineAccounts' | 'allowOnlineAccounts'>;

const bulk =
  (operation: BulkOperation) =>
  async (context: Context, names: string[], options: ChangeOptions): Promise<number> => {
    const client = await context.api();
    const ids = await resolveUsers(client, names);
    const result = await client.call(operation, { query: changeQuery(options), body: { selection: { ids } } });
    return report(context, client, result, options);
  };

const bulkAccounts =
  (operation: BulkAccountOperation) =>
  async (context: Context, names: string[], options: ChangeOptions): Promise<number> => {
    const client = await context.api();
    const selection = await resolveAccounts(client, names);
    const result = await client.call(operation, { query: changeQuery(options), body: { selection } });
    return report(context, client, result, options);
  };

async function assign(context: Context, address: string, userName: string, options: ChangeOptions): Promise<number> {
  const client = await context.api();
  const id = await resolveOnlineAccount(client, address);
  const userId = await resolveUser(client, userName);
  const request = { params: { id }, query: changeQuery(options), body: { userId } };
  return report(context, client, await client.call('assignOnlineAccount', request), options);
}

async function restore(context: Context, name: string, options: ChangeOptions): Promise<number> {
  const client = await context.api();
  const query = changeQuery(options);
  const { ids, accountIds } = await resolveAccounts(client, [name]);
  const [id] = ids;
  const result =
    id === undefined
      ? await client.call('restoreOnlineAccounts', { query, body: { accountIds } })
      : await client.call('restoreUser', { query, params: { id } });
  return report(context, client, result, options);
}

/** People are named as everywhere: by user name, UPN, address or id; accounts without a user by their address. */
export function addChangeOnlineAccounts(noun: Command): void {
  changing(noun.command('assign <address> <user>'))
    .description('link an account that is there already to a person')
    .action(action(assign));
  changing(noun.command('unassign <users...>'))
    .description('free the licenses and block the sign-in; the link stays, and activate gives both back')
    .action(action(bulk('unassignOnlineAccounts')));
  changing(noun.command('unlink <users...>'))
    .description('forget the link; both accounts stay as they are')
    .action(action(bulk('unlinkOnlineAccounts')));
  changing(noun.command('remove <users...>'))
    .description('remove the online account alone; the user account stays, and it can be restored for 30 days')
    .action(action(bulk('removeOnlineAccounts')));
  changing(noun.command('restore <name>'))
    .description('bring a removed online account back, with its licenses')
    .action(action(restore));
  changing(noun.command('deactivate <names...>'))
    .description('block the online sign-in alone, and keep it blocked')
    .action(action(bulkAccounts('blockOnlineAccounts')));
  changing(noun.command('activate <names...>'))
    .description('lift a block or an unassignment of the online account')
    .action(action(bulkAccounts('allowOnlineAccounts')));
}
