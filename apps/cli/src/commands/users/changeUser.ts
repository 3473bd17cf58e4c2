import type { UserChanges } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUser } from './resolveUser.ts';

const FIELDS = [
  ['given-name', 'givenName'],
  ['surname', 'surname'],
  ['display-name', 'displayName'],
  ['user-name', 'userName'],
  ['upn', 'upn'],
  ['mail', 'mail'],
  ['department', 'department'],
  ['title', 'title'],
  ['office', 'office'],
  ['phone', 'phone'],
  ['mobile', 'mobile'],
  ['company', 'company'],
  ['description', 'description'],
] as const;

type Options = ChangeOptions & Partial<Record<(typeof FIELDS)[number][1], string>>;

async function changeUser(context: Context, name: string, options: Options): Promise<number> {
  const body: UserChanges = Object.fromEntries(
    FIELDS.flatMap(([, field]) => (options[field] === undefined ? [] : [[field, options[field]]])),
  );
  if (Object.keys(body).length === 0) throw new UsageError('Nothing to change: give at least one option.');
  const client = await context.api();
  const id = await resolveUser(client, name);
  const result = await client.call('changeUser', { params: { id }, query: changeQuery(options), body });
  return report(context, client, result, options);
}

export function addChangeUser(user: Command): void {
  const command = changing(user.command('change <name>')).description('change a person; the online account follows');
  for (const [option] of FIELDS) command.option(`--${option} <value>`);
  command.action(action(changeUser));
}
