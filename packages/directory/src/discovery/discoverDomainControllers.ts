import { DomainError } from '@isthmus/kernel';
import { querySrv, type SrvRecord } from './querySrv.ts';

export interface DiscoveredDomainController {
  readonly host: string;
  readonly ldapsUrl: string;
}

const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * The domain controllers that the domain announces in DNS, best first. The announced port is the unencrypted one;
 * the encrypted one is 636 always.
 */
export async function discoverDomainControllers(
  domainName: string,
  resolveSrv: (name: string) => Promise<readonly SrvRecord[]> = querySrv,
): Promise<readonly DiscoveredDomainController[]> {
  const name = domainName.trim().toLowerCase().replace(/\.$/, '');
  if (!DOMAIN_NAME.test(name)) {
    throw new DomainError({
      code: 'directory.invalid-value',
      message: `${JSON.stringify(domainName)} is not the DNS name of a domain.`,
      remedy: 'Enter a name such as corp.example.com.',
      field: 'domainName',
    });
  }
  const records = await resolveSrv(`_ldap._tcp.dc._msdcs.${name}`).catch((error: unknown) => {
    throw new DomainError({
      code: 'directory.unreachable',
      message: `DNS names no domain controller for ${name}.`,
      remedy: "Let this machine use the domain's own DNS servers, or enter the address of a domain controller.",
      field: 'domainName',
      cause: error,
    });
  });
  const hosts = records
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight || a.name.localeCompare(b.name))
    .map((record) => record.name.toLowerCase().replace(/\.$/, ''));
  return [...new Set(hosts)].map((host) => ({ host, ldapsUrl: `ldaps://${host}` }));
}
