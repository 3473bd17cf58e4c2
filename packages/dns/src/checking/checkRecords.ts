import { randomUUID } from 'node:crypto';
import { canonicalName, type DnsRecord, type DnsRecordType } from '@isthmus/kernel';
import type { DnsClient, DnsFailure, DnsResult } from '../client/DnsClient.ts';
import { sameRecord, sameRecords } from '../records/DnsRecord.ts';
import { judgeRecord, type RecordJudgement } from './judgeRecord.ts';
import type { RecordPurpose, WantedRecord } from './WantedRecord.ts';

export type RecordVerdict =
  | RecordJudgement
  /** The zone has it; the directory's own name servers tell people inside something else. */
  | 'shadowed'
  /** The zone has it, but not all of its servers, or not yet a resolver. */
  | 'not-yet-everywhere'
  /** Nobody could be asked. */
  | 'unknown';

export interface RecordCheck {
  readonly wanted: WantedRecord;
  readonly verdict: RecordVerdict;
  /** At this name in the zone, by its own servers where they answer, else by the resolver. */
  readonly found: readonly DnsRecord[];
  /** At this name in the directory's own DNS, if that holds the zone too. */
  readonly shadow: readonly DnsRecord[];
  /** True when what is found is a record for every name of the zone that has none of its own. */
  readonly isWildcard: boolean;
  /** Why nobody could be asked. */
  readonly failure: DnsFailure | undefined;
}

export interface Askable {
  readonly domain: string;
  /** The zone's own servers. */
  readonly zone: readonly DnsClient[];
  readonly resolver: DnsClient;
  /** The directory's own DNS, which may hold a zone of the same name (split brain). */
  readonly directory?: DnsClient | undefined;
}

/** Programs of people inside ask for these; the others are asked for from outside alone. */
const ASKED_INSIDE: readonly RecordPurpose[] = ['autodiscover', 'webmail', 'communication', 'device-management'];

/** Whether programs inside the network need the record, so that a zone of the directory must have it too. */
export function isAskedInside({ purpose }: WantedRecord): boolean {
  return ASKED_INSIDE.includes(purpose);
}

interface Answers {
  readonly zone: readonly DnsResult[];
  readonly resolver: DnsResult;
  readonly directory: DnsResult | undefined;
}

type Ask = (name: string, type: DnsRecordType) => Promise<Answers>;

/** Every question once, all servers at the same time. */
function asker({ zone, resolver, directory }: Askable): Ask {
  const asked = new Map<string, Promise<Answers>>();
  return (name, type) => {
    const key = `${type} ${name}`;
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answers = Promise.all([
      Promise.all(zone.map((client) => client.ask(name, type))),
      resolver.ask(name, type),
      directory?.ask(name, type),
    ]).then(([ofZone, ofResolver, ofDirectory]) => ({ zone: ofZone, resolver: ofResolver, directory: ofDirectory }));
    asked.set(key, answers);
    return answers;
  };
}

/** An alias stands alone: any other type at its name is in its way. */
function typesAt({ record, alternative }: WantedRecord): DnsRecordType[] {
  const types: DnsRecordType[] = record.type === 'CNAME' ? ['CNAME', 'A', 'AAAA', 'MX', 'TXT'] : [record.type];
  return alternative === undefined ? types : [...types, alternative.type];
}

/** Only what stands at the name itself; where an alias leads is no matter of this zone. */
function recordsAt(name: string, result: DnsResult | undefined): DnsRecord[] {
  return result?.kind === 'answered' ? result.records.filter((record) => canonicalName(record.name) === name) : [];
}

function distinct(records: readonly DnsRecord[]): DnsRecord[] {
  return records.filter((record, index) => records.findIndex((other) => sameRecord(record, other)) === index);
}

/** An alias answers a question about any type. */
function allAt(name: string, results: readonly (DnsResult | undefined)[]): DnsRecord[] {
  return distinct(results.flatMap((result) => recordsAt(name, result)));
}

const failureIn = (results: readonly DnsResult[]): DnsFailure | undefined =>
  results
    .map((result) => (result.kind === 'failed' ? result.reason : undefined))
    .find((reason) => reason !== undefined);

/** Holds each wanted record against what DNS says. Never throws: who does not answer is told as `unknown`. */
export async function checkRecords(wanted: readonly WantedRecord[], askable: Askable): Promise<RecordCheck[]> {
  const ask = asker(askable);
  const sibling = `${randomUUID()}.${canonicalName(askable.domain)}`;
  return Promise.all(wanted.map((one) => checkRecord(one, ask, sibling)));
}

async function checkRecord(wanted: WantedRecord, ask: Ask, sibling: string): Promise<RecordCheck> {
  const { name } = wanted.record;
  const types = typesAt(wanted);
  // A record for every other name does not hold for the name of the zone itself.
  const isZone = sibling.endsWith(`.${name}`);
  const [answers, everywhere] = await Promise.all([
    Promise.all(types.map((type) => ask(name, type))),
    isZone ? [] : Promise.all(types.map((type) => ask(sibling, type))),
  ]);
  const servers = serversOf(answers, name);
  const failure = servers.length === 0 ? failureIn(answers.flatMap((one) => [...one.zone, one.resolver])) : undefined;
  const found = distinct(servers.flat());
  const wildcard = distinct(serversOf(everywhere, sibling).flat()).map((record): DnsRecord => ({ ...record, name }));
  const isWildcard = found.length > 0 && sameRecords(found, wildcard);
  const shadow = allAt(
    name,
    answers.map((one) => one.directory),
  );
  const base = { wanted, found, shadow, isWildcard, failure };
  if (servers.length === 0) return { ...base, verdict: 'unknown' };
  const judgement = judgeRecord(wanted, found);
  // What answers for every name was not put there for this one, and gives way to a record of its own.
  if (judgement !== 'found') return { ...base, verdict: isWildcard ? 'missing' : judgement };
  if (!isEverywhere(wanted, servers, answers)) return { ...base, verdict: 'not-yet-everywhere' };
  return { ...base, verdict: isShadowed(wanted, answers, shadow) ? 'shadowed' : 'found' };
}

/** What each server holds at the name: those of the zone that answered every question, else the resolver. */
function serversOf(answers: readonly Answers[], name: string): DnsRecord[][] {
  const zone = (answers[0]?.zone ?? []).map((_, index) => answers.map((one) => one.zone[index]));
  const answering = zone.filter((results) => results.every((result) => result?.kind !== 'failed'));
  if (answering.length > 0) return answering.map((results) => allAt(name, results));
  const resolved = answers.map((one) => one.resolver);
  if (resolved.length === 0 || resolved.some((result) => result.kind === 'failed')) return [];
  return [allAt(name, resolved)];
}

function isEverywhere(wanted: WantedRecord, servers: readonly DnsRecord[][], answers: readonly Answers[]): boolean {
  if (!servers.every((held) => judgeRecord(wanted, held) === 'found')) return false;
  const resolved = answers.map((one) => one.resolver);
  if (resolved.some((result) => result.kind === 'failed')) return true;
  return judgeRecord(wanted, allAt(wanted.record.name, resolved)) === 'found';
}

/** Only a server that holds a zone of its own for the name answers with authority. */
function isShadowed(wanted: WantedRecord, answers: readonly Answers[], shadow: readonly DnsRecord[]): boolean {
  if (!isAskedInside(wanted)) return false;
  const isOwnZone = answers.some(
    ({ directory }) => directory !== undefined && directory.kind !== 'failed' && directory.authoritative,
  );
  return isOwnZone && judgeRecord(wanted, shadow) !== 'found';
}
