import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { domainToASCII } from 'node:url';
import { DIRECTORY_DNS, type DomainDetails } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { ask } from '../../ask.ts';
import { action, type Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { ago } from '../../output/format.ts';
import { UsageError } from '../../UsageError.ts';
import { addDnsProviderCommands, resolveDnsProvider } from './dnsProviders.ts';
import { showDomain, showZoneChanges } from './showDomain.ts';

interface DryRun {
  readonly dryRun?: boolean;
}

const queryOf = ({ dryRun }: DryRun): { dryRun?: 'true' } => (dryRun === true ? { dryRun: 'true' } : {});
/** The API knows domains by their name in ASCII. */
const paramsOf = (name: string) => ({ name: domainToASCII(name.trim().toLowerCase()) || name });
const LOOK_AGAIN_MS = 5_000;
const OPTIONS = ['webmail', 'dkim', 'dmarc'] as const;

async function list({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('listDomains', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'DOMAIN', value: (domain) => domain.shown },
        { title: 'DEFAULT', value: (domain) => (domain.isDefault ? 'yes' : '') },
        { title: 'VERIFIED', value: (domain) => (domain.isVerified ? 'yes' : 'no') },
        { title: 'RECORDS', value: (domain) => domain.state ?? 'not watched' },
        { title: 'LOOKED AT', value: (domain) => (domain.checkedAt === null ? '' : ago(domain.checkedAt)) },
      ],
      'No tenant is integrated.',
    ),
  );
  return undefined;
}

async function link({ api, output }: Context, name: string, options: DryRun): Promise<undefined> {
  const result = await (await api()).call('linkDomain', { query: queryOf(options), body: { name } });
  output.result(result, () => {
    for (const notice of result.notices) output.notice('Note', notice);
    if (!result.done) {
      output.line(`Would link ${result.shown}${result.shown === result.name ? '' : ` (${result.name})`}.`);
      return;
    }
    if (result.domain !== null) showDomain(output, result.domain);
    if (result.domain?.isVerified === false) output.note('It is looked at until Microsoft 365 has verified it.');
  });
  return undefined;
}

function report({ output }: Context, domain: DomainDetails): number {
  output.result(domain, () => showDomain(output, domain));
  return domain.state === 'verified' ? ExitCode.ok : ExitCode.failed;
}

async function check(context: Context, name: string): Promise<number> {
  return report(context, await (await context.api()).call('checkDomain', { params: paramsOf(name) }));
}

async function verify(context: Context, name: string, options: { readonly wait?: string }): Promise<number> {
  const minutes = Number(options.wait ?? '0');
  if (!Number.isFinite(minutes) || minutes < 0)
    throw new UsageError(`--wait ${options.wait} is not a number of minutes.`);
  const client = await context.api();
  const deadline = Date.now() + minutes * 60_000;
  let domain = await client.call('checkDomain', { params: paramsOf(name) });
  while (!domain.isVerified && Date.now() < deadline) {
    await sleep(Math.min(LOOK_AGAIN_MS, Math.max(0, deadline - Date.now())));
    domain = await client.call('getDomain', { params: paramsOf(name) });
  }
  report(context, domain);
  return domain.isVerified ? ExitCode.ok : ExitCode.failed;
}

async function records(
  { api, output }: Context,
  name: string,
  options: { readonly text?: string },
): Promise<undefined> {
  const client = await api();
  if (options.text !== undefined) {
    const text = await client.text('downloadDomainRecords', { params: paramsOf(name) });
    if (options.text === '-') process.stdout.write(text);
    else await writeFile(options.text, text);
    return undefined;
  }
  const domain = await client.call('getDomain', { params: paramsOf(name) });
  output.result(domain, () => showDomain(output, domain));
  return undefined;
}

type ChangeDomainOptions = { readonly mailMoved?: 'yes' | 'no' } & {
  readonly [Name in (typeof OPTIONS)[number]]?: 'on' | 'off';
};

async function change({ api, output }: Context, name: string, options: ChangeDomainOptions): Promise<undefined> {
  const chosen = OPTIONS.flatMap((option) =>
    options[option] === undefined ? [] : [[option, options[option] === 'on'] as const],
  );
  const { mailMoved } = options;
  if (mailMoved === undefined && chosen.length === 0) throw new UsageError('Say what to change; see --help.');
  const body = {
    ...(mailMoved === undefined ? {} : { hasMoved: mailMoved === 'yes' }),
    options: Object.fromEntries(chosen),
  };
  const domain = await (await api()).call('changeDomain', { params: paramsOf(name), body });
  output.result(domain, () => showDomain(output, domain));
  return undefined;
}

