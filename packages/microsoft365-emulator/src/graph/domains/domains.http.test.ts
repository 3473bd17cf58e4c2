import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import { TestDnsServer } from '../../testing/TestDnsServer.ts';
import { clientWith, newUser, startTrusted, type TestAnswer, type TestClient } from '../../testing/TestTenant.ts';

const NAME = 'contoso.example';
const permissions = ['Domain.ReadWrite.All', 'User.ReadWrite.All', 'Group.ReadWrite.All', 'Application.ReadWrite.All'];

let dns: TestDnsServer;
let emulator: Emulator;
let graph: TestClient;

beforeAll(async () => {
  dns = await TestDnsServer.start();
  emulator = await startTrusted({
    seed: {
      domains: [
        { name: 'old.example', createdDateTime: '2020-01-01T00:00:00Z' },
        { name: 'federated.example', authenticationType: 'Federated' },
        { name: 'eu.federated.example', authenticationType: 'Federated' },
      ],
    },
    settings: { dnsResolver: dns.address, dnsTimeoutMs: 400 },
  });
});
afterAll(async () => {
  await emulator.close();
  await dns.close();
});
beforeEach(async () => {
  emulator.control.reset();
  Object.assign(dns, { records: [], isSilent: false, isTruncating: false, negativeTtl: undefined });
  dns.questions.length = 0;
  graph = await clientWith(emulator, permissions, ['User Administrator', 'Domain Name Administrator']);
});

const add = (id: string): Promise<TestAnswer> => graph('POST', '/domains', { id });
const verify = (id = NAME): Promise<TestAnswer> => graph('POST', `/domains/${id}/verify`);
const message = (answer: TestAnswer): string => answer.body.error.message;

async function wantedRecords(id = NAME): Promise<{ text: string; mailExchange: string }> {
  const { body } = await graph('GET', `/domains/${id}/verificationDnsRecords`);
  const [txt, mx] = body.value;
  return { text: txt.text, mailExchange: mx.mailExchange };
}

async function addVerified(id = NAME): Promise<void> {
  await add(id);
  const { text } = await wantedRecords(id);
  dns.records.push({ type: 'TXT', name: id, ttl: 60, data: text });
  expect((await verify(id)).status).toBe(200);
}

describe('adding a domain', () => {
  test('makes it unverified, once, and never one of Microsoft', async () => {
    const added = await add('Contoso.Example');
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      id: NAME,
      isVerified: false,
      isRoot: true,
      isAdminManaged: true,
      isDefault: false,
      authenticationType: 'Managed',
      supportedServices: [],
      state: null,
    });
    const again = await add(NAME);
    expect([again.status, again.body.error.details]).toEqual([
      400,
      [
        {
          code: 'ObjectConflict',
          message: 'Another object with the same value for property id already exists.',
          target: 'id',
        },
      ],
    ]);
    for (const id of ['nonsense', 'other.onmicrosoft.com', '-a.example']) expect((await add(id)).status).toBe(400);
  });

  test('asks for a TXT or an MX record with the same digits', async () => {
    await add(NAME);
    const { body } = await graph('GET', `/domains/${NAME}/verificationDnsRecords`);
    const [txt, mx] = body.value;
    expect(txt).toMatchObject({ '@odata.type': '#microsoft.graph.domainDnsTxtRecord', recordType: 'Txt', ttl: 3600 });
    expect(mx).toMatchObject({ '@odata.type': '#microsoft.graph.domainDnsMxRecord', preference: 32767, label: NAME });
    expect(txt.text).toMatch(/^MS=ms\d{8}$/);
    expect(mx.mailExchange).toBe(`${txt.text.replace('MS=', '')}.msv1.invalid`);
  });
});

