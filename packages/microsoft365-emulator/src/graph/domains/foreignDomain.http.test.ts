import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TestDnsServer } from '../../testing/TestDnsServer.ts';
import { clientWith, startTrusted } from '../../testing/TestTenant.ts';

test('a domain that another organization has verified can be added, but not be verified', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-seed-'));
  const seed = join(folder, 'seed.json');
  const other = {
    displayName: 'Fabrikam',
    initialDomain: 'fabrikam.onmicrosoft.com',
    domains: [{ name: 'taken.example' }],
  };
  writeFileSync(seed, JSON.stringify({ tenants: [{}, other] }));
  const dns = await TestDnsServer.start();
  const emulator = await startTrusted({ seed, settings: { dnsResolver: dns.address } });
  try {
    const graph = await clientWith(emulator, ['Domain.ReadWrite.All'], []);
    expect((await graph('POST', '/domains', { id: 'taken.example' })).body.isVerified).toBe(false);
    const [txt] = (await graph('GET', '/domains/taken.example/verificationDnsRecords')).body.value;
    dns.records = [{ type: 'TXT', name: 'taken.example', data: txt.text }];
    const { status, body } = await graph('POST', '/domains/taken.example/verify');
    expect([status, body.error.message]).toEqual([400, expect.stringMatching(/another organization/)]);
  } finally {
    await emulator.close();
    await dns.close();
    rmSync(folder, { recursive: true });
  }
});
