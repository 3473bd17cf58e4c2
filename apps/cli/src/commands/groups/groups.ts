import type { ApiClient } from '@isthmus/api-client';
import { type Group, type groupFilters, idSchema } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type Context } from '../../command.ts';
import { readAll } from '../../connection/readAll.ts';
import { ExitCode } from '../../ExitCode.ts';
import { ago } from '../../output/format.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUsers } from '../users/resolveUser.ts';

interface DryRun {
  readonly dryRun?: boolean;
}
interface Answer {
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly warnings: readonly {
    readonly code: string;
    readonly message: string;
    readonly remedy?: string | undefined;
  }[];
}

const PRESETS = ['all', 'linked', 'not-linked', 'empty', 'needs-attention'] as const satisfies typeof groupFilters;
const queryOf = ({ dryRun }: DryRun): { dryRun?: 'true' } => (dryRun === true ? { dryRun: 'true' } : {});

/** @throws UsageError when no group is called so */
async function resolveGroup(api: ApiClient, name: string): Promise<string> {
  if (idSchema.safeParse(name).success) return name;
  const { items } = await readAll((page) => api.call('listGroups', { query: { q: name, ...page } }));
  const found = items.find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found.id;
  throw new UsageError(`The directory has no group ${name}.`);
}

async function resolveOnlineGroup(api: ApiClient, name: string): Promise<string> {
  if (idSchema.safeParse(name).success) return name;
  const { items } = await api.call('listOnlineGroups', {});
  const found = items.filter((group) => group.name.toLowerCase() === name.toLowerCase());
  if (found.length === 1 && found[0] !== undefined) return found[0].id;
  if (found.length === 0) throw new UsageError(`The tenant has no group ${name}.`);
  throw new UsageError(`${found.length} groups of the tenant are called ${name}. Give the id.`);
}

function report({ output }: Context, answer: Answer, options: DryRun): number {
  output.result(answer, () => {
    if (answer.changes.length === 0) output.line('Nothing to change: it is so already.');
    for (const { field, before, after } of answer.changes) {
      output.line(
        `${options.dryRun === true ? 'Would change' : 'Changed'} ${field}: ${before ?? '-'} -> ${after ?? '-'}`,
      );
    }
    for (const warning of answer.warnings) output.notice('Note', warning);
  });
  return ExitCode.ok;
}

function linkText({ link }: Group): string {
  return link === null ? '' : `${link.name} (${link.state})`;
}

async function list(
  { api, output }: Context,
  options: { readonly filter?: (typeof PRESETS)[number] },
): Promise<undefined> {
  const client = await api();
  const filter = options.filter ?? 'all';
  const groups = await readAll((page) => client.call('listGroups', { query: { filter, ...page } }));
  output.result(groups, () =>
    output.table(
      groups.items,
      [
        { title: 'NAME', value: (group) => group.name },
        { title: 'MEMBERS', value: (group) => String(group.memberCount) },
        { title: 'ONLINE GROUP', value: linkText },
        { title: 'DESCRIPTION', value: (group) => group.description },
      ],
      'No group matches.',
    ),
  );
  return undefined;
}

async function show({ api, output }: Context, name: string): Promise<undefined> {
  const client = await api();
  const group = await client.call('getGroup', { params: { id: await resolveGroup(client, name) } });
  output.result(group, () => {
    output.properties([
      ['Name', group.name],
      ['Description', group.description],
      [
        'Kind',
        `${group.scope}${group.isSecurity ? '' : ', distribution'}${group.isProtected ? ', of the system' : ''}`,
      ],
      ['Place', group.dn],
      ['Online group', linkText(group)],
      ...(group.link === null ? [] : ([['Looked at', ago(group.link.checkedAt)]] as [string, string][])),
    ]);
    if (group.link?.problem != null) output.notice('Problem', group.link.problem);
    output.line('');
    output.table(
      group.members,
      [
        { title: 'MEMBER', value: (member) => member.name },
        { title: 'KIND', value: (member) => member.kind },
        { title: 'THROUGH', value: (member) => member.through ?? '' },
        { title: 'ONLINE ACCOUNT', value: (member) => (member.hasOnlineAccount ? 'yes' : '') },
      ],
      'The group has no members.',
    );
  });
  return undefined;
}

