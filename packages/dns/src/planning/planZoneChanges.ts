import { canonicalName, type DnsRecord, type DnsRecordType, recordTypes } from '@isthmus/kernel';
import { includeOf, judgeRecord } from '../checking/judgeRecord.ts';
import type { WantedRecord } from '../checking/WantedRecord.ts';
import { isSpf, mergeSpf } from '../records/senderPolicy.ts';
import { planMx } from './planMx.ts';
import { onlyReal, recordsOf, type ZoneChange } from './ZoneChange.ts';

export interface PlanChoice {
  /** Mail of the domain goes to the tenant already. */
  readonly hasMoved: boolean;
  /** Remove what stands at the name of an alias; otherwise that record is left to the owner. */
  readonly replaceConflicts: boolean;
}

export interface ZonePlan {
  readonly changes: readonly ZoneChange[];
  /** Ids of wanted records that cannot be written as long as others stand in their way. */
  readonly conflicts: readonly string[];
}

/**
 * What has to be written to a zone for the wanted records, and nothing else: other records stay as they are, the sender
 * policy is merged, the mail servers keep their order. After the changes are made, there is nothing more to plan.
 * @param held the records that the zone has at the names of the wanted ones
 */
export function planZoneChanges(
  wanted: readonly WantedRecord[],
  held: readonly DnsRecord[],
  choice: PlanChoice,
): ZonePlan {
  const records = held.map((record): DnsRecord => ({ ...record, name: canonicalName(record.name) }));
  const conflicts: string[] = [];
  let planned = records;
  for (const one of wanted) {
    const isConflicting = judgeRecord(one, planned) === 'conflicting';
    const mayReplace = choice.replaceConflicts && !takesMail(one, planned);
    if (isConflicting && !mayReplace) conflicts.push(one.id);
    else planned = withRecord(planned, one, choice);
  }
  return { changes: onlyReal(changesBetween(records, planned)), conflicts };
}

/** A mail server must not become an alias (RFC 2181, section 10.3): mail for the domain would be lost. */
function takesMail({ record }: WantedRecord, records: readonly DnsRecord[]): boolean {
  return (
    record.type === 'CNAME' &&
    records.some((other) => other.type === 'MX' && canonicalName(other.exchange) === record.name)
  );
}

/** Removals come first: an alias cannot be made while something else is at its name. */
function changesBetween(before: readonly DnsRecord[], after: readonly DnsRecord[]): ZoneChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const changes = names.flatMap((name) =>
    recordTypes.map(
      (type): ZoneChange => ({
        name,
        type,
        before: recordsOf(before, name, type),
        after: recordsOf(after, name, type),
      }),
    ),
  );
  return changes.toSorted((one, other) => Math.min(1, one.after.length) - Math.min(1, other.after.length));
}

function withRecord(records: readonly DnsRecord[], wanted: WantedRecord, choice: PlanChoice): DnsRecord[] {
  const { record } = wanted;
  const cleared = records.filter(
    (other) => other.name !== record.name || (other.type === 'CNAME') === (record.type === 'CNAME'),
  );
  const isOfSet = (other: DnsRecord): boolean => other.name === record.name && other.type === record.type;
  const others = cleared.filter((other) => !isOfSet(other));
  return [...others, ...newSet(cleared.filter(isOfSet), wanted, choice)];
}

function newSet(current: readonly DnsRecord[], wanted: WantedRecord, { hasMoved }: PlanChoice): readonly DnsRecord[] {
  const { record, purpose } = wanted;
  if (record.type === 'MX') return planMx(ofType(current, 'MX'), record, hasMoved);
  if (judgeRecord(wanted, current) === 'found') return current;
  if (record.type !== 'TXT') return [{ ...record, ttl: current[0]?.ttl ?? record.ttl }];
  const ttl = current[0]?.ttl ?? record.ttl;
  const texts = ofType(current, 'TXT');
  if (purpose === 'sender-policy') {
    const policies = texts.filter(({ text }) => isSpf(text));
    const text = mergeSpf(
      policies.map((one) => one.text),
      includeOf(record),
    );
    return [...texts.filter((one) => !policies.includes(one)), { ...record, ttl, text }];
  }
  if (purpose === 'dmarc') {
    // The first of several stays: which one was meant is not ours to say.
    const [first = { ...record, ttl }, ...further] = texts.filter(({ text }) => /^v=DMARC1\b/i.test(text));
    return [...texts.filter((one) => one !== first && !further.includes(one)), first];
  }
  return [...texts, { ...record, ttl }];
}

function ofType<Type extends DnsRecordType>(
  records: readonly DnsRecord[],
  type: Type,
): Extract<DnsRecord, { type: Type }>[] {
  return records.filter((record): record is Extract<DnsRecord, { type: Type }> => record.type === type);
}
