import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningNameServer, startBind } from '../testing/startBind.ts';
import { DnsClient } from './DnsClient.ts';
import { discoverDomainConnect } from './discoverDomainConnect.ts';
import { lookUpExpiry } from './lookUpExpiry.ts';

let bind: RunningNameServer;
let client: DnsClient;
beforeAll(async () => {
  bind = await startBind({ zone: 'contoso.test', lines: ['_domainconnect IN TXT "connect.registrar.test"'] });
  client = new DnsClient({ server: bind.server });
});
afterAll(() => bind.stop());

const answering =
  (body: unknown, asked: string[] = []): typeof fetch =>
  async (url) => {
    asked.push(String(url));
    return Response.json(body);
  };
const offline: typeof fetch = async () => {
  throw new TypeError('fetch failed');
};

test('a provider with Domain Connect is named, with the place to sign in', async () => {
  const asked: string[] = [];
  const settings = { providerName: 'Registrar', urlControlPanel: 'https://registrar.test/dns?domain=%domain%' };
  expect(await discoverDomainConnect('contoso.test', client, answering(settings, asked))).toEqual({
    providerName: 'Registrar',
    controlPanelUrl: 'https://registrar.test/dns?domain=contoso.test',
  });
  expect(asked).toEqual(['https://connect.registrar.test/v2/contoso.test/settings']);
  expect(await discoverDomainConnect('sub.contoso.test', client, answering(settings))).toBeUndefined();
});

test.each([
  ['rubbish', answering({ providerName: 7 })],
  ['nobody there', offline],
])('%s: no provider', async (_what, fetcher) => {
  expect(await discoverDomainConnect('contoso.test', client, fetcher)).toBeUndefined();
});

test('a link that is none of the web is left out', async () => {
  const settings = { providerName: 'Registrar', urlControlPanel: 'javascript:alert(1)' };
  expect(await discoverDomainConnect('contoso.test', client, answering(settings))).toMatchObject({
    controlPanelUrl: undefined,
  });
});

test('the end of a registration is told by the registry, or not at all', async () => {
  const events = [
    { eventAction: 'registration', eventDate: '2010-01-01T00:00:00Z' },
    { eventAction: 'expiration', eventDate: '2027-03-04T00:00:00Z' },
  ];
  expect(await lookUpExpiry('contoso.test', answering({ events }))).toEqual(new Date('2027-03-04T00:00:00Z'));
  expect(await lookUpExpiry('contoso.test', answering({ events: [] }))).toBeUndefined();
  expect(await lookUpExpiry('contoso.test', offline)).toBeUndefined();
});
