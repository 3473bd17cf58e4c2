import { DomainError, ManualClock, Secret } from '@isthmus/kernel';
import type { IntegrationCredentials, IntegrationSetUp } from '@isthmus/microsoft365';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import {
  findIntegrationCredentials,
  findIntegrationRecord,
  type IntegrationRecord,
  saveIntegration,
} from './integrationRecord.ts';
import { rotateCertificate } from './rotateCertificate.ts';
import { watchConnection } from './watchConnection.ts';

const by = { actor: 'ada', address: '', requestId: 'request' };
const START = new Date('2026-06-01T00:00:00Z');
const after = (days: number) => new Date(START.getTime() + days * 86_400_000).toISOString();
const refused = (code: string) => new DomainError({ code, message: 'No.', remedy: 'Look.' });

/** The tenant's side: keys of the app registration, by certificate. */
class FakeKeys {
  readonly keys = new Map([['former', 'certificate 0']]);
  made = 0;
  /** Fails at this step, before or after it took effect. */
  fault: { step: string; when: 'before' | 'after' } | undefined;
  connected: string | undefined;

  async #do<T>(step: string, work: () => T): Promise<T> {
    if (this.fault?.step === step && this.fault.when === 'before') throw refused('online.unreachable');
    const result = work();
    if (this.fault?.step === step) throw refused('online.unreachable');
    return result;
  }

  readonly setUp: Partial<IntegrationSetUp> = {
    createCertificate: async () => {
      this.made += 1;
      const name = `certificate ${this.made}`;
      return { certificatePem: name, privateKeyPem: new Secret(`key of ${name}`), expiresAt: new Date(after(365)) };
    },
    addCertificate: (current, _objectId, { certificatePem }) =>
      this.#do('add', () => {
        this.#demandKnown(current);
        if ([...this.keys.values()].includes(certificatePem)) throw refused('online.failed');
        const keyId = `key ${this.keys.size}`;
        this.keys.set(keyId, certificatePem);
        return keyId;
      }),
    proveCredentials: (credentials) => this.#do('prove', () => this.#demandKnown(credentials)),
    removeCertificate: (current, _objectId, keyId) =>
      this.#do('remove', () => {
        this.#demandKnown(current);
        this.keys.delete(keyId);
      }),
  };

  connect = (credentials: IntegrationCredentials): Promise<void> =>
    this.#do('connect', () => {
      this.connected = credentials.certificatePem;
    });

  #demandKnown({ certificatePem, privateKeyPem }: IntegrationCredentials): void {
    const isPair = privateKeyPem.reveal() === `key of ${certificatePem}`;
    if (!isPair || ![...this.keys.values()].includes(certificatePem)) throw refused('online.certificate-refused');
  }
}

let world: TestPlatform;
let clock: ManualClock;
let tenant: FakeKeys;
let parts: IntegrationParts;

const record: IntegrationRecord = {
  tenantId: 'tenant',
  tenantName: 'Contoso',
  initialDomain: 'contoso.onmicrosoft.com',
  defaultDomain: 'contoso.com',
  defaultUsageLocation: 'DE',
  clientId: 'client',
  applicationName: 'Isthmus',
  certificatePem: 'certificate 0',
  certificateExpiresAt: after(60),
  integratedAt: after(-300),
  integratedBy: 'ana',
  registration: { applicationObjectId: 'object', clientId: 'client', certificateKeyId: 'former' },
};

const save = (changes: Partial<IntegrationRecord> = {}) =>
  saveIntegration(
    world.platform,
    { ...record, ...changes },
    {
      tenantId: 'tenant',
      clientId: 'client',
      certificatePem: record.certificatePem,
      privateKeyPem: new Secret('key of certificate 0'),
    },
  );

beforeEach(async () => {
  clock = new ManualClock(START);
  world = await startTestPlatform(clock);
  tenant = new FakeKeys();
  parts = { setUp: tenant.setUp, connect: tenant.connect } as unknown as IntegrationParts;
  await save();
});
afterEach(() => world.drop());

