import { Rfc2136Provider } from '@isthmus/dns';
import { makeTestKey, type RunningNameServer, startBind } from '@isthmus/dns/testing';
import { type DnsRecord, systemClock } from '@isthmus/kernel';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OnlineDomains } from '../ports.ts';
import { accountAt, type EmulatedTenant, startTenant } from './emulatedTenant.ts';

const options = { lane: 'interactive' } as const;
const ZONE = 'adatum.test';
const key = makeTestKey();

let bind: RunningNameServer;
let provider: Rfc2136Provider;
let tenant: EmulatedTenant;
let domains: OnlineDomains;

beforeAll(async () => {
  bind = await startBind({ zone: ZONE, key });
  provider = new Rfc2136Provider({ server: bind.server, key, clock: systemClock });
  const { host, port } = bind.server;
  tenant = await startTenant({
    seed: { domains: [{ name: 'contoso.com', isDefault: true }] },
    settings: { dnsResolver: `${host}:${port}`, dnsTimeoutMs: 500 },
  });
  domains = tenant.online.domains;
});
afterAll(async () => {
  await tenant.close();
  await bind.stop();
});

const publish = ({ name, type, ...record }: DnsRecord): Promise<void> =>
  provider.apply(ZONE, [{ name, type, before: [], after: [{ name, type, ...record } as DnsRecord] }]);

test('a domain is added once, proved by a record that is really in DNS, and used by the services', async () => {
  expect(await domains.find(ZONE, options)).toBeUndefined();
  const added = await domains.ensure(ZONE, options);
  expect(added).toMatchObject({ name: ZONE, isVerified: false, isRoot: true, services: [], authentication: 'managed' });
  expect(await domains.ensure(ZONE, options)).toEqual(added);

  await expect(domains.verify(ZONE, options)).rejects.toMatchObject({ code: 'online.domain-not-proved' });
  const { txt, mx } = await domains.ownershipRecords(ZONE, options);
  expect(txt).toMatchObject({ type: 'TXT', name: ZONE, ttl: 3600 });
  expect(mx).toMatchObject({ type: 'MX', name: ZONE, preference: 32_767 });
  await publish(txt);
  // Microsoft believes for as long as the zone says that there was no such record.
  const verified = await vi.waitFor(() => domains.verify(ZONE, options), { timeout: 10_000, interval: 200 });
  expect(verified).toMatchObject({ isVerified: true });
  expect(await domains.verify(ZONE, options)).toMatchObject({ isVerified: true });

  expect((await domains.serviceRecords(ZONE, options)).some(({ record }) => record.type === 'MX')).toBe(false);
  const services = ['Email', 'OfficeCommunicationsOnline'];
  expect(await domains.addServices(ZONE, services, options)).toMatchObject({ services });
  const records = await domains.serviceRecords(ZONE, options);
  const shown = records.map(({ record }) => `${record.type} ${record.name}`);
  expect(shown).toEqual(
    expect.arrayContaining([`MX ${ZONE}`, `TXT ${ZONE}`, `CNAME autodiscover.${ZONE}`, `SRV _sip._tls.${ZONE}`]),
  );
  expect(await domains.list(options)).toContainEqual(expect.objectContaining({ name: ZONE, isVerified: true }));
});

test('a name below a verified domain needs no proof', async () => {
  expect(await domains.ensure(`eu.${ZONE}`, options)).toMatchObject({ isVerified: true, isRoot: false });
  await domains.remove(`eu.${ZONE}`, options);
});

test('what uses a domain is named, and keeps it from being removed', async () => {
  const { account } = await tenant.online.accounts.ensure(accountAt(ZONE, 1), options);
  expect(await domains.listUses(ZONE, options)).toEqual([{ kind: 'user', id: account.id, name: account.upn }]);
  await expect(domains.remove(ZONE, options)).rejects.toMatchObject({ code: 'online.domain-in-use' });
});

test('the default domain is changed, and is not removed', async () => {
  expect(await domains.setDefault(ZONE, options)).toMatchObject({ isDefault: true });
  expect(await domains.find('contoso.com', options)).toMatchObject({ isDefault: false });
  await expect(domains.remove(ZONE, options)).rejects.toMatchObject({ code: 'online.domain-in-use' });
  await domains.setDefault('contoso.com', options);
  await domains.remove('nowhere.test', options);
});

test('names that Microsoft does not take are refused', async () => {
  await expect(domains.ensure('nonsense', options)).rejects.toMatchObject({ code: 'online.domain-refused' });
});

test('keys for signing mail are told when there are some', async () => {
  expect(await domains.dkimTargets('contoso.com', options)).toBeUndefined();
  expect(await domains.dkimTargets('nowhere.test', options)).toBeUndefined();
});
