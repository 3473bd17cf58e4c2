import { createSocket, type Socket } from 'node:dgram';
import type { DnsRecord } from '@isthmus/kernel';
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DnsClient } from '../client/DnsClient.ts';
import { findZoneServers } from '../client/findZoneServers.ts';
import { webmailRecord } from '../records/standardRecords.ts';
import { type RunningNameServer, startBind } from '../testing/startBind.ts';
import { checkRecords } from './checkRecords.ts';
import { makeWanted } from './WantedRecord.ts';

const ZONE = 'contoso.test';
const at = (label: string) => `${label}.${ZONE}`;
const spf = makeWanted('sender-policy', {
  type: 'TXT',
  name: ZONE,
  ttl: 1,
  text: 'v=spf1 include:spf.protection.outlook.com -all',
});
const proof = makeWanted(
  'ownership',
  { type: 'TXT', name: ZONE, ttl: 1, text: 'MS=ms12345678' },
  { alternative: { type: 'MX', name: ZONE, ttl: 1, preference: 32_767, exchange: 'ms12345678.msv1.invalid' } },
);
const mail = makeWanted('mail', {
  type: 'MX',
  name: ZONE,
  ttl: 1,
  preference: 0,
  exchange: 'contoso-test.mail.protection.outlook.com',
});
const alias = (label: string, target: string) =>
  makeWanted('autodiscover', { type: 'CNAME', name: at(label), ttl: 1, target } satisfies DnsRecord);
const autodiscover = alias('autodiscover', 'autodiscover.outlook.com');
const srv = (target: string) =>
  makeWanted('communication', {
    type: 'SRV',
    name: at('_sip._tls'),
    ttl: 1,
    priority: 100,
    weight: 1,
    port: 443,
    target,
  });

const servers: RunningNameServer[] = [];
async function bind(...lines: string[]): Promise<DnsClient> {
  const server = await startBind({ zone: ZONE, lines });
  servers.push(server);
  return new DnsClient({ server: server.server, timeoutMs: 1000 });
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function verdicts(client: DnsClient, wanted: Parameters<typeof checkRecords>[0], more: object = {}) {
  const checks = await checkRecords(wanted, { domain: ZONE, zone: [client], resolver: client, ...more });
  return checks.map(({ verdict }) => verdict);
}

describe('records of a real zone', () => {
  test('are found, whatever else is there', async () => {
    const client = await bind(
      '@ IN TXT "google-site-verification=x"',
      '@ IN TXT "v=spf1 ip4:192.0.2.1 include:spf.protection.outlook.com ~all"',
      '@ IN MX 32767 ms12345678.msv1.invalid.',
      '@ IN MX 10 mail.fabrikam.test.',
      '@ IN MX 20 contoso-test.mail.protection.outlook.com.',
      'autodiscover IN CNAME autodiscover.outlook.com.',
      '_sip._tls IN SRV 100 1 443 sipdir.online.lync.com.',
    );
    const wanted = [spf, proof, mail, autodiscover, srv('sipdir.online.lync.com')];
    expect(await verdicts(client, wanted)).toEqual(['found', 'found', 'found', 'found', 'found']);
    const found = await findZoneServers(`deep.${ZONE}`, { resolver: client, portOfServers: client.server.port });
    expect(found).toMatchObject({
      kind: 'found',
      zone: ZONE,
      servers: [{ name: `ns1.${ZONE}`, server: client.server }],
    });
    expect(await findZoneServers('fabrikam.test', { resolver: client })).toEqual({ kind: 'failed', reason: 'refused' });
  });

  test('are missing, different, twice there, or in the way', async () => {
    const client = await bind(
      '@ IN TXT "v=spf1 mx -all"',
      '@ IN TXT "v=spf1 a -all"',
      '@ IN MX 10 mail.fabrikam.test.',
      'autodiscover IN A 192.0.2.1',
      'mail IN CNAME elsewhere.test.',
      '_sip._tls IN SRV 1 1 443 elsewhere.test.',
    );
    const wanted = [
      spf,
      proof,
      mail,
      autodiscover,
      makeWanted('webmail', webmailRecord(ZONE)),
      srv('sipdir.online.lync.com'),
    ];
    expect(await verdicts(client, wanted)).toEqual([
      'duplicated',
      'missing',
      'different',
      'conflicting',
      'different',
      'different',
    ]);
  });

  test('that answer for every name are not taken for records of their own', async () => {
    const client = await bind('* IN A 192.0.2.99', '*._domainkey IN TXT "v=DKIM1; p="');
    const checks = await checkRecords([autodiscover, proof], { domain: ZONE, zone: [client], resolver: client });
    expect(checks).toMatchObject([
      { verdict: 'missing', isWildcard: true },
      { verdict: 'missing', isWildcard: false },
    ]);
  });

  test('with very long texts come over TCP', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `@ IN TXT "filler ${index} ${'x'.repeat(200)}"`);
    const client = await bind(...many, '@ IN TXT "MS=" "ms12345678"');
    const [check] = await checkRecords([proof], { domain: ZONE, zone: [client], resolver: client });
    expect(check).toMatchObject({ verdict: 'found' });
    expect(check?.found).toHaveLength(61);
  });

  test('are not everywhere yet while servers, or a resolver, do not have them', async () => {
    const [fresh, stale] = [await bind('@ IN TXT "MS=ms12345678"'), await bind()];
    const one = await checkRecords([proof], { domain: ZONE, zone: [fresh, stale], resolver: fresh });
    const other = await checkRecords([proof], { domain: ZONE, zone: [fresh], resolver: stale });
    expect([one[0]?.verdict, other[0]?.verdict]).toEqual(['not-yet-everywhere', 'not-yet-everywhere']);
  });

  test('are shadowed by a zone of the same name in the directory, where people inside ask for them', async () => {
    const outside = await bind('autodiscover IN CNAME autodiscover.outlook.com.', '@ IN TXT "MS=ms12345678"');
    const inside = await bind('autodiscover IN A 192.0.2.10');
    const [first, second] = await checkRecords([autodiscover, proof], {
      domain: ZONE,
      zone: [outside],
      resolver: outside,
      directory: inside,
    });
    expect(first).toMatchObject({ verdict: 'shadowed', shadow: [{ type: 'A', address: '192.0.2.10' }] });
    expect(second?.verdict).toBe('found');
  });
});

