import type { OperationId } from '@isthmus/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { readSecret } from '../../connection/readSecret.ts';
import { resolveUser, resolveUsers } from './resolveUser.ts';

type BulkOperation = Extract<OperationId, 'activateUsers' | 'deactivateUsers' | 'lockUsers'>;

const bulk =
  (operation: BulkOperation) =>
  async ({ api, output }: Context, names: string[], options: ChangeOptions): Promise<number> => {
    const client = await api();
    const ids = await resolveUsers(client, names);
    const result = await client.call(operation, { query: changeQuery(options), body: { selection: { ids } } });
    return report({ api, output }, client, result, options);
  };

async function removeUsers(
  context: Context,
  names: string[],
  options: ChangeOptions & { readonly confirm?: string },
): Promise<number> {
  const client = await context.api();
  const ids = await resolveUsers(client, names);
  const result = await client.call('removeUsers', {
    query: changeQuery(options),
    body: { selection: { ids }, ...(options.confirm === undefined ? {} : { confirmation: options.confirm }) },
  });
  return report(context, client, result, options);
}

function parseDays(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number of days, such as 30.');
}

interface OffboardOptions extends ChangeOptions {
  readonly removeAfter?: number;
  readonly keepLicenses?: boolean;
  readonly keepGroups?: boolean;
  readonly shareMailbox?: boolean;
  readonly forwardTo?: string;
  readonly hide?: boolean;
}

async function offboardUsers(context: Context, names: string[], options: OffboardOptions): Promise<number> {
  const client = await context.api();
  const ids = await resolveUsers(client, names);
  const result = await client.call('offboardUsers', {
    query: changeQuery(options),
    body: {
      selection: { ids },
      takeLicenses: options.keepLicenses !== true,
      leaveGroups: options.keepGroups !== true,
      shareMailbox: options.shareMailbox === true,
      forwardTo: options.forwardTo ?? null,
      hide: options.hide === true,
      removeAfterDays: options.removeAfter ?? null,
    },
  });
  return report(context, client, result, options);
}

async function restoreUser(context: Context, name: string, options: ChangeOptions): Promise<number> {
  const client = await context.api();
  const id = await resolveUser(client, name);
  return report(
    context,
    client,
    await client.call('restoreUser', { params: { id }, query: changeQuery(options) }),
    options,
  );
}

async function unlockUser(context: Context, name: string, options: ChangeOptions): Promise<number> {
  const client = await context.api();
  const id = await resolveUser(client, name);
  return report(
    context,
    client,
    await client.call('unlockUser', { params: { id }, query: changeQuery(options) }),
    options,
  );
}

async function resetPassword(
  context: Context,
  name: string,
  options: ChangeOptions & { readonly mustChange?: boolean },
): Promise<number> {
  const client = await context.api();
  const id = await resolveUser(client, name);
  const password = await readSecret(`New password of ${name}: `);
  const result = await client.call('resetPassword', {
    params: { id },
    query: changeQuery(options),
    body: { password: password.reveal(), mustChange: options.mustChange === true },
  });
  return report(context, client, result, options);
}

export function addUserCommands(user: Command): void {
  changing(user.command('activate <names...>'))
    .description('enable in the directory and allow sign-in online')
    .action(action(bulk('activateUsers')));
  changing(user.command('deactivate <names...>'))
    .description('disable in the directory, block online and end the sessions')
    .action(action(bulk('deactivateUsers')));
  changing(user.command('lock <names...>'))
    .description('for a compromised account: close both sides at once, until it is activated again')
    .action(action(bulk('lockUsers')));
  changing(user.command('offboard <names...>'))
    .description('for people who leave: close both sides, take licenses and groups; activating gives everything back')
    .option('--remove-after <days>', 'remove both accounts so many days from now', parseDays)
    .option('--keep-licenses', 'leave the licenses, so that mail and files stay')
    .option('--keep-groups', 'leave the groups of the directory')
    .option('--share-mailbox', 'make the mailbox a shared one, which keeps its mail without a license')
    .option('--forward-to <address>', 'send mail on to this address, and keep a copy')
    .option('--hide', 'leave the person out of address lists')
    .action(action(offboardUsers));
  changing(user.command('remove <names...>'))
    .description('remove on both sides; can be restored for 30 days')
    .option('--confirm <number>', 'the number of people, needed for more than 10')
    .action(action(removeUsers));
  changing(user.command('restore <name>'))
    .description('bring a removed person back on both sides')
    .action(action(restoreUser));
  changing(user.command('reset-password <name>'))
    .description('set one password on both sides; it is asked for or read from a pipe')
    .option('--must-change', 'the person has to choose a new one at the next sign-in')
    .action(action(resetPassword));
  changing(user.command('unlock <name>')).description('end a lockout').action(action(unlockUser));
}
