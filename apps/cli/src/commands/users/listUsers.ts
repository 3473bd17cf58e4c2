import type { UserFilter } from '@isthmus/contracts';
import { userFilterSchema } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type Context } from '../../command.ts';
import { readAll } from '../../connection/readAll.ts';
import { ago } from '../../output/format.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';

interface Options extends CsvOptions {
  readonly search?: string;
  readonly filter: UserFilter;
  readonly sort?: string;
  readonly limit?: string;
}

async function listUsers(context: Context, options: Options): Promise<undefined> {
  const { api, output } = context;
  const view = {
    filter: options.filter,
    ...(options.search === undefined ? {} : { q: options.search }),
    ...(options.sort === undefined ? {} : { sort: options.sort }),
  };
  if (options.csv === true) return printCsv(context, 'exportUsers', { query: view });
  const client = await api();
  const most = options.limit === undefined ? undefined : Number(options.limit);
  const { items, total } = await readAll((page) => client.call('listUsers', { query: { ...view, ...page } }), most);
  output.result({ items, total }, () => {
    output.table(
      items,
      [
        { title: 'NAME', value: (user) => user.displayName },
        { title: 'USER NAME', value: (user) => user.userName },
        { title: 'STATE', value: (user) => (user.locked ? `${user.state}, locked` : user.state) },
        { title: 'ONLINE ACCOUNT', value: (user) => user.online?.address ?? '-' },
        { title: 'ONLINE STATE', value: (user) => user.online?.state ?? '-' },
        { title: 'LICENSES', value: (user) => user.online?.licenses.map((license) => license.name).join(', ') ?? '' },
        { title: 'PASSWORD', value: (user) => user.password.state },
        { title: 'LAST SIGN-IN', value: (user) => ago(user.lastSignInAt) },
      ],
      'Nobody matches.',
    );
    output.note(`${items.length} of ${total}`);
  });
  return undefined;
}

export function addListUsers(user: Command): void {
  exporting(user.command('list'))
    .description('people with their online accounts')
    .option('--search <text>', 'part of a name, user name, address or department')
    .addOption(new Option('--filter <preset>').choices(userFilterSchema.options).default('all'))
    .option('--sort <field>', 'field to sort by; -field turns the order round')
    .option('--limit <number>', 'at most so many')
    .action(action(listUsers));
}
