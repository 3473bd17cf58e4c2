import { getServers } from 'node:dns';
import { DnsClient, parseDnsServerAddress } from '@isthmus/dns';
import type { Configuration } from '../config/Configuration.ts';
import type { DnsAccess } from '../features/domains/index.ts';

/** A domain controller that does not answer must not hold up the others. */
const DIRECTORY_TIMEOUT_MS = 1_500;

/**
 * Whom to ask about domains, as configured: else the machine's own resolver, and the DNS of the first domain controller.
 * @throws DomainError `dns.server-invalid`
 */
export function createDnsAccess(
  { resolver, serverPort, directoryServer }: Configuration['dns'],
  findDirectoryHost: () => string | undefined,
): DnsAccess {
  const [machines = '127.0.0.1'] = getServers();
  return {
    resolver: new DnsClient({ server: parseDnsServerAddress(resolver ?? machines) }),
    portOfServers: serverPort,
    findDirectoryServer: () => {
      const address = directoryServer ?? findDirectoryHost();
      if (address === undefined) return undefined;
      return new DnsClient({ server: parseDnsServerAddress(address), timeoutMs: DIRECTORY_TIMEOUT_MS });
    },
    fetch,
  };
}
