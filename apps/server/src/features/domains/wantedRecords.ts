import type { RecordOptions } from '@isthmus/contracts';
import {
  dkimRecords,
  dmarcRecord,
  makeWanted,
  type RecordPurpose,
  type WantedRecord,
  webmailRecord,
} from '@isthmus/dns';
import type { DkimTargets, OwnershipRecords, ServiceRecord } from '@isthmus/microsoft365';

/** What the tenant answered about a domain. */
export interface TenantRecords {
  readonly ownership: OwnershipRecords | undefined;
  readonly services: readonly ServiceRecord[];
  readonly dkim: DkimTargets | undefined;
}

function purposeOf({ service, record }: ServiceRecord): RecordPurpose {
  if (service === 'Intune') return 'device-management';
  if (service === 'OfficeCommunicationsOnline') return 'communication';
  if (service !== 'Email') return 'other';
  if (record.type === 'MX') return 'mail';
  if (record.type === 'TXT') return 'sender-policy';
  return record.name.startsWith('autodiscover.') ? 'autodiscover' : 'other';
}

/** The records of a domain: the proof until it is verified, then those of the services and those wished for beside. */
export function wantedRecords(
  domain: { readonly name: string; readonly isVerified: boolean; readonly options: RecordOptions },
  { ownership, services, dkim }: TenantRecords,
): WantedRecord[] {
  const { name, isVerified, options } = domain;
  const wanted: WantedRecord[] = [];
  if (!isVerified && ownership !== undefined) {
    const { txt, mx } = ownership;
    wanted.push(makeWanted('ownership', txt, mx === undefined ? {} : { alternative: mx }));
  }
  for (const one of services) wanted.push(makeWanted(purposeOf(one), one.record, { isOptional: one.isOptional }));
  if (!isVerified) return wanted;
  const optional = { isOptional: true };
  if (options.webmail) wanted.push(makeWanted('webmail', webmailRecord(name), optional));
  if (options.dmarc) wanted.push(makeWanted('dmarc', dmarcRecord(name), optional));
  if (options.dkim && dkim !== undefined) {
    for (const record of dkimRecords(name, dkim.targets)) wanted.push(makeWanted('dkim', record, optional));
  }
  return wanted;
}
