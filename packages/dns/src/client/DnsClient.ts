import { randomInt } from 'node:crypto';
import { canonicalName, type DnsRecord, type DnsRecordType } from '@isthmus/kernel';
import { type Answer, type DecodedPacket, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet';
import type { DnsServerAddress } from './DnsServerAddress.ts';
import { type ExchangeFailure, exchangeByTcp, exchangeByUdp } from './exchange.ts';

/** `refused`: the server does not answer for this name; `servfail`: it could not find out. */
export type DnsFailure = ExchangeFailure | 'refused' | 'servfail';

export type DnsResult =
  /** Every record of the answer, those that an alias led to included. */
  | { readonly kind: 'answered'; readonly records: readonly DnsRecord[]; readonly authoritative: boolean }
  /** There is no such name, or no record of this type at it. */
  | { readonly kind: 'absent'; readonly authoritative: boolean }
  | { readonly kind: 'failed'; readonly reason: DnsFailure };

export type NameServersResult =
  | { readonly kind: 'answered'; readonly names: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: DnsFailure };

export interface DnsClientOptions {
  readonly server: DnsServerAddress;
  /** For one question, over UDP and TCP together up to twice as long. */
  readonly timeoutMs?: number;
}

type Question = { readonly name: string; readonly type: DnsRecordType | 'NS' };

const TIMEOUT_MS = 3_000;
/** What is not cut into pieces on its way (DNS flag day 2020). */
const UDP_BYTES = 1_232;
const MOST_IDS = 0x1_0000;

function decoded(bytes: Buffer): DecodedPacket | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

/** The type description of the library leaves the response code out. */
function rcodeOf(packet: DecodedPacket): string {
  return (packet as DecodedPacket & { readonly rcode: string }).rcode;
}

/** Whether a packet answers this question; a lying one for another name, or a guessed one, does not. */
function isAnswerTo(bytes: Buffer, id: number, { name, type }: Question): boolean {
  const packet = decoded(bytes);
  const [question] = packet?.questions ?? [];
  // A server that could not read the question may leave it out.
  const matches =
    question === undefined
      ? packet !== undefined && rcodeOf(packet) !== 'NOERROR'
      : canonicalName(question.name) === name && question.type === type;
  return packet?.type === 'response' && packet.id === id && matches;
}

function bytesOf(data: string | Buffer | (string | Buffer)[]): Buffer {
  const parts = Array.isArray(data) ? data : [data];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function recordOf(answer: Answer): DnsRecord | undefined {
  const name = canonicalName(answer.name);
  const ttl = 'ttl' in answer ? (answer.ttl ?? 0) : 0;
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return { type: answer.type, name, ttl, address: answer.data.toLowerCase() };
    case 'CNAME':
      return { type: 'CNAME', name, ttl, target: canonicalName(answer.data) };
    case 'MX':
      return {
        type: 'MX',
        name,
        ttl,
        preference: answer.data.preference ?? 0,
        exchange: canonicalName(answer.data.exchange),
      };
    case 'TXT':
      return { type: 'TXT', name, ttl, text: bytesOf(answer.data).toString('utf8') };
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data;
      return { type: 'SRV', name, ttl, priority, weight, port, target: canonicalName(target) };
    }
    default:
      return undefined;
  }
}

/** Asks one name server (RFC 1035). Trouble with the network is an answer, never thrown. */
export class DnsClient {
  readonly server: DnsServerAddress;
  readonly #timeoutMs: number;

  constructor({ server, timeoutMs = TIMEOUT_MS }: DnsClientOptions) {
    this.server = server;
    this.#timeoutMs = timeoutMs;
  }

  async ask(name: string, type: DnsRecordType): Promise<DnsResult> {
    const packet = await this.#query({ name: canonicalName(name), type });
    if (typeof packet === 'string') return { kind: 'failed', reason: packet };
    const records = (packet.answers ?? []).map(recordOf).filter((record) => record !== undefined);
    const authoritative = packet.flag_aa;
    return records.length === 0 ? { kind: 'absent', authoritative } : { kind: 'answered', records, authoritative };
  }

  /** The servers of the zone that begins at this name; absent where none begins. */
  async askNameServers(name: string): Promise<NameServersResult> {
    const wanted = canonicalName(name);
    const packet = await this.#query({ name: wanted, type: 'NS' });
    if (typeof packet === 'string') return { kind: 'failed', reason: packet };
    const names = (packet.answers ?? []).flatMap((answer) =>
      answer.type === 'NS' && canonicalName(answer.name) === wanted ? [canonicalName(answer.data)] : [],
    );
    return names.length === 0 ? { kind: 'absent' } : { kind: 'answered', names };
  }

  async #query(question: Question): Promise<DecodedPacket | DnsFailure> {
    const id = randomInt(MOST_IDS);
    const query: Packet = {
      type: 'query',
      id,
      flags: RECURSION_DESIRED,
      questions: [question],
      additionals: [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: UDP_BYTES,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ],
    };
    const message = encode(query);
    const waiting = { timeoutMs: this.#timeoutMs, isAnswer: (bytes: Buffer) => isAnswerTo(bytes, id, question) };
    const short = await exchangeByUdp(message, this.server, waiting);
    if ('failure' in short) return short.failure;
    const packet = decoded(short.bytes);
    if (packet?.flag_tc !== true) return judge(packet);
    const long = await exchangeByTcp(message, this.server, waiting);
    return 'failure' in long ? long.failure : judge(decoded(long.bytes));
  }
}

function judge(packet: DecodedPacket | undefined): DecodedPacket | DnsFailure {
  if (packet === undefined) return 'malformed';
  const rcode = rcodeOf(packet);
  if (rcode === 'NOERROR' || rcode === 'NXDOMAIN') return packet;
  return rcode === 'REFUSED' || rcode === 'NOTAUTH' ? 'refused' : 'servfail';
}
