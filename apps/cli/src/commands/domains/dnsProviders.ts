import { readFile } from 'node:fs/promises';
import type { ApiClient } from '@isthmus/api-client';
import { type DnsProviderView, dnsProviderKinds, idSchema, type NewDnsProvider } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type Context } from '../../command.ts';
import { readSecret } from '../../connection/readSecret.ts';
import { UsageError } from '../../UsageError.ts';

interface AddOptions {
  readonly kind: DnsProviderView['kind'];
  readonly domain: string;
  readonly server?: string;
  readonly url?: string;
  readonly keyFile?: string;
}

/** @throws UsageError when no provider is called so */
export async function resolveDnsProvider(client: ApiClient, name: string): Promise<string> {
  if (idSchema.safeParse(name).success) return name;
  const { items } = await client.call('listDnsProviders', {});
  const found = items.find((provider) => provider.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found.id;
  throw new UsageError(`There is no DNS provider ${name}. See: isthmus dns-provider list`);
}

/** From a file, or typed without being shown; never from the command line, where others could read it. */
async function readKey({ keyFile, kind }: AddOptions): Promise<string> {
  if (keyFile === undefined) {
    return (await readSecret(kind === 'rfc2136' ? 'Key (algorithm:name:secret): ' : 'API key: ')).reveal();
  }
  return readFile(keyFile, 'utf8').catch((error: Error) => {
    throw new UsageError(`The file ${keyFile} cannot be read: ${error.message}`);
  });
}

function demand(value: string | undefined, option: string, kind: string): string {
  if (value !== undefined) return value;
  throw new UsageError(`--kind ${kind} needs ${option}.`);
}

async function requestOf(name: string, options: AddOptions): Promise<NewDnsProvider> {
  const { kind } = options;
  switch (kind) {
    case 'rfc2136': {
      const server = demand(options.server, '--server', kind);
      return { kind, name, server, key: await readKey(options) };
    }
    case 'powerdns': {
      const url = demand(options.url, '--url', kind);
      return { kind, name, url, apiKey: (await readKey(options)).trim() };
    }
    case 'cloudflare':
      return { kind, name, apiToken: (await readKey(options)).trim() };
  }
}

async function list({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('listDnsProviders', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'NAME', value: (provider) => provider.name },
        { title: 'KIND', value: (provider) => provider.kind },
        { title: 'WHERE', value: (provider) => provider.where },
      ],
      'No DNS provider is connected. Add one with: isthmus dns-provider add',
    ),
  );
  return undefined;
}

async function add({ api, output }: Context, name: string, options: AddOptions): Promise<undefined> {
  const provider = await requestOf(name, options);
  const added = await (await api()).call('addDnsProvider', { body: { provider, domain: options.domain } });
  output.result(added, () => output.line(`${added.name} may write to the zone of ${options.domain}.`));
  return undefined;
}

async function remove({ api, output }: Context, name: string): Promise<undefined> {
  const client = await api();
  const id = await resolveDnsProvider(client, name);
  await client.call('removeDnsProvider', { params: { id } });
  output.result({ id }, () => output.line(`${name} is forgotten, and its key destroyed. Records stay as they are.`));
  return undefined;
}

export function addDnsProviderCommands(program: Command): void {
  const noun = program.command('dns-provider').description('who lets Isthmus write DNS records');
  noun.command('list').description('the providers that are connected').action(action(list));
  noun
    .command('add <name>')
    .description('connect a provider after a trial; the key is asked for, or read from a file')
    .addOption(new Option('--kind <kind>', 'how it is spoken to').choices(dnsProviderKinds).makeOptionMandatory())
    .requiredOption('--domain <domain>', 'to try it with')
    .option('--server <address>', 'name server, host or host:port (rfc2136)')
    .option('--url <url>', 'of its web server (powerdns)')
    .option('--key-file <file>', 'key as tsig-keygen wrote it, or the API key')
    .action(action(add));
  noun.command('remove <name>').description('forget a provider and its key').action(action(remove));
}