async function write(
  { api, output }: Context,
  name: string,
  options: DryRun & { readonly provider: string; readonly replaceConflicts?: boolean },
): Promise<number> {
  const client = await api();
  const body = {
    providerId: options.provider === DIRECTORY_DNS ? DIRECTORY_DNS : await resolveDnsProvider(client, options.provider),
    replaceConflicts: options.replaceConflicts === true,
  };
  const result = await client.call('writeDomainRecords', { params: paramsOf(name), query: queryOf(options), body });
  output.result(result, () => {
    if (result.changes.length === 0) output.line('Nothing to write: everything that can be written is there.');
    showZoneChanges(output, result.changes);
    if (result.changes.length > 0)
      output.line(result.done ? `Written to ${result.zone}.` : `Would be written to ${result.zone}.`);
    for (const id of result.conflicts) output.line(`Not written, as other records stand at its name: ${id}`);
    if (result.conflicts.length > 0) output.note('Give --replace-conflicts to remove what stands in the way.');
  });
  return result.conflicts.length === 0 ? ExitCode.ok : ExitCode.failed;
}

async function undo({ api, output }: Context, name: string, options: DryRun): Promise<undefined> {
  const result = await (await api()).call('undoDomainRecords', { params: paramsOf(name), query: queryOf(options) });
  output.result(result, () => {
    showZoneChanges(output, result.changes);
    output.line(result.done ? 'Taken back.' : 'Would be taken back.');
  });
  return undefined;
}

async function setDefault({ api, output }: Context, name: string): Promise<undefined> {
  const domain = await (await api()).call('setDefaultDomain', { params: paramsOf(name) });
  output.result(domain, () => output.line(`${domain.shown} is the default domain.`));
  return undefined;
}

async function confirmation(name: string, yes: boolean): Promise<string> {
  if (yes) return paramsOf(name).name;
  if (!process.stdin.isTTY) throw new UsageError('Give --yes to unlink without being asked.');
  return ask(`Type ${name} to unlink it: `);
}

async function unlink(
  { api, output }: Context,
  name: string,
  options: DryRun & { readonly yes?: boolean },
): Promise<number> {
  const client = await api();
  const planned = await client.call('unlinkDomain', { params: paramsOf(name), query: { dryRun: 'true' }, body: {} });
  const isReady = planned.problem === null && options.dryRun !== true;
  const result = isReady
    ? await client.call('unlinkDomain', {
        params: paramsOf(name),
        query: {},
        body: { confirm: await confirmation(paramsOf(name).name, options.yes === true) },
      })
    : planned;
  output.result(result, () => {
    if (result.done) output.line(`${name} is unlinked. Its records at the provider stay as they are.`);
    else if (result.problem === null) output.line(`Would unlink ${name}.`);
    if (result.problem !== null) output.notice('Not possible', result.problem);
    for (const use of result.uses) output.line(`  ${use.kind} ${use.name}`);
  });
  return result.problem === null ? ExitCode.ok : ExitCode.failed;
}

const onOff = (flag: string, description: string): Option => new Option(flag, description).choices(['on', 'off']);

export function addDomainCommands(program: Command): void {
  const noun = program.command('domain').description('domains of the tenant and their DNS records');
  noun.command('list').description('domains of the tenant, and those that wait for their proof').action(action(list));
  noun
    .command('link <name>')
    .description('add a domain to the tenant, and watch its records')
    .option('--dry-run', 'judge the name and change nothing')
    .action(action(link));
  noun.command('check <name>').description('look at the records now').action(action(check));
  noun
    .command('verify <name>')
    .description('let Microsoft 365 look for the proof')
    .option('--wait <minutes>', 'go on looking for so long')
    .action(action(verify));
  noun
    .command('records <name>')
    .description('the records as they were found last')
    .option('--text <file>', 'write what is still to be made as a text, "-" for standard output')
    .action(action(records));
  noun
    .command('change <name>')
    .description('which further records are wanted, and whether mail has moved')
    .addOption(new Option('--mail-moved <answer>', 'all mail goes to Microsoft 365 already').choices(['yes', 'no']))
    .addOption(onOff('--webmail <state>', 'a short address for the web mail'))
    .addOption(onOff('--dkim <state>', 'aliases of the keys that sign mail'))
    .addOption(onOff('--dmarc <state>', 'a policy about mail that proves nothing'))
    .action(action(change));
  noun
    .command('write <name>')
    .description('write the records through a DNS provider')
    .requiredOption(
      '--provider <name>',
      'as "dns-provider list" shows it; "directory" for a zone of the directory that hides the public one',
    )
    .option('--replace-conflicts', 'remove what stands at the name of an alias')
    .option('--dry-run', 'show what would be written')
    .action(action(write));
  noun
    .command('undo <name>')
    .description('take back what was written last')
    .option('--dry-run', 'show what would be taken back')
    .action(action(undo));
  noun
    .command('set-default <name>')
    .description('make it the domain of new online accounts')
    .action(action(setDefault));
  noun
    .command('unlink <name>')
    .description('remove a domain that nothing uses any more')
    .option('--dry-run', 'show what still uses it')
    .option('--yes', 'do not ask for the name')
    .action(action(unlink));
  addDnsProviderCommands(program);
}
