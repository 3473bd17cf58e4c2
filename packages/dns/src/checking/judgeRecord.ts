import { canonicalName, type DnsRecord } from '@isthmus/kernel';
import { sameRecord } from '../records/DnsRecord.ts';
import { includesPolicy, isSpf } from '../records/senderPolicy.ts';
import type { WantedRecord } from './WantedRecord.ts';

export type RecordJudgement = 'found' | 'missing' | 'different' | 'duplicated' | 'conflicting';

const OWNERSHIP = /^MS=/i;
const DMARC = /^v=DMARC1\b/i;

/** The domain whose policy a wanted sender policy includes. */
export function includeOf(record: DnsRecord): string {
  return record.type === 'TXT' ? (/include:(\S+)/i.exec(record.text)?.[1] ?? '') : '';
}

/** Whether a name may have this record beside that one: an alias stands alone (RFC 1034, section 3.6.2). */
function standsInTheWay(wanted: DnsRecord, other: DnsRecord): boolean {
  return (wanted.type === 'CNAME') !== (other.type === 'CNAME');
}

/** What of several texts at a name is of the wanted kind. */
function isOfKind({ purpose }: WantedRecord, text: string): boolean {
  if (purpose === 'sender-policy') return isSpf(text);
  if (purpose === 'dmarc') return DMARC.test(text);
  return purpose === 'ownership' ? OWNERSHIP.test(text) : false;
}

function judgeText(wanted: WantedRecord, texts: readonly string[]): RecordJudgement {
  const { record, purpose } = wanted;
  const wantedText = record.type === 'TXT' ? record.text : '';
  const ofKind = texts.filter((text) => isOfKind(wanted, text));
  if (purpose === 'ownership') {
    if (texts.some((text) => text.trim().toLowerCase() === wantedText.toLowerCase())) return 'found';
    // Somebody else's proof, or one of an earlier time, harms nothing.
    return 'missing';
  }
  if (purpose === 'sender-policy' || purpose === 'dmarc') {
    if (ofKind.length > 1) return 'duplicated';
    const [only] = ofKind;
    if (only === undefined) return 'missing';
    // Any policy about unproved mail is the owner's own decision.
    return purpose === 'dmarc' || includesPolicy(only, includeOf(record)) ? 'found' : 'different';
  }
  return texts.includes(wantedText) ? 'found' : 'missing';
}

/** One wanted record against everything that a name holds, whatever its type. */
export function judgeRecord(wanted: WantedRecord, held: readonly DnsRecord[]): RecordJudgement {
  const { record } = wanted;
  const here = held.filter(({ name }) => canonicalName(name) === record.name);
  const isAlternativeThere =
    wanted.alternative !== undefined && here.some((one) => sameRecord(one, wanted.alternative ?? one));
  if (isAlternativeThere) return 'found';
  if (here.some((one) => standsInTheWay(record, one))) return 'conflicting';
  const ofType = here.filter(({ type }) => type === record.type);
  if (record.type === 'TXT')
    return judgeText(
      wanted,
      ofType.flatMap((one) => (one.type === 'TXT' ? [one.text] : [])),
    );
  if (record.type === 'MX') {
    // The preference is the owner's: during a migration it is not the one that was asked for.
    const exchanges = ofType.flatMap((one) => (one.type === 'MX' ? [canonicalName(one.exchange)] : []));
    if (exchanges.includes(canonicalName(record.exchange))) return 'found';
  } else if (ofType.some((one) => sameRecord(one, record))) {
    return ofType.length > 1 ? 'duplicated' : 'found';
  }
  return ofType.length === 0 ? 'missing' : 'different';
}
