import type { DnsRecordView, Domain, DomainDetails, Notice, RecordCheckView, ZoneChangeView } from '@isthmus/contracts';
import {
  hostOf,
  isMxInOrder,
  isSpf,
  MOST_SPF_LOOKUPS,
  planZoneChanges,
  recordValue,
  type ZoneChange,
} from '@isthmus/dns';
import type { DnsRecord } from '@isthmus/kernel';
import type { CheckedRecord } from './keptRecords.ts';
import type { WatchedDomain } from './watchedDomains.ts';

type MxRecord = Extract<DnsRecord, { type: 'MX' }>;

function presentRecord(record: DnsRecord, domain: string): DnsRecordView {
  const { type, name, ttl } = record;
  return { type, name, host: hostOf(name, domain), value: recordValue(record), ttl };
}

export function presentChange({ name, type, before, after }: ZoneChange, domain: string): ZoneChangeView {
  const present = (record: DnsRecord) => presentRecord(record, domain);
  return { name, type, before: before.map(present), after: after.map(present) };
}

/** The record as it should be written beside what is there: the merged policy, the right preference. */
export function asWritten({ wanted, found, isWildcard }: CheckedRecord, hasMoved: boolean): DnsRecord {
  const held = isWildcard ? [] : found;
  const { changes } = planZoneChanges([wanted], held, { hasMoved, replaceConflicts: true });
  const after = [...changes.flatMap((change) => change.after), ...held];
  const isIt = (record: DnsRecord): boolean => {
    if (record.type !== wanted.record.type || record.name !== wanted.record.name) return false;
    if (record.type === 'MX') return wanted.record.type === 'MX' && record.exchange === wanted.record.exchange;
    return wanted.purpose === 'sender-policy' && record.type === 'TXT' && isSpf(record.text);
  };
  return after.find(isIt) ?? wanted.record;
}

function mailNotices(check: CheckedRecord, hasMoved: boolean): Notice[] {
  const wanted = check.wanted.record;
  if (wanted.type !== 'MX' || check.verdict === 'missing' || check.verdict === 'unknown') return [];
  const servers = check.found.filter((record): record is MxRecord => record.type === 'MX');
  const others = servers.filter(({ exchange }) => exchange !== wanted.exchange && !exchange.endsWith('.msv1.invalid'));
  const isInOrder = isMxInOrder(servers, wanted, hasMoved);
  if (others.length === 0) return [];
  if (!isInOrder) {
    return [
      {
        code: 'domains.mail-order',
        message: hasMoved
          ? 'Mail has moved, but other mail servers still come first.'
          : 'Mail would go to Microsoft 365 before it has moved: its preference is not greater than all others.',
        remedy: 'Set the preference that is proposed here.',
      },
    ];
  }
  if (hasMoved) return [];
  return [
    {
      code: 'domains.mail-elsewhere',
      message: `Mail still goes to ${others.map(({ exchange }) => exchange).join(', ')} first.`,
      remedy: 'When all mailboxes have moved, say so here: the preference is lowered then.',
    },
  ];
}

function noticesOf(check: CheckedRecord, hasMoved: boolean): Notice[] {
  const notices = mailNotices(check, hasMoved);
  if (check.lookups !== undefined && check.lookups > MOST_SPF_LOOKUPS) {
    notices.push({
      code: 'domains.too-many-lookups',
      message: `The sender policy costs ${check.lookups} questions; receivers stop after ${MOST_SPF_LOOKUPS} and refuse the mail.`,
      remedy: 'Take out senders that are not used any more, or name their addresses (ip4:, ip6:) in their place.',
    });
  }
  if (check.failure !== undefined) {
    notices.push({
      code: `domains.dns-${check.failure}`,
      message: 'No name server could be asked about this record.',
      remedy: 'Look whether the name servers of the domain answer; it is tried again by itself.',
    });
  }
  return notices;
}

/** What was found in place of the record; other texts of the zone are no matter of it. */
function isAbout({ wanted: { purpose } }: CheckedRecord, record: DnsRecord): boolean {
  if (record.type === 'MX') return purpose !== 'ownership' || record.exchange.endsWith('.msv1.invalid');
  if (record.type !== 'TXT') return true;
  if (purpose === 'sender-policy') return isSpf(record.text);
  if (purpose === 'ownership') return /^MS=/i.test(record.text);
  return purpose !== 'dmarc' || /^v=DMARC1\b/i.test(record.text);
}

function presentCheck(check: CheckedRecord, { name, has_moved: hasMoved }: WatchedDomain): RecordCheckView {
  const { wanted, verdict, found, shadow, isWildcard } = check;
  const present = (record: DnsRecord) => presentRecord(record, name);
  return {
    id: wanted.id,
    purpose: wanted.purpose,
    isOptional: wanted.isOptional,
    wanted: present(asWritten(check, hasMoved)),
    alternative: wanted.alternative === undefined ? null : present(wanted.alternative),
    verdict,
    found: found.filter((record) => isAbout(check, record)).map(present),
    shadow: shadow.map(present),
    isWildcard,
    notices: noticesOf(check, hasMoved),
  };
}

/** Whether a record is there as far as the world outside is concerned. */
export function isThere({ verdict }: CheckedRecord): boolean {
  return verdict === 'found' || verdict === 'shadowed' || verdict === 'not-yet-everywhere';
}

/** Whether a record that is needed is certainly not there; where nobody answered, that is not known. */
export function isMissing(check: CheckedRecord): boolean {
  return !check.wanted.isOptional && !isThere(check) && check.verdict !== 'unknown';
}

export function stateOf(row: WatchedDomain): NonNullable<Domain['state']> {
  if (row.problem !== null) return 'failed';
  if (row.verified_at === null) return 'waiting-for-dns';
  return row.checks.some(isMissing) ? 'records-missing' : 'verified';
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** @param known what the mirror has of it; undefined for a domain that is not verified yet */
export function presentDomain(
  row: WatchedDomain,
  known: Pick<Domain, 'isDefault' | 'isInitial'> | undefined,
): DomainDetails {
  const write = row.last_write;
  return {
    name: row.name,
    shown: row.shown,
    isDefault: known?.isDefault ?? false,
    isInitial: known?.isInitial ?? false,
    isVerified: row.verified_at !== null,
    state: stateOf(row),
    checkedAt: instant(row.checked_at),
    registrable: row.registrable,
    isRoot: row.is_root,
    addedAt: row.added_at.toISOString(),
    addedBy: row.added_by,
    verifiedAt: instant(row.verified_at),
    nextCheckAt: row.next_check_at.toISOString(),
    hasMoved: row.has_moved,
    options: row.options,
    records: row.checks.map((check) => presentCheck(check, row)),
    nameServers: row.name_servers,
    provider: row.provider,
    expiresAt: instant(row.expires_at),
    problem: row.problem,
    lastWrite: write && {
      at: write.at,
      by: write.by,
      provider: write.providerName,
      changes: write.changes.map((change) => presentChange(change, row.name)),
      undone: write.undone,
    },
  };
}
