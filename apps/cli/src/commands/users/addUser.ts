import type { NewUser } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { readSecret } from '../../connection/readSecret.ts';
import { resolveLicenses } from '../licenses/resolveLicenses.ts';
import { resolveOnlineAccount } from '../online-accounts/resolveOnlineAccount.ts';
import { templateIdOf } from './userTemplates.ts';

interface Options extends ChangeOptions {
  readonly givenName?: string;
  readonly surname?: string;
  readonly displayName?: string;
  readonly department?: string;
  readonly title?: string;
  readonly mail?: string;
  readonly group?: string[];
  readonly mustChange?: boolean;
  readonly online?: string;
  readonly assign?: string;
  readonly license?: string[];
  readonly usageLocation?: string;
  readonly ou?: string;
  readonly template?: string;
  readonly localOnly?: boolean;
}

async function addUser(context: Context, userName: string, options: Options): Promise<number> {
  const client = await context.api();
  const password = await readSecret(`Password of ${userName}: `);
  const fullName = [options.givenName, options.surname].filter((part) => part !== undefined).join(' ');
  const body: NewUser = {
    userName,
    displayName: options.displayName ?? (fullName === '' ? userName : fullName),
    password: password.reveal(),
    mustChangePassword: options.mustChange === true,
    ...(options.givenName === undefined ? {} : { givenName: options.givenName }),
    ...(options.surname === undefined ? {} : { surname: options.surname }),
    ...(options.department === undefined ? {} : { department: options.department }),
    ...(options.title === undefined ? {} : { title: options.title }),
    ...(options.mail === undefined ? {} : { mail: options.mail }),
    ...(options.group === undefined ? {} : { groupDns: options.group }),
    ...(options.ou === undefined ? {} : { containerDn: options.ou }),
    ...(await templateIdOf(client, options.template)),
    ...(options.localOnly === true ? { online: null } : {}),
    ...(options.assign === undefined
      ? {}
      : { assignOnlineAccountId: await resolveOnlineAccount(client, options.assign) }),
    ...(options.online === undefined
      ? {}
      : {
          online: {
            address: options.online,
            skuIds: await resolveLicenses(client, options.license ?? []),
            ...(options.usageLocation === undefined ? {} : { usageLocation: options.usageLocation }),
          },
        }),
  };
  return report(context, client, await client.call('addUser', { query: changeQuery(options), body }), options);
}

export function addAddUser(user: Command): void {
  changing(user.command('add <userName>'))
    .description('add a person; the password is asked for or read from a pipe')
    .option('--given-name <name>')
    .option('--surname <name>')
    .option('--display-name <name>')
    .option('--department <text>')
    .option('--title <text>')
    .option('--mail <address>')
    .option('--group <dn...>', 'groups of the directory')
    .option('--template <name>', 'what is not said here is as in this template')
    .option('--ou <dn>', 'unit for the account; the managed one when omitted')
    .option('--local-only', 'no online account, even when the template has one')
    .option('--must-change', 'the person has to choose a new password at the first sign-in')
    .option('--online <address>', 'add an online account with this address too')
    .option('--assign <address>', 'assign an online account that is there already')
    .option('--license <product...>', 'licenses of the online account: part number or id')
    .option('--usage-location <country>', 'two letters; the tenant’s own when omitted')
    .action(action(addUser));
}