describe('verifying a domain', () => {
  test('asks DNS, and takes either record', async () => {
    await add(NAME);
    expect(message(await verify())).toMatch(/^Domain verification failed with the following error: /);
    const { text, mailExchange } = await wantedRecords();
    dns.records = [{ type: 'TXT', name: NAME, data: 'MS=ms00000000' }];
    expect((await verify()).status).toBe(400);
    dns.records = [{ type: 'MX', name: NAME, data: { preference: 32767, exchange: mailExchange } }];
    const verified = await verify();
    expect(verified.body).toMatchObject({ isVerified: true, availabilityStatus: 'AvailableImmediately' });
    expect((await graph('GET', `/domains/${NAME}`)).body.availabilityStatus).toBeNull();
    expect(message(await verify())).toBe('Domain is already verified.');
    await addVerified('by-txt.example');
    expect(text).toMatch(/^MS=/);
  });

  test('comes again by TCP when the answer is too long for UDP', async () => {
    await add(NAME);
    const { text } = await wantedRecords();
    dns.isTruncating = true;
    dns.records = [{ type: 'TXT', name: NAME, data: ['MS=', text.slice(3)] }];
    expect((await verify()).status).toBe(200);
    expect(dns.questions).toEqual([`TXT ${NAME}`, `TXT ${NAME} by TCP`]);
  });

  test('fails when nobody answers', async () => {
    await add(NAME);
    dns.isSilent = true;
    expect(message(await verify())).toMatch(/^Domain verification failed with the following error: .*did not answer/);
    expect(dns.questions).toEqual([]);
  });

  test('believes that there is no record for as long as the zone says, unless a setting says otherwise', async () => {
    await add(NAME);
    const { text } = await wantedRecords();
    dns.negativeTtl = 600;
    expect((await verify()).status).toBe(400);
    dns.records = [{ type: 'TXT', name: NAME, data: text }];
    expect((await verify()).status).toBe(400);
    emulator.control.change({ dnsNegativeCaching: false });
    dns.records = [];
    await verify();
    dns.records = [{ type: 'TXT', name: NAME, data: text }];
    emulator.control.change({ dnsNegativeCaching: true });
    emulator.control.advanceClock(601_000);
    expect((await verify()).status).toBe(200);
  });

  test('verifies what lies below it, and later subdomains need no record', async () => {
    await add(NAME);
    await add(`early.${NAME}`);
    await addVerified();
    expect((await graph('GET', `/domains/early.${NAME}`)).body).toMatchObject({ isVerified: true, isRoot: false });
    expect((await add(`late.${NAME}`)).body).toMatchObject({ isVerified: true, isRoot: false });
    expect((await graph('GET', `/domains/late.${NAME}/rootDomain`)).body.id).toBe(NAME);
  });
});

