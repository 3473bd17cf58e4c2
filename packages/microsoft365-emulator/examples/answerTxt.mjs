import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';

/** A name server on loopback that knows one TXT record. */
export async function answerTxt(port, name, data) {
  const server = createSocket('udp4', (message, from) => {
    const { id, questions } = decode(message);
    const answers = [{ type: 'TXT', name, ttl: 60, data }];
    server.send(encode({ type: 'response', id, questions, answers }), from.port, from.address);
  });
  await once(server.bind(port, '127.0.0.1'), 'listening');
  return server;
}
