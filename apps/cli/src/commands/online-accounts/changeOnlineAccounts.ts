import type { OperationId } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { resolveUser, resolveUsers } from '../users/resolveUser.ts';
import { resolveOnlineAccount } from './resolveOnlineAccount.ts';

type BulkOperation = Extract<
  OperationId,
  | 'unassignOnlineAccounts'
  | 'unlinkOnlineAccounts'
  | 'removeOnlineAccounts'
  | 'blockOnlineAccounts'
  | 'allowOnlineAccounts'
>;

const bulk =
  (operation: BulkOperation) =>
  async (context: Context, names: string[], options: ChangeOptions): Promise<number> => {
    const client = await context.api();
    const ids = await resolveUsers(client, names);
    const result = await client.call(operation, { query: changeQuery(options), body: { selection: { ids } } });
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
  const params = { id: await resolveUser(client, name) };
  return report(context, client, await client.call('restoreUser', { params, query: changeQuery(options) }), options);
}

/** The people are named as everywhere: by user name, UPN, address or id. */
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
  changing(noun.command('restore <user>'))
    .description('bring a removed online account back, with its licenses')
    .action(action(restore));
  changing(noun.command('deactivate <users...>'))
    .description('block the online sign-in alone, and keep it blocked')
    .action(action(bulk('blockOnlineAccounts')));
  changing(noun.command('activate <users...>'))
    .description('lift a block or an unassignment of the online account')
    .action(action(bulk('allowOnlineAccounts')));
}
