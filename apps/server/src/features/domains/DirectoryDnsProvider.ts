import type { DirectoryDns } from '@isthmus/directory';
import { type DnsProvider, pendingChanges, providerError, type RecordSetName, type ZoneChange } from '@isthmus/dns';
import { type DnsRecord, DomainError, isDomainError } from '@isthmus/kernel';

const WHO = 'The DNS of the directory';

/** The directory's own zones as a provider: needs no key, only a service account that may change them. */
export class DirectoryDnsProvider implements DnsProvider {
  readonly #dns: DirectoryDns;

  constructor(dns: DirectoryDns) {
    this.#dns = dns;
  }

  async test(domain: string): Promise<string> {
    const zone = await orProviderError(this.#dns.findZone(domain));
    if (zone === undefined) throw providerError('dns.zone-missing', WHO);
    if (!zone.mayWrite) throw notPermitted();
    return zone.name;
  }

  async read(zone: string, sets: readonly RecordSetName[]): Promise<readonly DnsRecord[]> {
    const records = await orProviderError(
      this.#dns.read(
        zone,
        sets.map(({ name }) => name),
      ),
    );
    return records.filter((record) => sets.some(({ name, type }) => record.name === name && record.type === type));
  }

  async apply(zone: string, changes: readonly ZoneChange[]): Promise<void> {
    const pending = await pendingChanges(this, zone, changes, WHO);
    if (pending.length > 0) await orProviderError(this.#dns.change(zone, pending));
  }
}

async function orProviderError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (isDomainError(cause, 'directory.not-permitted')) throw notPermitted(cause);
    if (isDomainError(cause, 'directory.dns-changed')) throw providerError('dns.changed-meanwhile', WHO, { cause });
    if (isDomainError(cause, 'directory.unreachable')) throw providerError('dns.provider-unreachable', WHO, { cause });
    if (isDomainError(cause, 'directory.container-not-found')) throw providerError('dns.zone-missing', WHO, { cause });
    throw providerError('dns.provider-failed', WHO, { cause });
  }
}

function notPermitted(cause?: unknown): DomainError {
  return new DomainError({
    code: 'dns.provider-refused',
    message: 'The service account may not change the DNS of the directory.',
    remedy:
      'Add it to the group DnsAdmins, for instance with "samba-tool group addmembers DnsAdmins" on Samba or Add-ADGroupMember on Windows; then try again.',
    cause,
  });
}
