import type { DirectoryInfo } from '../Directory.ts';
import { directoryError } from './directoryError.ts';
import { dateFromGeneralizedTime } from './directoryTime.ts';
import { domainNameOf } from './distinguishedName.ts';
import type { LdapSession } from './LdapSession.ts';
import { readPasswordPolicy } from './passwordPolicy.ts';

const READING = { action: 'to read the domain' } as const;
/** userAccountControl of a domain controller's computer account. */
const SERVER_TRUST_ACCOUNT = 8192;

async function listDomainControllers(session: LdapSession): Promise<readonly string[]> {
  const computers = await session.search({
    ...READING,
    base: session.names.baseDn,
    filter: `(&(objectCategory=computer)(userAccountControl:1.2.840.113556.1.4.803:=${SERVER_TRUST_ACCOUNT}))`,
    attributes: ['dNSHostName'],
  });
  return computers
    .map((computer) => computer.text('dNSHostName')?.toLowerCase())
    .filter((name) => name !== undefined)
    .sort();
}

async function listUpnSuffixes(session: LdapSession): Promise<readonly string[]> {
  const partitions = await session.read(`CN=Partitions,${session.names.configurationDn}`, ['uPNSuffixes']);
  const added = partitions?.texts('uPNSuffixes') ?? [];
  return [...new Set([domainNameOf(session.names.baseDn), ...added.map((suffix) => suffix.toLowerCase())])];
}

export async function readInfo(session: LdapSession): Promise<DirectoryInfo> {
  const rootDse = await session.read('', ['dnsHostName', 'currentTime']);
  if (rootDse === undefined) throw directoryError(new Error('empty root entry'), READING);
  const receivedAt = session.clock.now();
  const directoryTime = dateFromGeneralizedTime(rootDse.text('currentTime')) ?? receivedAt;
  // The directory only tells whole seconds.
  const skew = directoryTime.getTime() - receivedAt.getTime();
  const { baseDn } = session.names;
  return {
    dcHostName: rootDse.text('dnsHostName')?.toLowerCase() ?? '',
    vendor: session.vendor.name,
    baseDn,
    domainName: domainNameOf(baseDn),
    netbiosName: session.names.netbiosName,
    upnSuffixes: await listUpnSuffixes(session),
    clockSkewMs: Math.abs(skew) <= 1000 ? 0 : skew,
    domainControllers: await listDomainControllers(session),
    passwordPolicy: await readPasswordPolicy(session),
  };
}