describe('a verified domain', () => {
  beforeEach(() => addVerified());

  test('asks for the records of the services that are switched on', async () => {
    const read = async (id = NAME): Promise<Record<string, unknown>[]> =>
      (await graph('GET', `/domains/${id}/serviceConfigurationRecords`)).body.value;
    expect((await read()).map(({ supportedService }) => supportedService)).toEqual(['Intune', 'Intune']);
    const services = { supportedServices: ['Email', 'OfficeCommunicationsOnline'] };
    expect((await graph('PATCH', `/domains/${NAME}`, services)).status).toBe(204);
    const records = await read();
    expect(records.filter(({ recordType }) => recordType === 'Mx')).toEqual([
      expect.objectContaining({
        label: NAME,
        preference: 0,
        mailExchange: expect.stringMatching(/^contoso-example\.[a-z]-v1\.mx\.microsoft$/),
      }),
    ]);
    expect(records).toContainEqual(
      expect.objectContaining({ label: `autodiscover.${NAME}`, canonicalName: 'autodiscover.outlook.com' }),
    );
    expect(records).toContainEqual(
      expect.objectContaining({
        label: `_sipfederationtls._tcp.${NAME}`,
        port: 5061,
        nameTarget: 'sipfed.online.lync.com',
      }),
    );
    const [old] = (await read('old.example')).filter(({ recordType }) => recordType === 'Mx');
    expect(old?.['mailExchange']).toBe('old-example.mail.protection.outlook.com');
    emulator.control.change({ mailExchangerStyle: 'old' });
    expect((await read())[0]?.['mailExchange']).toBe('contoso-example.mail.protection.outlook.com');
    expect((await graph('PATCH', `/domains/${NAME}`, { supportedServices: ['Intune'] })).status).toBe(400);
  });

  test('can become the default, of which there is one', async () => {
    expect((await graph('PATCH', `/domains/${NAME}`, { isDefault: true })).status).toBe(204);
    const { body } = await graph('GET', '/domains');
    const defaults = body.value.filter((domain: { isDefault: boolean }) => domain.isDefault);
    expect(defaults.map(({ id }: { id: string }) => id)).toEqual([NAME]);
    expect((await graph('PATCH', `/domains/${NAME}`, { isDefault: false })).status).toBe(400);
    expect((await graph('DELETE', `/domains/${NAME}`)).status).toBe(400);
    await add('unverified.example');
    expect((await graph('PATCH', '/domains/unverified.example', { isDefault: true })).status).toBe(400);
  });

  test('is deleted only when nothing refers to it', async () => {
    const { id } = (await graph('POST', '/users', newUser('ada', { userPrincipalName: `ada@${NAME}` }))).body;
    const references = await graph('GET', `/domains/${NAME}/domainNameReferences`);
    expect(references.headers.get('x-ms-resource-unit')).toBe('4');
    expect(references.body.value).toEqual([expect.objectContaining({ '@odata.type': '#microsoft.graph.user', id })]);
    expect(message(await graph('DELETE', `/domains/${NAME}`))).toMatch(/forceDelete/);
    await graph('DELETE', `/users/${id}`);
    expect((await graph('DELETE', `/domains/${NAME}`)).status).toBe(204);
    expect((await graph('GET', `/domains/${NAME}`)).body.error.code).toBe('Request_ResourceNotFound');
  });

  test('is deleted by force as an operation that takes its time', async () => {
    const ada = (
      await graph('POST', '/users', newUser('ada', { userPrincipalName: `ada@${NAME}`, mail: `ada@${NAME}` }))
    ).body;
    await graph('POST', '/users', newUser('bob'));
    const bob = (await graph('POST', '/users', newUser('bob2', { userPrincipalName: `bob@${NAME}` }))).body;
    expect((await graph('POST', `/domains/${NAME}/forceDelete`, {})).status).toBe(204);
    const { state } = (await graph('GET', `/domains/${NAME}`)).body;
    expect(state).toMatchObject({ operation: 'ForceDelete', status: 'InProgress' });
    const moved = (await graph('GET', `/users/${ada.id}?$select=userPrincipalName,mail,proxyAddresses,accountEnabled`))
      .body;
    expect(moved).toMatchObject({
      userPrincipalName: 'ada@contoso.onmicrosoft.com',
      mail: 'ada@contoso.onmicrosoft.com',
      proxyAddresses: ['SMTP:ada@contoso.onmicrosoft.com'],
      accountEnabled: false,
    });
    expect((await graph('GET', `/users/${bob.id}`)).body.userPrincipalName).toBe('bob1@contoso.onmicrosoft.com');
    emulator.control.advanceClock(30_001);
    expect((await graph('GET', `/domains/${NAME}`)).status).toBe(404);
  });

  test('promotes its subdomains to roots of their own', async () => {
    await add(`eu.${NAME}`);
    const promoted = await graph('POST', `/domains/eu.${NAME}/promote`);
    expect([promoted.status, promoted.body.value]).toEqual([200, true]);
    expect((await graph('GET', `/domains/eu.${NAME}`)).body).toMatchObject({ isRoot: true, isDefault: false });
    expect((await graph('POST', `/domains/${NAME}/promote`)).status).toBe(400);
    await add('new.example');
    await add('sub.new.example');
    expect(message(await graph('POST', '/domains/sub.new.example/promote'))).toBe(
      'Unverified domains cannot be promoted. Please verify the domain before promotion.',
    );
    await graph('POST', '/users', newUser('eve', { userPrincipalName: 'eve@eu.federated.example' }));
    expect(message(await graph('POST', '/domains/eu.federated.example/promote'))).toMatch(/^Promoting a subdomain/);
    expect(message(await add('us.federated.example'))).toBe('One or more properties contains invalid values.');
  });
});

test('the initial domain stays', async () => {
  expect((await graph('DELETE', '/domains/contoso.onmicrosoft.com')).status).toBe(400);
  expect((await graph('POST', '/domains/contoso.onmicrosoft.com/forceDelete', {})).status).toBe(400);
});

test('whoever may only read domains does not write them', async () => {
  const reader = await clientWith(emulator, ['Domain.Read.All'], []);
  expect((await reader('GET', '/domains')).status).toBe(200);
  expect((await reader('POST', '/domains', { id: NAME })).body.error.code).toBe('Authorization_RequestDenied');
});
