import { DnsClient } from '@isthmus/dns';
import { type RunningNameServer, startBind } from '@isthmus/dns/testing';
import { type DnsRecord, DomainError, ManualClock } from '@isthmus/kernel';
import type { Microsoft365, OnlineDomain, OnlineDomains } from '@isthmus/microsoft365';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import type { DomainParts } from './DomainParts.ts';
import { DomainWatch } from './DomainWatch.ts';
import { linkDomain } from './linkDomain.ts';
import { stateOf } from './presentDomain.ts';
import { demandWatched } from './watchedDomains.ts';

const ZONE = 'adatum.test';
const HOUR = 60 * 60_000;
const proof: DnsRecord = { type: 'TXT', name: ZONE, ttl: 60, text: 'MS=ms12345678' };
const mail: DnsRecord = {
  type: 'MX',
  name: ZONE,
  ttl: 60,
  preference: 0,
  exchange: 'adatum-test.mail.protection.outlook.com',
};
const by = { actor: { userName: 'ada', address: '' } as never, requestId: 'request' };

/** The tenant's side as a test sets it. */
class FakeDomains implements Partial<OnlineDomains> {
  domain: OnlineDomain | undefined = {
    name: ZONE,
    isDefault: false,
    isInitial: false,
    isVerified: false,
    isRoot: true,
    services: [],
    authentication: 'managed',
  };
  asked = 0;
  refusal: DomainError | undefined;
  outage: DomainError | undefined;

  find = async () => {
    if (this.outage !== undefined) throw this.outage;
    return this.domain;
  };
  ensure = async () => this.domain as OnlineDomain;
  ownershipRecords = async () => ({ txt: proof, mx: undefined });
  verify = async () => {
    this.asked += 1;
    if (this.refusal !== undefined) throw this.refusal;
    this.domain = { ...(this.domain as OnlineDomain), isVerified: true };
    return this.domain;
  };
  addServices = async () => this.domain as OnlineDomain;
  serviceRecords = async () => [{ service: 'Email', isOptional: false, record: mail }];
  dkimTargets = async () => undefined;
}

const refused = (code: string) => new DomainError({ code, message: 'No.', remedy: 'Look.' });

let empty: RunningNameServer;
let full: RunningNameServer;
let world: TestPlatform;
let clock: ManualClock;
let domains: FakeDomains;
let watch: DomainWatch;
let resolver: RunningNameServer;
let refreshed: number;

beforeAll(async () => {
  [empty, full] = await Promise.all([
    startBind({ zone: ZONE }),
    startBind({
      zone: ZONE,
      lines: ['@ IN TXT "MS=ms12345678"', `@ IN MX 10 ${'exchange' in mail ? mail.exchange : ''}.`],
    }),
  ]);
});
afterAll(() => Promise.all([empty.stop(), full.stop()]));

function makeWatch(): DomainWatch {
  const parts: DomainParts = {
    platform: world.platform,
    dns: {
      get resolver() {
        return new DnsClient({ server: resolver.server, timeoutMs: 1000 });
      },
      get portOfServers() {
        return resolver.server.port;
      },
      findDirectoryServer: () => undefined,
      fetch: async () => Response.json({ events: [{ eventAction: 'expiration', eventDate: '2026-06-20T00:00:00Z' }] }),
    },
    refreshTenant: async () => {
      refreshed += 1;
    },
  };
  return new DomainWatch(parts, 20);
}

beforeEach(async () => {
  clock = new ManualClock(new Date('2026-06-01T00:00:00Z'));
  world = await startTestPlatform(clock);
  domains = new FakeDomains();
  world.connections.microsoft365 = { domains } as unknown as Microsoft365;
  resolver = empty;
  refreshed = 0;
  watch = makeWatch();
  await linkDomain(world.platform, { name: ZONE, shown: ZONE, registrable: ZONE, notices: [] }, by);
});
afterEach(async () => {
  await watch.stop();
  await world.drop();
});

