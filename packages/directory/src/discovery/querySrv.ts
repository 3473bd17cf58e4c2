import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { once } from 'node:events';
import { connect, isIPv6 } from 'node:net';
import {
  decode,
  encode,
  type Packet,
  RECURSION_DESIRED,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet';

export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

interface Server {
  readonly host: string;
  readonly port: number;
}

const TIMEOUT_MS = 3_000;
const DNS_PORT = 53;
/** RFC 1035 4.1.1. */
const CODE_BITS = 0b1111;
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;

/**
 * The SRV records of a name, asked from the machine's DNS servers. Node's own resolver refuses (`EBADRESP`) answers in
 * which the target is compressed, and Samba's DNS server sends such. UDP first, TCP when the answer is cut (RFC 1035 4.2).
 * @param servers as `getServers` of `node:dns` gives them: `address`, `address:port` or `[address]:port`
 * @throws Error when no server answers, or the one that does knows no such record
 */
export async function querySrv(name: string, servers: readonly string[] = getServers()): Promise<readonly SrvRecord[]> {
  let trouble = new Error('This machine has no DNS server.');
  for (const server of servers.map(parseServer)) {
    try {
      const answer = await ask(server, name);
      const code = flagsOf(answer) & CODE_BITS;
      if (code === NO_ERROR || code === NO_SUCH_NAME) return recordsIn(answer, name);
      trouble = new Error(`The DNS server ${server.host} answered with error ${code}.`);
    } catch (error) {
      trouble = error instanceof Error ? error : new Error(String(error));
    }
  }
  throw trouble;
}

function parseServer(text: string): Server {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(text);
  const plain = isIPv6(text) ? undefined : /^([^:]+)(?::(\d+))?$/.exec(text);
  const [, host = text, port = String(DNS_PORT)] = bracketed ?? plain ?? [];
  return { host, port: Number(port) };
}

function recordsIn(answer: Packet, name: string): readonly SrvRecord[] {
  const records = (answer.answers ?? []).flatMap((record): SrvRecord[] => {
    if (record.type !== 'SRV') return [];
    const { target, port, priority = 0, weight = 0 } = record.data;
    return [{ name: target, port, priority, weight }];
  });
  if (records.length === 0) throw new Error(`There is no SRV record ${name}.`);
  return records;
}

function flagsOf({ flags = 0 }: Packet): number {
  return flags;
}

async function ask(server: Server, name: string): Promise<Packet> {
  const id = Math.floor(Math.random() * 65_536);
  const question: Packet = { type: 'query', id, flags: RECURSION_DESIRED, questions: [{ type: 'SRV', name }] };
  const answer = await byUdp(server, encode(question), id);
  return (flagsOf(answer) & TRUNCATED_RESPONSE) !== 0 ? byTcp(server, streamEncode(question)) : answer;
}

async function byUdp({ host, port }: Server, question: Buffer, id: number): Promise<Packet> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    socket.connect(port, host);
    await once(socket, 'connect', { signal });
    socket.send(question);
    for (;;) {
      const [message] = (await once(socket, 'message', { signal })) as [Buffer];
      const answer = decode(message);
      if (answer.id === id) return answer;
    }
  } finally {
    socket.close();
  }
}

async function byTcp({ host, port }: Server, question: Buffer): Promise<Packet> {
  const socket = connect({ host, port });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let received = Buffer.alloc(0);
  try {
    await once(socket, 'connect', { signal });
    socket.write(question);
    while (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) {
      const [part] = (await once(socket, 'data', { signal })) as [Buffer];
      received = Buffer.concat([received, part]);
    }
    return streamDecode(received);
  } finally {
    socket.destroy();
  }
}