/** What is in use works, nothing else is on the registration, and nothing is left of the rotation. */
async function expectRenewed(): Promise<void> {
  const known = await findIntegrationRecord(world.platform.settings);
  expect(known?.certificatePem).toBe('certificate 1');
  expect([...tenant.keys.values()]).toEqual(['certificate 1']);
  expect(tenant.connected).toBe('certificate 1');
  expect((await findIntegrationCredentials(world.platform))?.privateKeyPem.reveal()).toBe('key of certificate 1');
  const secrets = await world.database.selectFrom('secret').select('name').execute();
  expect(secrets.map(({ name }) => name)).toEqual(['integration-private-key']);
}

describe('renewing the certificate', () => {
  test('adds the new one, uses it, and takes the old one off', async () => {
    await rotateCertificate(world.platform, parts, by);
    await expectRenewed();
  });

  test.each(
    ['add', 'prove', 'connect', 'remove'].flatMap((step) =>
      (['before', 'after'] as const).map((when) => ({ step, when })),
    ),
  )('cut off $when $step: the connection works, and the next run finishes with the same certificate', async (fault) => {
    tenant.fault = fault;
    await expect(rotateCertificate(world.platform, parts, by)).rejects.toMatchObject({ code: 'online.unreachable' });
    const inUse = await findIntegrationCredentials(world.platform);
    expect([...tenant.keys.values()]).toContain(inUse?.certificatePem);
    tenant.fault = undefined;
    await rotateCertificate(world.platform, parts, by);
    await expectRenewed();
    expect(tenant.made).toBe(1);
  });

  test('cut off between the new key and its record, it is still finished', async () => {
    tenant.fault = { step: 'prove', when: 'before' };
    await expect(rotateCertificate(world.platform, parts, by)).rejects.toThrow();
    await world.platform.secrets.put('integration-private-key', new Secret('key of certificate 1'));
    tenant.fault = undefined;
    await rotateCertificate(world.platform, parts, by);
    await expectRenewed();
  });

  test('is told to be impossible for integrations of before, with the way out', async () => {
    await save({ registration: undefined });
    await expect(rotateCertificate(world.platform, parts, by)).rejects.toMatchObject({
      code: 'integration.registration-unknown',
      remedy: expect.stringContaining('Change the administrator account'),
    });
  });
});

const openAlerts = () =>
  world.database.selectFrom('alert').select(['code', 'severity']).where('state', '<>', 'resolved').execute();

describe('looking after the connection', () => {
  test('renews thirty days before the end, not earlier', async () => {
    await watchConnection(world.platform, parts);
    expect(tenant.made).toBe(0);
    clock.advance(31 * 86_400_000);
    await watchConnection(world.platform, parts);
    await expectRenewed();
    expect(await openAlerts()).toEqual([]);
  });

  test('tells when that fails, louder the nearer the end, until it succeeds', async () => {
    tenant.fault = { step: 'add', when: 'before' };
    clock.advance(40 * 86_400_000);
    await watchConnection(world.platform, parts);
    expect(await openAlerts()).toEqual([{ code: 'integration.certificate-expires', severity: 'warning' }]);
    clock.advance(15 * 86_400_000);
    await watchConnection(world.platform, parts);
    expect(await openAlerts()).toEqual([{ code: 'integration.certificate-expires', severity: 'critical' }]);
    tenant.fault = undefined;
    await watchConnection(world.platform, parts);
    expect(await openAlerts()).toEqual([]);
  });

  test.each(['online.certificate-refused', 'online.application-missing', 'online.not-permitted'])(
    'tells that nothing reaches the tenant any more: %s',
    async (code) => {
      const problem = JSON.stringify({ code, message: 'No.' });
      await world.database.insertInto('feed').values({ name: 'tenant', position: 'x', source: 'y', problem }).execute();
      await watchConnection(world.platform, parts);
      expect(await openAlerts()).toEqual([{ code: 'integration.broken', severity: 'critical' }]);
      await world.database.updateTable('feed').set({ problem: null }).execute();
      await watchConnection(world.platform, parts);
      expect(await openAlerts()).toEqual([]);
    },
  );
});