const row = () => demandWatched(world.database, ZONE);
const state = async () => stateOf(await row());
const alerts = async () => {
  const open = await world.database.selectFrom('alert').select('code').where('state', '<>', 'resolved').execute();
  return open.map(({ code }) => code).toSorted();
};

describe('a domain that is linked', () => {
  test('is looked at by itself, after a restart too, and Microsoft 365 is asked only once the proof is there', async () => {
    await watch.start();
    await vi.waitFor(async () => expect((await row()).checked_at).not.toBeNull());
    expect([domains.asked, await state()]).toEqual([0, 'waiting-for-dns']);
    await watch.stop();

    resolver = full;
    clock.advance(HOUR);
    watch = makeWatch();
    await watch.start();
    await vi.waitFor(async () => expect(await state()).toBe('verified'));
    expect([domains.asked, refreshed]).toEqual([1, 1]);
    expect((await row()).next_check_at).toEqual(new Date('2026-06-02T01:00:00Z'));
    expect(await alerts()).toEqual(['domains.expires', 'domains.verified']);
  });

  test('asks Microsoft 365 all the same when a person wants to know', async () => {
    domains.refusal = refused('online.domain-not-proved');
    await watch.inspect(ZONE);
    expect([domains.asked, await state()]).toEqual([1, 'waiting-for-dns']);
    expect((await row()).problem).toBeNull();
  });

  test('tells after three days without a proof, until it is there', async () => {
    domains.refusal = refused('online.domain-not-proved');
    clock.advance(71 * HOUR);
    await watch.inspect(ZONE);
    expect(await alerts()).not.toContain('domains.not-proved');
    clock.advance(2 * HOUR);
    await watch.inspect(ZONE);
    expect(await alerts()).toContain('domains.not-proved');
    [resolver, domains.refusal] = [full, undefined];
    await watch.inspect(ZONE);
    expect(await alerts()).not.toContain('domains.not-proved');
  });

  test('waits out an outage of the tenant, still looking at DNS', async () => {
    domains.outage = refused('online.unreachable');
    await watch.inspect(ZONE);
    expect((await row()).problem).toMatchObject({ code: 'online.unreachable' });
    domains.outage = undefined;
    resolver = full;
    await watch.inspect(ZONE);
    expect((await row()).problem).toBeNull();
    domains.outage = refused('online.unreachable');
    resolver = empty;
    await watch.inspect(ZONE);
    expect((await row()).checks.map(({ verdict }) => verdict)).toEqual(['missing']);
    expect((await row()).verified_at).not.toBeNull();
  });

  test.each([
    ['online.domain-taken', 'domains.taken'],
    ['online.not-permitted', undefined],
  ])('that Microsoft 365 refuses (%s) says so', async (code, alert) => {
    domains.refusal = refused(code);
    await watch.inspect(ZONE);
    expect(await state()).toBe('failed');
    expect((await row()).problem).toMatchObject({ code, remedy: 'Look.' });
    expect(await alerts()).toEqual(alert === undefined ? ['domains.expires'] : ['domains.expires', alert]);
  });

  test('that is gone from the tenant is told, and not made again', async () => {
    domains.domain = undefined;
    await watch.inspect(ZONE);
    expect(await alerts()).toContain('domains.gone');
    expect(await state()).toBe('failed');
  });

  test('whose records vanish, or whose name servers fall silent, is told a day after its verification', async () => {
    resolver = full;
    await watch.inspect(ZONE);
    clock.advance(25 * HOUR);
    resolver = empty;
    await watch.inspect(ZONE);
    expect(await alerts()).toContain('domains.records-missing');
    await full.stop();
    resolver = full;
    await watch.inspect(ZONE);
    expect(await alerts()).toEqual(['domains.dns-silent', 'domains.expires']);
    resolver = empty;
  });
});