async function add(
  context: Context,
  name: string,
  options: DryRun & { readonly description?: string },
): Promise<number> {
  const body = { name, ...(options.description === undefined ? {} : { description: options.description }) };
  return report(context, await (await context.api()).call('addGroup', { query: queryOf(options), body }), options);
}

async function change(
  context: Context,
  name: string,
  options: DryRun & { readonly name?: string; readonly description?: string },
): Promise<number> {
  const client = await context.api();
  const body = {
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.description === undefined ? {} : { description: options.description }),
  };
  if (Object.keys(body).length === 0) throw new UsageError('What shall change? Give --name or --description.');
  const params = { id: await resolveGroup(client, name) };
  return report(context, await client.call('changeGroup', { params, query: queryOf(options), body }), options);
}

async function remove(context: Context, name: string, options: DryRun): Promise<number> {
  const client = await context.api();
  const params = { id: await resolveGroup(client, name) };
  return report(context, await client.call('removeGroup', { params, query: queryOf(options) }), options);
}

const members =
  (direction: 'add' | 'remove') =>
  async (
    context: Context,
    name: string,
    users: string[],
    options: DryRun & { readonly group?: string[] },
  ): Promise<number> => {
    const client = await context.api();
    const params = { id: await resolveGroup(client, name) };
    const ids = await resolveUsers(client, users);
    for (const group of options.group ?? []) ids.push(await resolveGroup(client, group));
    if (ids.length === 0) throw new UsageError('Whom? Name people, or groups with --group.');
    const body = { [direction]: ids };
    return report(context, await client.call('changeGroupMembers', { params, query: queryOf(options), body }), options);
  };

async function link(
  context: Context,
  name: string,
  options: DryRun & { readonly to?: string; readonly name?: string },
): Promise<number> {
  const client = await context.api();
  const params = { id: await resolveGroup(client, name) };
  const body = {
    ...(options.to === undefined ? {} : { onlineGroupId: await resolveOnlineGroup(client, options.to) }),
    ...(options.name === undefined ? {} : { name: options.name }),
  };
  return report(context, await client.call('linkGroup', { params, query: queryOf(options), body }), options);
}

async function unlink(context: Context, name: string, options: DryRun): Promise<number> {
  const client = await context.api();
  const params = { id: await resolveGroup(client, name) };
  return report(context, await client.call('unlinkGroup', { params, query: queryOf(options) }), options);
}

async function approve(context: Context, name: string): Promise<number> {
  const client = await context.api();
  const params = { id: await resolveGroup(client, name) };
  return report(context, await client.call('approveHeldGroup', { params }), {});
}

const changing = (command: Command): Command =>
  command.option('--dry-run', 'show what would change and change nothing');

export function addGroupCommands(program: Command): void {
  const noun = program.command('group').description('groups of the directory and their online groups');
  noun
    .command('list')
    .description('every group, with the online group it is linked to')
    .addOption(new Option('--filter <preset>', 'only these').choices(PRESETS))
    .action(action(list));
  noun.command('show <group>').description('one group with its members').action(action(show));
  changing(noun.command('add <name>'))
    .description('add a global security group')
    .option('--description <text>')
    .action(action(add));
  changing(noun.command('change <group>'))
    .description('rename or describe a group')
    .option('--name <name>')
    .option('--description <text>')
    .action(action(change));
  changing(noun.command('remove <group>'))
    .description('remove a group from the directory; it cannot be restored')
    .action(action(remove));
  for (const [verb, direction] of [['add-member', 'add'] as const, ['remove-member', 'remove'] as const]) {
    changing(noun.command(`${verb} <group> [users...]`))
      .description(direction === 'add' ? 'add people or groups to a group' : 'remove people or groups from a group')
      .option('--group <group...>', 'groups')
      .action(action(members(direction)));
  }
  changing(noun.command('link <group>'))
    .description('link a group of the tenant, whose members follow from then on')
    .option('--to <online-group>', 'one that is there already; a new one is made when omitted')
    .option('--name <name>', 'name of the new one')
    .action(action(link));
  changing(noun.command('unlink <group>'))
    .description('end the link; both groups stay as they are')
    .action(action(unlink));
  noun
    .command('approve <group>')
    .description('let people be removed online whose removal is held')
    .action(action(approve));
}
