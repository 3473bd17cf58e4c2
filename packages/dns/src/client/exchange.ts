import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { DnsServerAddress } from './DnsServerAddress.ts';

/** Why nothing usable came back. */
export type ExchangeFailure = 'timeout' | 'unreachable' | 'malformed';
export type Exchanged = { readonly bytes: Buffer } | { readonly failure: ExchangeFailure };

const HEADER_BYTES = 12;
const LENGTH_BYTES = 2;

/** Lost packets are sent again after these shares of the time. */
const RESENDS = [0.2, 0.5];

interface Waiting {
  readonly timeoutMs: number;
  /** Whether a message is the answer; anything else that arrives is ignored, as it may come from anybody. */
  readonly isAnswer: (message: Buffer) => boolean;
}

/** Sends a DNS message over UDP from a port of its own, and waits for the answer to it. */
export async function exchangeByUdp(message: Buffer, server: DnsServerAddress, waiting: Waiting): Promise<Exchanged> {
  const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4');
  const timers: NodeJS.Timeout[] = [];
  try {
    return await new Promise((resolve) => {
      const send = (): void => {
        socket.send(message, (error) => {
          if (error) resolve({ failure: 'unreachable' });
        });
      };
      socket.on('error', () => resolve({ failure: 'unreachable' }));
      socket.on('message', (bytes) => {
        if (bytes.length >= HEADER_BYTES && waiting.isAnswer(bytes)) resolve({ bytes });
      });
      timers.push(setTimeout(() => resolve({ failure: 'timeout' }), waiting.timeoutMs));
      // A connected socket takes packets from this server alone, and hears when nobody listens there.
      socket.connect(server.port, server.host, () => {
        send();
        for (const share of RESENDS) timers.push(setTimeout(send, waiting.timeoutMs * share));
      });
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    socket.removeAllListeners('message');
    socket.close();
  }
}

/** Sends a DNS message over TCP (RFC 7766), where nothing is too long. */
export function exchangeByTcp(message: Buffer, server: DnsServerAddress, waiting: Waiting): Promise<Exchanged> {
  return new Promise((resolve) => {
    const socket = connect({ port: server.port, host: server.host });
    const finish = (result: Exchanged): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => finish({ failure: 'timeout' }), waiting.timeoutMs);
    let received = Buffer.alloc(0);
    socket.on('connect', () => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(message.length);
      socket.write(Buffer.concat([length, message]));
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < LENGTH_BYTES) return;
      const end = LENGTH_BYTES + received.readUInt16BE(0);
      if (received.length < end) return;
      const bytes = received.subarray(LENGTH_BYTES, end);
      finish(bytes.length >= HEADER_BYTES && waiting.isAnswer(bytes) ? { bytes } : { failure: 'malformed' });
    });
    socket.on('error', () => finish({ failure: 'unreachable' }));
    socket.on('close', () => finish({ failure: 'malformed' }));
  });
}
