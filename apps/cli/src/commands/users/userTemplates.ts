import { randomUUID } from 'node:crypto';
import type { ApiClient } from '@isthmus/api-client';
import { idSchema, type UserTemplate } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveLicenses } from '../licenses/resolveLicenses.ts';

async function findTemplate(api: ApiClient, name: string): Promise<UserTemplate | undefined> {
  const { items } = await api.call('listUserTemplates', {});
  return items.find((template) => template.id === name || template.name.toLowerCase() === name.toLowerCase());
}

/** @throws UsageError when no template is called so */
async function demandTemplate(api: ApiClient, name: string): Promise<UserTemplate> {
  const found = await findTemplate(api, name);
  if (found === undefined) throw new UsageError(`There is no template ${name}. See: isthmus user template list`);
  return found;
}

/** Id of the template with this name or id, as the body of a command takes it. */
export async function templateIdOf(
  api: ApiClient,
  name: string | undefined,
): Promise<{ readonly templateId?: string }> {
  if (name === undefined) return {};
  return { templateId: idSchema.safeParse(name).success ? name : (await demandTemplate(api, name)).id };
}

async function list({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('listUserTemplates', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'NAME', value: ({ name }) => name },
        { title: 'DEPARTMENT', value: ({ department }) => department },
        { title: 'GROUPS', value: ({ groupDns }) => String(groupDns.length) },
        { title: 'ONLINE', value: ({ online }) => (online === null ? '' : `@${online.domain}`) },
        { title: 'DESCRIPTION', value: ({ description }) => description },
      ],
      'There is no template yet. Make one: isthmus user template save <name>',
    ),
  );
  return undefined;
}

async function show({ api, output }: Context, name: string): Promise<undefined> {
  const template = await demandTemplate(await api(), name);
  output.result(template, () =>
    output.properties([
      ['Name', template.name],
      ['Description', template.description],
      ['Unit', template.containerDn ?? '(the managed one)'],
      ['Department', template.department],
      ['Job title', template.title],
      ['Office', template.office],
      ['Company', template.company],
      ['Groups', template.groupDns.join('; ')],
      ['Online account', template.online === null ? '(none)' : `user name @${template.online.domain}`],
      ['Licenses', template.online?.skuIds.join('; ') ?? ''],
      ['Usage location', template.online?.usageLocation ?? ''],
    ]),
  );
  return undefined;
}

interface SaveOptions {
  readonly description?: string;
  readonly ou?: string;
  readonly group?: string[];
  readonly department?: string;
  readonly title?: string;
  readonly office?: string;
  readonly company?: string;
  readonly online?: string | false;
  readonly license?: string[];
  readonly usageLocation?: string;
}

async function onlineOf(api: ApiClient, options: SaveOptions, before: UserTemplate['online']) {
  if (options.online === false) return null;
  const domain = options.online ?? before?.domain;
  if (domain === undefined) {
    if (options.license === undefined && options.usageLocation === undefined) return null;
    throw new UsageError('Licenses need an online account: give --online <domain> too.');
  }
  const usageLocation = options.usageLocation ?? before?.usageLocation;
  return {
    domain,
    skuIds: options.license === undefined ? (before?.skuIds ?? []) : await resolveLicenses(api, options.license),
    ...(usageLocation === undefined ? {} : { usageLocation }),
  };
}

async function save({ api, output }: Context, name: string, options: SaveOptions): Promise<undefined> {
  const client = await api();
  const before = await findTemplate(client, name);
  const containerDn = options.ou ?? before?.containerDn;
  const saved = await client.call('saveUserTemplate', {
    params: { id: before?.id ?? randomUUID() },
    body: {
      name: before?.name ?? name,
      description: options.description ?? before?.description ?? '',
      department: options.department ?? before?.department ?? '',
      title: options.title ?? before?.title ?? '',
      office: options.office ?? before?.office ?? '',
      company: options.company ?? before?.company ?? '',
      groupDns: options.group ?? before?.groupDns ?? [],
      online: await onlineOf(client, options, before?.online ?? null),
      ...(containerDn === undefined ? {} : { containerDn }),
    },
  });
  output.result(saved, () => output.line(`${before === undefined ? 'Made' : 'Changed'} the template ${saved.name}.`));
  return undefined;
}

async function remove({ api, output }: Context, name: string): Promise<undefined> {
  const client = await api();
  const { id, name: removed } = await demandTemplate(client, name);
  await client.call('removeUserTemplate', { params: { id } });
  output.result({ id }, () => output.line(`Removed the template ${removed}. People made from it stay as they are.`));
  return undefined;
}

export function addUserTemplates(user: Command): void {
  const template = user.command('template').description('what new people of one kind have in common');
  template.command('list').description('all templates').action(action(list));
  template.command('show <name>').description('everything in a template').action(action(show));
  template
    .command('save <name>')
    .description('make a template, or change what is given of one')
    .option('--description <text>')
    .option('--ou <dn>', 'unit for the accounts; the managed one when omitted')
    .option('--group <dn...>', 'groups that new people join')
    .option('--department <text>')
    .option('--title <text>')
    .option('--office <text>')
    .option('--company <text>')
    .option('--online <domain>', 'with an online account: user name @ this domain')
    .option('--no-online', 'without an online account')
    .option('--license <product...>', 'licenses of the online account: part number or id')
    .option('--usage-location <country>', 'two letters; the tenant’s own when omitted')
    .action(action(save));
  template.command('remove <name>').description('remove a template').action(action(remove));
}
