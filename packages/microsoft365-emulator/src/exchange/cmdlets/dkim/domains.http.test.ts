import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../index.ts';
import { startEmulator } from '../../../index.ts';
import { type ExchangeClient, exchangeClientWith, failureOf } from '../../../testing/ExchangeClient.ts';
import { TestDnsServer } from '../../../testing/TestDnsServer.ts';
import { startTrusted, trust } from '../../../testing/TestTenant.ts';

let dns: TestDnsServer;
let emulator: Emulator;
let exchange: ExchangeClient;

beforeAll(async () => {
  dns = await TestDnsServer.start();
  emulator = await startTrusted({
    settings: { dnsResolver: dns.address, dnsTimeoutMs: 500 },
    seed: {
      domains: [
        { name: 'contoso.example', isDefault: true },
        { name: 'sub.contoso.example', supportedServices: [] },
      ],
    },
  });
  exchange = await exchangeClientWith(emulator);
});
afterAll(async () => {
  await emulator.close();
  await dns.close();
});

describe('accepted domains', () => {
  test('are the verified domains that take mail', async () => {
    const domains = await exchange.run('Get-AcceptedDomain');
    expect(domains.map(({ DomainName, Default, InitialDomain }) => [DomainName, Default, InitialDomain])).toEqual([
      ['contoso.onmicrosoft.com', false, true],
      ['contoso.example', true, false],
    ]);
    expect(domains[0].DomainType).toBe('Authoritative');
  });

  test('can relay, and then match subdomains', async () => {
    const set = (parameters: object): Promise<{ status: number }> =>
      exchange.invoke('Set-AcceptedDomain', { Identity: 'contoso.example', ...parameters });
    expect((await set({ MatchSubDomains: true })).status).toBe(400);
    expect((await set({ DomainType: 'InternalRelay', MatchSubDomains: true })).status).toBe(200);
    const [domain] = await exchange.run('Get-AcceptedDomain', { Identity: 'contoso.example' });
    expect(domain).toMatchObject({
      DomainType: 'InternalRelay',
      MatchSubDomains: true,
      SendingFromDomainDisabled: false,
    });
  });

  test('stand beside the configuration of the organization', async () => {
    const [transport] = await exchange.run('Get-TransportConfig');
    expect(transport.SmtpClientAuthenticationDisabled).toBe(true);
    const [organization] = await exchange.run('Get-OrganizationConfig');
    expect(organization.DisplayName).toBe('Contoso');
  });
});

describe('DKIM', () => {
  test('is made, published, switched on and rotated', async () => {
    const [config] = await exchange.run('New-DkimSigningConfig', {
      DomainName: 'contoso.example',
      Enabled: false,
      KeySize: 2048,
    });
    expect(config).toMatchObject({
      Enabled: false,
      Status: 'CnameMissing',
      Domain: 'contoso.example',
      Selector1KeySize: 2048,
    });
    expect(config.Selector1CNAME).toMatch(
      /^selector1-contoso-example\._domainkey\.contoso\.[a-z]-v1\.dkim\.mail\.microsoft$/,
    );
    expect(config.Selector1PublicKey).toMatch(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{300,}=*;$/);
    const enable = { Identity: 'contoso.example', Enabled: true };
    const refused = failureOf(await exchange.invoke('Set-DkimSigningConfig', enable));
    expect(refused.text).toContain('CNAME record does not exist for this config');
    expect(refused.text).toContain(config.Selector2CNAME);
    dns.records = [1, 2].map((number) => ({
      type: 'CNAME',
      name: `selector${number}._domainkey.contoso.example`,
      data: config[`Selector${number}CNAME`],
      ttl: 60,
    }));
    await exchange.run('Set-DkimSigningConfig', enable);
    await exchange.run('Rotate-DkimSigningConfig', { Identity: 'contoso.example', KeySize: 2048 });
    const [rotated] = await exchange.run('Get-DkimSigningConfig', { Identity: 'contoso.example' });
    expect(rotated).toMatchObject({ Enabled: true, Status: 'Valid', Selector1PublicKey: config.Selector1PublicKey });
    expect(rotated).toMatchObject({ SelectorBeforeRotateOnDate: 'selector1', SelectorAfterRotateOnDate: 'selector2' });
    expect(rotated.Selector2PublicKey).not.toBe(config.Selector2PublicKey);
  });

  test('is there once for an accepted domain, in the style of older ones if so told', async () => {
    const make = (DomainName: string): ReturnType<ExchangeClient['invoke']> =>
      exchange.invoke('New-DkimSigningConfig', { DomainName, Enabled: false });
    expect((await make('elsewhere.example')).status).toBe(404);
    expect(failureOf(await make('contoso.example')).type).toContain('ADObjectAlreadyExistsException');
    emulator.control.change({ exchange: { dkimStyle: 'old' } });
    const [config] = await exchange.run('Get-DkimSigningConfig', { Identity: 'contoso.example' });
    expect(config.Selector1CNAME).toBe('selector1-contoso-example._domainkey.contoso.onmicrosoft.com');
  });
});

test('everything Exchange keeps is there after the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-exchange-'));
  const seed = { users: [{ userPrincipalName: 'ada', licenses: ['SPB'], usageLocation: 'GB' }] };
  const first = await startTrusted({ stateFolder: folder, seed, throttling: { mode: 'off' } });
  const before = await exchangeClientWith(first);
  await before.run('New-DistributionGroup', { Name: 'Kept', ManagedBy: ['ada'], Members: ['ada'] });
  await before.run('New-MobileDeviceMailboxPolicy', { Name: 'Kept' });
  await before.run('Set-ActiveSyncOrganizationSettings', { DefaultAccessLevel: 'Quarantine' });
  const phone = first.control.phones.add({ user: 'ada', deviceId: 'KEPT' });
  first.control.phones.sync(phone.id);
  const [device] = await before.run('Get-MobileDevice');
  await before.run('Clear-MobileDevice', { Identity: device.Identity, Confirm: false });
  const [mailbox] = await before.run('Get-Mailbox');
  await first.close();
  const second = await startEmulator({ stateFolder: folder, throttling: { mode: 'off' } });
  try {
    trust(second.caPem);
    const after = await exchangeClientWith(second);
    expect((await after.run('Get-Mailbox'))[0].ExchangeGuid).toBe(mailbox.ExchangeGuid);
    expect(await after.run('Get-DistributionGroupMember', { Identity: 'Kept' })).toHaveLength(1);
    expect(await after.run('Get-MobileDeviceMailboxPolicy')).toHaveLength(2);
    expect((await after.run('Get-ActiveSyncOrganizationSettings'))[0].DefaultAccessLevel).toBe('Quarantine');
    expect(second.control.phones.sync(phone.id)).toMatchObject({
      access: 'Quarantined',
      wipe: 'device',
      state: 'wiped',
    });
    second.control.reset();
    expect(second.control.phones.list()).toEqual([]);
  } finally {
    await second.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
