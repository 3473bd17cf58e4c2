import type { DnsRecordView, DomainDetails, RecordCheckView, ZoneChangeView } from '@isthmus/contracts';
import { ago } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';

const recordText = ({ type, value }: DnsRecordView): string => `${type} ${value}`;

function showRecord(output: Output, check: RecordCheckView): void {
  const { purpose, verdict, wanted, alternative, found, shadow, isOptional, notices } = check;
  output.line(`\n${purpose}${isOptional ? ' (optional)' : ''}: ${verdict}`);
  output.line(`  ${wanted.name} ${recordText(wanted)}`);
  if (alternative !== null && verdict !== 'found') output.line(`  or ${recordText(alternative)}`);
  if (verdict !== 'found') for (const record of found) output.line(`  found: ${recordText(record)}`);
  for (const record of shadow) output.line(`  inside the network: ${recordText(record)}`);
  for (const notice of notices)
    output.line(`  ${notice.message}${notice.remedy === undefined ? '' : ` ${notice.remedy}`}`);
}

/** A domain with its records, as a person reads it. */
export function showDomain(output: Output, domain: DomainDetails): void {
  output.properties([
    ['Domain', domain.shown === domain.name ? domain.name : `${domain.shown} (${domain.name})`],
    ['State', domain.state ?? ''],
    ['Verified', domain.verifiedAt ?? 'not yet'],
    ['Default', domain.isDefault ? 'yes' : 'no'],
    ['Mail has moved', domain.hasMoved ? 'yes' : 'no'],
    ['Looked at', ago(domain.checkedAt)],
    ['Next look', domain.nextCheckAt],
    ['Name servers', domain.nameServers.join(', ') || 'not known'],
  ]);
  if (domain.problem !== null) output.notice('Problem', domain.problem);
  for (const check of domain.records) showRecord(output, check);
}

/** Record sets that become others. */
export function showZoneChanges(output: Output, changes: readonly ZoneChangeView[]): void {
  for (const { name, type, before, after } of changes) {
    output.line(`${type} ${name}`);
    for (const record of before) output.line(`  - ${record.value}`);
    for (const record of after) output.line(`  + ${record.value}`);
  }
}