/** A server that answers as a test wants; BIND never would. */
describe('servers that behave badly', () => {
  let socket: Socket;
  let client: DnsClient;
  let reply: (query: ReturnType<typeof decode>, send: (packet: Buffer) => void) => void = () => undefined;

  beforeAll(async () => {
    socket = createSocket('udp4', (message, from) =>
      reply(decode(message), (packet) => socket.send(packet, from.port, from.address)),
    );
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    client = new DnsClient({ server: { host: '127.0.0.1', port: socket.address().port }, timeoutMs: 300 });
  });
  afterAll(() => socket.close());

  const answer = (
    query: ReturnType<typeof decode>,
    changes: { id?: number; name?: string; rcode?: number; answers?: Answer[] },
  ): Buffer =>
    encode({
      type: 'response',
      id: changes.id ?? query.id ?? 0,
      flags: AUTHORITATIVE_ANSWER | (changes.rcode ?? 0),
      questions: [{ type: 'TXT', name: changes.name ?? ZONE }],
      answers: changes.answers ?? [{ type: 'TXT', name: changes.name ?? ZONE, ttl: 1, data: 'MS=ms12345678' }],
    });

  const failure = async () => {
    const [check] = await checkRecords([{ ...proof, alternative: undefined }], {
      domain: ZONE,
      zone: [],
      resolver: client,
    });
    return [check?.verdict, check?.failure];
  };

  test.each([
    ['nobody answers', () => undefined, 'timeout'],
    ['SERVFAIL', (query, send) => send(answer(query, { rcode: 2, answers: [] })), 'servfail'],
    ['REFUSED', (query, send) => send(answer(query, { rcode: 5, answers: [] })), 'refused'],
    [
      'a guessed answer with another id',
      (query, send) => send(answer(query, { id: ((query.id ?? 0) + 1) % 65_536 })),
      'timeout',
    ],
    ['an answer to another question', (query, send) => send(answer(query, { name: 'elsewhere.test' })), 'timeout'],
    ['rubbish', (_query, send) => send(Buffer.alloc(40, 7)), 'timeout'],
  ] satisfies [string, typeof reply, string][])('%s: unknown, and why', async (_what, behaves, reason) => {
    reply = behaves;
    expect(await failure()).toEqual(['unknown', reason]);
  });

  test('a lie before the answer is not believed', async () => {
    reply = (query, send) => {
      send(answer(query, { id: ((query.id ?? 0) + 1) % 65_536, answers: [] }));
      send(answer(query, {}));
    };
    expect(await failure()).toEqual(['found', undefined]);
  });

  test('a server that is not there is told at once', async () => {
    const { port } = socket.address();
    const nobody = new DnsClient({ server: { host: '127.0.0.1', port: port === 1 ? 2 : 1 }, timeoutMs: 5_000 });
    expect(await nobody.ask(ZONE, 'TXT')).toEqual({ kind: 'failed', reason: 'unreachable' });
  });
});
