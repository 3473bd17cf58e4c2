import { type OnlineAccount, type OnlineAccountFilter, onlineAccountFilterSchema } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type Context } from '../../command.ts';
import { readAll } from '../../connection/readAll.ts';
import { ago } from '../../output/format.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';
import { resolveOnlineAccount } from './resolveOnlineAccount.ts';

interface Options extends CsvOptions {
  readonly search?: string;
  readonly filter: OnlineAccountFilter;
  readonly sort?: string;
}

const licensesOf = (account: OnlineAccount): string => account.licenses.map((license) => license.name).join(', ');
const lastSignIn = ({ signIn }: OnlineAccount): string =>
  signIn === null ? '' : signIn.lastAt === null ? 'never' : ago(signIn.lastAt);
const stateOf = ({ state, hold }: OnlineAccount): string => (hold === null ? state : `${state} (${hold})`);

async function list(context: Context, options: Options): Promise<undefined> {
  const view = {
    filter: options.filter,
    ...(options.search === undefined ? {} : { q: options.search }),
    ...(options.sort === undefined ? {} : { sort: options.sort }),
  };
  if (options.csv === true) return printCsv(context, 'exportOnlineAccounts', { query: view });
  const client = await context.api();
  const { items, total } = await readAll((page) => client.call('listOnlineAccounts', { query: { ...view, ...page } }));
  context.output.result({ items, total }, () => {
    context.output.table(
      items,
      [
        { title: 'ADDRESS', value: (account) => account.address },
        { title: 'NAME', value: (account) => account.displayName },
        { title: 'LINKED TO', value: (account) => account.user?.userName ?? '-' },
        { title: 'STATE', value: stateOf },
        { title: 'LICENSES', value: licensesOf },
        ...(items.some(({ signIn }) => signIn !== null) ? [{ title: 'LAST SIGN-IN', value: lastSignIn }] : []),
      ],
      'No account matches.',
    );
  });
  return undefined;
}

async function show({ api, output }: Context, address: string): Promise<undefined> {
  const client = await api();
  const id = await resolveOnlineAccount(client, address);
  const account = await client.call('getOnlineAccount', { params: { id } });
  output.result(account, () => {
    output.properties([
      ['Address', account.address],
      ['Name', account.displayName],
      ['Linked to', account.user === null ? 'nobody' : `${account.user.name} (${account.user.userName})`],
      ['State', stateOf(account)],
      ['Sign-in', account.signInAllowed ? 'allowed' : 'blocked'],
      ['Licenses', licensesOf(account) || 'none'],
      ['Usage location', account.usageLocation ?? 'none'],
      ['E-mail', account.mail ?? 'none'],
      ['Last sign-in', lastSignIn(account) || 'the tenant does not tell'],
      ['Created', ago(account.createdAt)],
      ['Id', account.id],
    ]);
    if (account.managedByOthers) output.line('Another tool keeps this account; Isthmus does not change it.');
  });
  return undefined;
}

export function addListOnlineAccounts(noun: Command): void {
  exporting(noun.command('list'))
    .description('every account of the tenant, linked to a person or not')
    .option('--search <text>', 'part of an address or name')
    .addOption(new Option('--filter <preset>').choices(onlineAccountFilterSchema.options).default('all'))
    .option('--sort <field>', 'field to sort by; -field turns the order round')
    .action(action(list));
  noun.command('show <address>').description('one account of the tenant').action(action(show));
}
