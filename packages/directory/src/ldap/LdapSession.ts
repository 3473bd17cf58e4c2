import type { Clock, Logger } from '@isthmus/kernel';
import { type Change, type Client, type Control, type Filter, FilterParser } from 'ldapts';
import type { Vendor } from '../vendors/Vendor.ts';
import type { DomainControllerConnections, Lane } from './DomainControllerConnections.ts';
import { directoryError, type ErrorContext, resultCodeOf } from './directoryError.ts';
import { BINARY_ATTRIBUTES, LdapEntry } from './LdapEntry.ts';

/** Names of the directory's parts, the same on every domain controller of the domain. */
export interface NamingContexts {
  readonly baseDn: string;
  readonly configurationDn: string;
  readonly schemaDn: string;
  /** NetBIOS name of the domain. */
  readonly netbiosName: string;
}

export interface SearchRequest extends ErrorContext {
  readonly base: string;
  readonly scope?: 'base' | 'one' | 'sub';
  readonly filter?: string | Filter;
  readonly attributes: readonly string[];
  readonly controls?: Control[];
  readonly lane?: Lane;
  /** Entries a page; without it, all in one answer. */
  readonly pageSize?: number | undefined;
  /** At most so many entries; more are not an error. */
  readonly limit?: number;
}

/** For a server that turns out to limit its answers against our expectation. */
const FALLBACK_PAGE_SIZE = 500;
const SIZE_LIMIT_EXCEEDED = 4;
/** Not here; Windows also says "ask somebody else" about names outside of the domain. */
const NOT_HERE: readonly (number | undefined)[] = [32, 10];

/** What every part of the adapter works with: connections, names, vendor, clock and log. */
export class LdapSession {
  readonly connections: DomainControllerConnections;
  readonly names: NamingContexts;
  readonly vendor: Vendor;
  readonly clock: Clock;
  readonly logger: Logger;
  /** DN of the account that this program signs in as. */
  readonly serviceAccountDn: string;

  constructor(parts: {
    connections: DomainControllerConnections;
    names: NamingContexts;
    vendor: Vendor;
    clock: Clock;
    logger: Logger;
    serviceAccountDn: string;
  }) {
    this.connections = parts.connections;
    this.names = parts.names;
    this.vendor = parts.vendor;
    this.clock = parts.clock;
    this.logger = parts.logger;
    this.serviceAccountDn = parts.serviceAccountDn;
  }

  async search(request: SearchRequest): Promise<readonly LdapEntry[]> {
    const pageSize = request.scope === 'base' || request.limit !== undefined ? undefined : this.vendor.pageSize;
    const lane = request.lane ?? 'quick';
    const run = (size: number | undefined): Promise<readonly LdapEntry[]> =>
      this.connections.use((client) => searchWith(client, { ...request, pageSize: size }), { lane, repeatable: true });
    try {
      return await run(pageSize).catch((error: unknown) => {
        if (resultCodeOf(error) !== SIZE_LIMIT_EXCEEDED || pageSize !== undefined) throw error;
        return run(FALLBACK_PAGE_SIZE);
      });
    } catch (error) {
      throw directoryError(error, request);
    }
  }

  /** The entry itself, or undefined when it does not exist or may not be seen. */
  async read(dn: string, attributes: readonly string[], controls?: Control[]): Promise<LdapEntry | undefined> {
    try {
      const entries = await this.connections.use(
        (client) => searchWith(client, { base: dn, scope: 'base', attributes, ...(controls && { controls }) }),
        { repeatable: true },
      );
      return entries[0];
    } catch (error) {
      if (NOT_HERE.includes(resultCodeOf(error))) return undefined;
      throw directoryError(error, { action: 'to read an entry' });
    }
  }

  /** One write; never repeated by itself. */
  async write(context: ErrorContext, work: (client: Client) => Promise<void>): Promise<void> {
    try {
      await this.connections.use(work);
    } catch (error) {
      throw directoryError(error, context);
    }
  }

  async modify(context: ErrorContext, dn: string, changes: Change[]): Promise<void> {
    if (changes.length > 0) await this.write(context, (client) => client.modify(dn, changes));
  }
}

export async function searchWith(
  client: Client,
  request: Omit<SearchRequest, 'action'>,
): Promise<readonly LdapEntry[]> {
  const { filter, limit, pageSize } = request;
  const { searchEntries } = await client.search(
    request.base,
    {
      scope: request.scope ?? 'sub',
      ...(filter === undefined
        ? {}
        : { filter: typeof filter === 'string' ? FilterParser.parseString(filter) : filter }),
      attributes: [...request.attributes],
      explicitBufferAttributes: [...BINARY_ATTRIBUTES],
      paged: pageSize !== undefined && { pageSize },
      ...(limit === undefined ? {} : { sizeLimit: limit }),
    },
    request.controls,
  );
  return searchEntries.map((entry) => new LdapEntry(entry));
}
