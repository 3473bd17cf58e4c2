import { isIP, isIPv6 } from 'node:net';
import { DomainError } from '@isthmus/kernel';

export interface DnsServerAddress {
  /** An address, or a name that the machine itself can look up. */
  readonly host: string;
  readonly port: number;
}

const DNS_PORT = 53;
const HOST = /^[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?\.?$/i;

/**
 * Reads `host`, `host:port`, an IPv6 address, or `[IPv6]:port`.
 * @throws DomainError `dns.server-invalid`
 */
export function parseDnsServerAddress(text: string): DnsServerAddress {
  const typed = text.trim();
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(typed) ?? [];
  const host = isIPv6(typed) ? typed : (bracketed ?? plain);
  const port = portText === undefined ? DNS_PORT : Number(portText);
  const isHost = host !== undefined && (isIP(host) !== 0 || (bracketed === undefined && HOST.test(host)));
  if (!isHost || port < 1 || port > 65_535) {
    throw new DomainError({
      code: 'dns.server-invalid',
      message: `${JSON.stringify(typed.slice(0, 80))} is not the address of a name server.`,
      remedy: 'Enter a host name or an address, with a port behind a colon if it is not 53.',
      field: 'server',
    });
  }
  return { host, port };
}

export function showDnsServerAddress({ host, port }: DnsServerAddress): string {
  if (port === DNS_PORT) return host;
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}
