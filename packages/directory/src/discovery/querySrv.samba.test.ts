import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { startTestDomainController } from '@isthmus/sandbox';
import {
  type Answer,
  decode,
  encode,
  RECURSION_DESIRED,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discoverDomainControllers } from '../index.ts';
import { querySrv } from './querySrv.ts';

let controller: Awaited<ReturnType<typeof startTestDomainController>>;
beforeAll(async () => {
  controller = await startTestDomainController();
});
afterAll(() => controller.stop());

test("Samba's own DNS server names the domain controller", async () => {
  const ask = (name: string) => querySrv(name, [controller.dnsServer]);
  expect(await discoverDomainControllers('corp.contoso.test', ask)).toEqual([
    { host: controller.dcHostName, ldapsUrl: `ldaps://${controller.dcHostName}` },
  ]);
  await expect(ask('_ldap._tcp.elsewhere.corp.contoso.test')).rejects.toThrow('no SRV record');
});

test('a server that does not answer gives way to the next one', async () => {
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const servers = [`127.0.0.1:${silent.address().port}`, controller.dnsServer];
  expect(await querySrv('_ldap._tcp.dc._msdcs.corp.contoso.test', servers)).toHaveLength(1);
  silent.close();
});

test('an answer that is cut is asked for again by TCP, and strangers are not listened to', async () => {
  const tcp = createServer((socket) => {
    socket.on('data', (data: Buffer) => {
      const { id, questions } = streamDecode(data);
      const answers: Answer[] = ['a.test', 'b.test'].map((target) => ({
        type: 'SRV',
        name: questions?.[0]?.name ?? '',
        data: { target, port: 389, priority: 0, weight: 100 },
      }));
      const answer = streamEncode({ type: 'response', id: id ?? 0, questions: questions ?? [], answers });
      // In two parts, as a network may bring it.
      socket.write(answer.subarray(0, 5));
      setImmediate(() => socket.end(answer.subarray(5)));
    });
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  udp.on('message', (message, sender) => {
    const { id = 0, questions = [] } = decode(message);
    const flags = RECURSION_DESIRED | TRUNCATED_RESPONSE;
    udp.send(encode({ type: 'response', id: (id + 1) % 65_536, questions }), sender.port);
    udp.send(encode({ type: 'response', id, flags, questions }), sender.port);
  });
  await once(udp, 'listening');
  const found = await querySrv('_ldap._tcp.a.test', [`127.0.0.1:${port}`]);
  expect(found.map(({ name }) => name)).toEqual(['a.test', 'b.test']);
  udp.close();
  tcp.close();
});
