import { type Clock, DomainError, type Logger, type Secret, silentLogger, systemClock } from '@isthmus/kernel';
import { AndFilter, type Client, EqualityFilter } from 'ldapts';
import { z } from 'zod';
import type { Directory } from '../Directory.ts';
import { vendorOf } from '../vendors/vendorOf.ts';
import { DomainControllerConnections } from './DomainControllerConnections.ts';
import { directoryError } from './directoryError.ts';
import { LdapDirectory } from './LdapDirectory.ts';
import { LdapSession, type NamingContexts, searchWith } from './LdapSession.ts';

export interface LdapDirectoryConfig {
  /** `ldaps://` addresses of domain controllers, in order of preference. */
  readonly urls: readonly string[];
  /** Certificate of the authority, or of the domain controller itself. */
  readonly caPem: string;
  /** DN, user principal name or `DOMAIN\name` of the service account. */
  readonly bindDn: string;
  readonly bindPassword: Secret;
  /** Taken from the domain controller when absent. */
  readonly baseDn?: string;
  /** Must exist when it is given. */
  readonly managedOu?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

const READING = { action: 'to read the domain' } as const;
const text = z.string().min(1);
const rootSchema = z.object({ baseDn: text, configurationDn: text, schemaDn: text });

const ROOT_ATTRIBUTES = [
  'defaultNamingContext',
  'configurationNamingContext',
  'schemaNamingContext',
  'supportedCapabilities',
  'vendorName',
];

/** Connects, signs in and reads what domain this is. @throws DomainError when any of it fails */
export async function connectLdapDirectory(config: LdapDirectoryConfig): Promise<Directory> {
  if (config.urls.length === 0) {
    throw new DomainError({
      code: 'directory.invalid-value',
      message: 'No domain controller is configured.',
      remedy: 'Enter at least one address.',
      field: 'urls',
    });
  }
  const logger = config.logger ?? silentLogger;
  const connections = new DomainControllerConnections(config.urls, config, logger);
  try {
    const session = await openSession(connections, config, logger);
    await demandManagedOu(session, config.managedOu);
    return new LdapDirectory(session);
  } catch (error) {
    await connections.close();
    throw directoryError(error, READING);
  }
}

async function openSession(
  connections: DomainControllerConnections,
  config: LdapDirectoryConfig,
  logger: Logger,
): Promise<LdapSession> {
  return connections.use(async (client) => {
    const [rootDse] = await searchWith(client, { base: '', scope: 'base', attributes: ROOT_ATTRIBUTES });
    if (rootDse === undefined) throw directoryError(new Error('empty root entry'), READING);
    const root = rootSchema.parse({
      baseDn: config.baseDn ?? rootDse.text('defaultNamingContext'),
      configurationDn: rootDse.text('configurationNamingContext'),
      schemaDn: rootDse.text('schemaNamingContext'),
    });
    const domains = await searchWith(client, {
      base: `CN=Partitions,${root.configurationDn}`,
      filter: new AndFilter({
        filters: [
          new EqualityFilter({ attribute: 'objectClass', value: 'crossRef' }),
          new EqualityFilter({ attribute: 'nCName', value: root.baseDn }),
        ],
      }),
      attributes: ['nETBIOSName'],
    });
    const names: NamingContexts = { ...root, netbiosName: domains[0]?.text('nETBIOSName') ?? '' };
    const parts = { connections, names, vendor: vendorOf(rootDse), clock: config.clock ?? systemClock, logger };
    return new LdapSession({ ...parts, serviceAccountDn: await serviceAccountDn(client, config.bindDn, root.baseDn) });
  });
}

/** The root entry names the caller's own SID first (MS-ADTS 3.1.1.3.2.25), whichever spelling was used to sign in. */
async function serviceAccountDn(client: Client, bindDn: string, baseDn: string): Promise<string> {
  const [rootDse] = await searchWith(client, { base: '', scope: 'base', attributes: ['tokenGroups'] });
  const [sid] = rootDse?.allBytes('tokenGroups') ?? [];
  if (sid === undefined) return bindDn;
  const filter = new EqualityFilter({ attribute: 'objectSid', value: sid });
  const [account] = await searchWith(client, { base: baseDn, filter, attributes: ['cn'] });
  return account?.dn ?? bindDn;
}

async function demandManagedOu(session: LdapSession, managedOu: string | undefined): Promise<void> {
  if (managedOu === undefined || (await session.read(managedOu, ['objectClass'])) !== undefined) return;
  throw new DomainError({
    code: 'directory.container-not-found',
    message: `The organizational unit ${managedOu} does not exist.`,
    remedy: 'Choose an existing organizational unit in Settings, or create it.',
    field: 'managedOu',
  });
}
