import { recordsOf, type ZoneChange } from '../planning/ZoneChange.ts';
import { sameRecords } from '../records/DnsRecord.ts';
import type { DnsProvider } from './DnsProvider.ts';
import { providerError } from './providerErrors.ts';

/**
 * The changes that are not made yet, by what the zone holds now.
 * @throws DomainError `dns.changed-meanwhile` when a set is neither as before nor as after
 */
export async function pendingChanges(
  provider: DnsProvider,
  zone: string,
  changes: readonly ZoneChange[],
  who: string,
): Promise<ZoneChange[]> {
  const held = await provider.read(zone, changes);
  return changes.filter(({ name, type, before, after }) => {
    const now = recordsOf(held, name, type);
    if (sameRecords(now, after)) return false;
    if (sameRecords(now, before)) return true;
    throw providerError('dns.changed-meanwhile', who, { detail: `${type} of ${name}` });
  });
}
