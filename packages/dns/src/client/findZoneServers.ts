import { canonicalName } from '@isthmus/kernel';
import type { DnsClient, DnsFailure } from './DnsClient.ts';
import type { DnsServerAddress } from './DnsServerAddress.ts';

export interface ZoneServer {
  readonly name: string;
  readonly server: DnsServerAddress;
}

export type ZoneServers =
  | { readonly kind: 'found'; readonly zone: string; readonly servers: readonly ZoneServer[] }
  /** Nobody says where the domain's zone is: it is not registered, or has no name servers yet. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: DnsFailure };

const DNS_PORT = 53;
/** More servers than this say nothing new. */
const MOST_SERVERS = 4;

/**
 * The name servers that hold the domain's own zone, whose answers are not out of a cache.
 * @param portOfServers for practice, where they do not listen at port 53
 */
export async function findZoneServers(
  domain: string,
  { resolver, portOfServers = DNS_PORT }: { readonly resolver: DnsClient; readonly portOfServers?: number },
): Promise<ZoneServers> {
  const labels = canonicalName(domain).split('.');
  // A zone of a registry is nobody's own: the last part alone is not asked for.
  for (let first = 0; first < labels.length - 1; first += 1) {
    const zone = labels.slice(first).join('.');
    const found = await resolver.askNameServers(zone);
    if (found.kind === 'failed') return found;
    if (found.kind === 'absent') continue;
    const servers = await Promise.all(
      found.names.slice(0, MOST_SERVERS).map((name) => addressOf(name, resolver, portOfServers)),
    );
    return { kind: 'found', zone, servers: servers.flat() };
  }
  return { kind: 'absent' };
}

async function addressOf(name: string, resolver: DnsClient, port: number): Promise<ZoneServer[]> {
  const answers = await Promise.all([resolver.ask(name, 'A'), resolver.ask(name, 'AAAA')]);
  const hosts = answers.flatMap((answer) =>
    answer.kind === 'answered' ? answer.records.flatMap((record) => ('address' in record ? [record.address] : [])) : [],
  );
  // One address of each server will do; IPv4 is the one that works everywhere.
  return hosts.slice(0, 1).map((host) => ({ name, server: { host, port } }));
}
