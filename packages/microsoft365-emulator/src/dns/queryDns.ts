import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { connect } from 'node:net';
import { type Answer, decode, encode, RECURSION_DESIRED, streamDecode, streamEncode } from 'dns-packet';

export interface DnsQuestion {
  readonly name: string;
  readonly type: 'TXT' | 'MX' | 'CNAME';
}

export interface DnsServer {
  readonly host: string;
  readonly port: number;
}

export type DnsResult =
  | { readonly kind: 'answered'; readonly answers: readonly Answer[] }
  /** There is no such record; a resolver may believe that for so many seconds. */
  | { readonly kind: 'absent'; readonly believeSeconds: number }
  /** Nobody answered in time, or the server could not find out. */
  | { readonly kind: 'failed' };

const DNS_PORT = 53;
const ATTEMPTS = 2;

/** A server as `host:port`, or the machine's own first one. */
export function readDnsServer(address: string | null): DnsServer {
  const text = address ?? getServers()[0] ?? '127.0.0.1';
  const withPort = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text);
  const isBareIpv6 = text.split(':').length > 2 && !text.startsWith('[');
  if (withPort === null || isBareIpv6) return { host: text.replace(/^\[|\]$/g, ''), port: DNS_PORT };
  return { host: withPort[1] ?? text, port: Number(withPort[2]) };
}

/** Asks one name server, over UDP and, when the answer does not fit there, over TCP (RFC 1035, RFC 7766). */
export async function queryDns(question: DnsQuestion, server: DnsServer, timeoutMs: number): Promise<DnsResult> {
  const id = Math.floor(Math.random() * 0x1_0000);
  const query = { type: 'query' as const, id, flags: RECURSION_DESIRED, questions: [question] };
  const signal = AbortSignal.timeout(timeoutMs);
  const bytes = await askByUdp(encode(query), id, server, { signal, retryMs: timeoutMs / ATTEMPTS });
  if (bytes === undefined) return { kind: 'failed' };
  const packet = decode(bytes);
  if (!packet.flag_tc) return resultOf(packet, question);
  const whole = await askByTcp(streamEncode(query), server, signal);
  const complete = whole === undefined ? null : streamDecode(whole);
  return complete === null ? { kind: 'failed' } : resultOf(complete, question);
}

interface Waiting {
  readonly signal: AbortSignal;
  readonly retryMs: number;
}

/** The first answer to the question's id; a lost packet is sent again. */
function askByUdp(query: Buffer, id: number, server: DnsServer, waiting: Waiting): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
    const send = (): void => socket.send(query, server.port, server.host, (error) => error && finish(undefined));
    const repeat = setInterval(send, waiting.retryMs);
    const onAbort = (): void => finish(undefined);
    let isFinished = false;
    const finish = (answer: Buffer | undefined): void => {
      if (isFinished) return;
      isFinished = true;
      clearInterval(repeat);
      waiting.signal.removeEventListener('abort', onAbort);
      socket.close();
      resolve(answer);
    };
    waiting.signal.addEventListener('abort', onAbort);
    socket.on('error', () => finish(undefined));
    socket.on('message', (message) => {
      if (message.length > 12 && message.readUInt16BE(0) === id) finish(message);
    });
    send();
  });
}

function askByTcp(query: Buffer, server: DnsServer, signal: AbortSignal): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port: server.port, host: server.host, signal });
    let received = Buffer.alloc(0);
    socket.on('connect', () => socket.write(query));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) socket.destroy();
    });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(received.length > 2 ? received : undefined));
  });
}

interface Packet {
  readonly rcode?: string;
  readonly answers?: Answer[] | undefined;
  readonly authorities?: Answer[] | undefined;
}

function resultOf(packet: object, question: DnsQuestion): DnsResult {
  const { rcode, answers = [], authorities = [] } = packet as Packet;
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return { kind: 'failed' };
  const found = answers.filter((answer) => answer.type === question.type);
  if (found.length > 0) return { kind: 'answered', answers: found };
  // RFC 2308: as long as the zone's SOA record says; without one, not at all.
  const soa = authorities.find((authority) => authority.type === 'SOA');
  if (soa?.type !== 'SOA') return { kind: 'absent', believeSeconds: 0 };
  return { kind: 'absent', believeSeconds: Math.min(soa.ttl ?? 0, soa.data.minimum ?? 0) };
}
