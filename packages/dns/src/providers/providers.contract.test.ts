import { type Clock, Secret, systemClock } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { DnsClient } from '../client/DnsClient.ts';
import { codeOf, describeDnsProvider, type ProviderUnderTest, ZONE } from '../contract-tests/index.ts';
import { makeTestKey } from '../testing/makeTestKey.ts';
import { startBind } from '../testing/startBind.ts';
import { startCloudflareStandIn } from '../testing/startCloudflareStandIn.ts';
import { startKnot } from '../testing/startKnot.ts';
import { startPowerDns } from '../testing/startPowerDns.ts';
import { CloudflareProvider } from './CloudflareProvider.ts';
import { PowerDnsProvider } from './PowerDnsProvider.ts';
import { Rfc2136Provider } from './Rfc2136Provider.ts';

async function running(
  server: Awaited<ReturnType<typeof startBind>>,
  readerCode: string,
  keys: { key: ReturnType<typeof makeTestKey>; readOnlyKey: ReturnType<typeof makeTestKey> },
): Promise<ProviderUnderTest> {
  const provider = (key: ReturnType<typeof makeTestKey>, clock: Clock = systemClock) =>
    new Rfc2136Provider({ server: server.server, key, clock });
  return {
    provider: provider(keys.key),
    stranger: provider(makeTestKey(keys.key.name)),
    reader: { provider: provider(keys.readOnlyKey), code: readerCode },
    client: new DnsClient({ server: server.server }),
    stop: server.stop,
  };
}

const sides: Readonly<Record<string, () => Promise<ProviderUnderTest>>> = {
  BIND: async () => {
    const keys = { key: makeTestKey(), readOnlyKey: makeTestKey('reader.test', 'hmac-sha512') };
    return running(await startBind({ zone: ZONE, ...keys }), 'dns.provider-refused', keys);
  },
  Knot: async () => {
    const keys = { key: makeTestKey('isthmus.test', 'hmac-sha512'), readOnlyKey: makeTestKey('reader.test') };
    // Knot answers a key without the right as if it did not know it.
    return running(await startKnot({ zone: ZONE, ...keys }), 'dns.provider-key-refused', keys);
  },
  PowerDNS: async () => {
    const { url, apiKey, server, stop } = await startPowerDns({ zone: ZONE });
    return {
      provider: new PowerDnsProvider({ url, apiKey }),
      stranger: new PowerDnsProvider({ url, apiKey: new Secret('wrong') }),
      client: new DnsClient({ server }),
      stop,
    };
  },
  Cloudflare: async () => {
    const { baseUrl, stop } = await startCloudflareStandIn({ zone: ZONE, token: 'token-of-the-tests' });
    return {
      provider: new CloudflareProvider({ apiToken: new Secret('token-of-the-tests'), baseUrl }),
      stranger: new CloudflareProvider({ apiToken: new Secret('wrong'), baseUrl }),
      stop,
    };
  },
};

for (const [name, start] of Object.entries(sides)) describeDnsProvider(name, start);

test('a name server whose clock differs too much says so', async () => {
  const key = makeTestKey();
  const { server, stop } = await startBind({ zone: ZONE, key });
  const clock = { ...systemClock, now: () => new Date(Date.now() - 3_600_000) };
  expect(await codeOf(new Rfc2136Provider({ server, key, clock }).test(ZONE))).toBe('dns.provider-clock');
  await stop();
  expect(await codeOf(new Rfc2136Provider({ server, key, clock }).test(ZONE))).toBe('dns.provider-unreachable');
});

test('a provider that fails, or is not there, is told as what it is', async () => {
  const { baseUrl, state, stop } = await startCloudflareStandIn({ zone: ZONE, token: 'token-of-the-tests' });
  const provider = new CloudflareProvider({ apiToken: new Secret('token-of-the-tests'), baseUrl });
  state.permissions = ['#dns_records:read'];
  expect(await codeOf(provider.test(ZONE))).toBe('dns.provider-refused');
  state.failing = true;
  expect(await codeOf(provider.test(ZONE))).toBe('dns.provider-failed');
  await stop();
  expect(await codeOf(provider.test(ZONE))).toBe('dns.provider-unreachable');
  const powerDns = new PowerDnsProvider({ url: baseUrl, apiKey: new Secret('any') });
  expect(await codeOf(powerDns.test(ZONE))).toBe('dns.provider-unreachable');
});
