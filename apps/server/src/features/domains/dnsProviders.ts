import { randomUUID } from 'node:crypto';
import { DIRECTORY_DNS, type DnsProviderKind, type DnsProviderView, type NewDnsProvider } from '@isthmus/contracts';
import {
  CloudflareProvider,
  type DnsProvider,
  PowerDnsProvider,
  parseDnsServerAddress,
  parseTsigKey,
  Rfc2136Provider,
  readDomainName,
  showDnsServerAddress,
} from '@isthmus/dns';
import { type Clock, DomainError, Secret } from '@isthmus/kernel';
import type { Selectable } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { DnsProviderTable } from '../../storage/schema.ts';
import { DirectoryDnsProvider } from './DirectoryDnsProvider.ts';

type Row = Selectable<DnsProviderTable>;
type Access = { readonly settings: Readonly<Record<string, string>>; readonly secret: Secret };

const secretName = (id: string): string => `dns-provider-${id}`;

/** Apart what may be shown and what is sealed. @throws DomainError `dns.server-invalid`, `dns.key-invalid` */
function accessOf(provider: NewDnsProvider): Access {
  switch (provider.kind) {
    case 'rfc2136': {
      const server = showDnsServerAddress(parseDnsServerAddress(provider.server));
      const { name, algorithm, secret } = parseTsigKey(provider.key);
      return {
        settings: { server, keyName: name, algorithm },
        secret: new Secret(`${algorithm}:${name}:${secret.reveal()}`),
      };
    }
    case 'powerdns':
      return { settings: { url: provider.url }, secret: new Secret(provider.apiKey.trim()) };
    case 'cloudflare':
      return { settings: {}, secret: new Secret(provider.apiToken.trim()) };
  }
}

function connect(kind: DnsProviderKind, { settings, secret }: Access, clock: Clock): DnsProvider {
  switch (kind) {
    case 'rfc2136': {
      const server = parseDnsServerAddress(settings['server'] ?? '');
      return new Rfc2136Provider({ server, key: parseTsigKey(secret.reveal()), clock });
    }
    case 'powerdns':
      return new PowerDnsProvider({ url: settings['url'] ?? '', apiKey: secret });
    case 'cloudflare':
      return new CloudflareProvider({ apiToken: secret });
  }
}

function present({ id, kind, name, settings, added_at: addedAt, added_by: addedBy }: Row): DnsProviderView {
  const where = {
    rfc2136: `${settings['server'] ?? ''}, key ${settings['keyName'] ?? ''}`,
    powerdns: settings['url'] ?? '',
    cloudflare: 'api.cloudflare.com',
  };
  return { id, kind, name, where: where[kind], addedAt: addedAt.toISOString(), addedBy };
}

export async function listDnsProviders({ database }: Platform): Promise<DnsProviderView[]> {
  const rows = await database.selectFrom('dns_provider').selectAll().orderBy('name').execute();
  return rows.map(present);
}

/** @param id or `directory` for its own zones @throws DomainError `domains.provider-missing` */
export async function openDnsProvider(
  { database, secrets, clock, connections }: Platform,
  id: string,
): Promise<{ readonly name: string; readonly provider: DnsProvider }> {
  if (id === DIRECTORY_DNS) {
    return { name: 'the directory', provider: new DirectoryDnsProvider(connections.getDirectory().dns) };
  }
  const row = await database.selectFrom('dns_provider').selectAll().where('id', '=', id).executeTakeFirst();
  const secret = row && (await secrets.find(secretName(row.id)));
  if (row === undefined || secret === undefined) {
    throw new DomainError({
      code: 'domains.provider-missing',
      message: 'This DNS provider is not known here any more.',
      remedy: 'Choose another one, or add it again.',
      field: 'providerId',
    });
  }
  return { name: row.name, provider: connect(row.kind, { settings: row.settings, secret }, clock) };
}

/** Adds a provider that proved to let us write to the zone of a domain. @throws DomainError of the trial */
export async function addDnsProvider(
  platform: Platform,
  request: { readonly provider: NewDnsProvider; readonly domain: string },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<DnsProviderView> {
  const { database, secrets, clock, audit, events } = platform;
  const { kind, name } = request.provider;
  const access = accessOf(request.provider);
  const domain = readDomainName(request.domain).name;
  const zone = await connect(kind, access, clock).test(domain);
  const id = randomUUID();
  // The secret first: a provider without it would look usable and could not be used.
  await secrets.put(secretName(id), access.secret);
  const row = await database
    .insertInto('dns_provider')
    .values({
      id,
      kind,
      name,
      settings: JSON.stringify(access.settings),
      added_at: clock.now(),
      added_by: by.actor.userName,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    await secrets.remove(secretName(id));
    throw new DomainError({
      code: 'domains.provider-name-taken',
      message: `There is a DNS provider with the name ${JSON.stringify(name)} already.`,
      remedy: 'Choose another name, or remove that one first.',
      field: 'name',
    });
  }
  await audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'dns-provider.add',
    sentence: `Added the DNS provider ${name}, which may write to the zone ${zone}`,
    subject: name,
    result: 'done',
    requestId: by.requestId,
  });
  events.publish({ topic: 'integration' });
  return present(row);
}

export async function removeDnsProvider(
  { database, secrets, audit, events }: Platform,
  id: string,
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<void> {
  const row = await database.deleteFrom('dns_provider').where('id', '=', id).returningAll().executeTakeFirst();
  await secrets.remove(secretName(id));
  if (row === undefined) return;
  await audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'dns-provider.remove',
    sentence: `Removed the DNS provider ${row.name}`,
    subject: row.name,
    result: 'done',
    requestId: by.requestId,
  });
  events.publish({ topic: 'integration' });
}
