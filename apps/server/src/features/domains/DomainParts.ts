import type { DnsClient } from '@isthmus/dns';
import type { Platform } from '../../composition/Platform.ts';

/** Whom this installation asks about domains. */
export interface DnsAccess {
  readonly resolver: DnsClient;
  /** Of the name servers of domains. */
  readonly portOfServers: number;
  /** The directory's own name server, where there is a directory. */
  findDirectoryServer(): DnsClient | undefined;
  /** For what the registry and the provider tell over the web. */
  readonly fetch: typeof fetch;
}

export interface DomainParts {
  readonly platform: Platform;
  readonly dns: DnsAccess;
  /** Lets the mirror read the domains of the tenant anew. */
  readonly refreshTenant: () => Promise<void>;
}
