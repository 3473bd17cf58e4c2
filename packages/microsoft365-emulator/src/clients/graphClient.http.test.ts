import { text as textOf } from 'node:stream/consumers';
import { ClientSecretCredential } from '@azure/identity';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  FileUpload,
  GraphError,
  type LargeFileUploadSession,
  LargeFileUploadTask,
  PageIterator,
} from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import type { User } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { distinctCalls } from '../testing/distinctCalls.ts';
import { TestDnsServer } from '../testing/TestDnsServer.ts';
import { newUser, startTrusted } from '../testing/TestTenant.ts';

const businessPremium = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const PART = 320 * 1024;

let emulator: Emulator;
let dns: TestDnsServer;
let graph: Client;

beforeAll(async () => {
  dns = await TestDnsServer.start();
  emulator = await startTrusted({
    seed: {
      people: { count: 250 },
      users: [
        { userPrincipalName: 'ada', displayName: 'Ada', usageLocation: 'US' },
        { userPrincipalName: 'bob', displayName: 'Bob' },
      ],
      sites: [{ path: 'sites/team', displayName: 'Team', members: ['ada'] }],
    },
    settings: { dnsResolver: dns.address },
  });
  graph = connect([
    'User.ReadWrite.All',
    'LicenseAssignment.ReadWrite.All',
    'Organization.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Domain.ReadWrite.All',
    'Sites.Manage.All',
    'Sites.ReadWrite.All',
    'Files.ReadWrite.All',
  ]);
});
afterAll(async () => {
  await emulator.close();
  await dns.close();
});

function connect(permissions: string[]): Client {
  const { appId, secret } = emulator.control.addApplication({
    displayName: 'graph-client',
    permissions,
    roles: ['User Administrator', 'Domain Name Administrator'],
  });
  const credential = new ClientSecretCredential(emulator.tenantId, appId, secret!, {
    authorityHost: emulator.url,
    disableInstanceDiscovery: true,
  });
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: ['https://graph.microsoft.com/.default'],
    }),
    baseUrl: `${emulator.url}/`,
    customHosts: new Set(['localhost']),
  });
}

const upn = (name: string): string => `${name}@${emulator.initialDomain}`;

async function refusal(call: Promise<unknown>): Promise<[number, string | null]> {
  const error = await call.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  if (!(error instanceof GraphError)) throw new TypeError('The call was not refused by Graph.');
  return [error.statusCode, error.code];
}

describe('users', () => {
  test('are made, read, changed, deleted and restored', async () => {
    const made: User = await graph.api('/users').post(newUser('eve'));
    expect(made).toMatchObject({ displayName: 'eve', userPrincipalName: upn('eve') });
    await graph.api(`/users/${made.id}`).update({ jobTitle: 'Builder' });
    const shown: User = await graph
      .api(`/users/${upn('eve')}`)
      .select(['jobTitle', 'accountEnabled'])
      .get();
    expect(shown).toMatchObject({ jobTitle: 'Builder', accountEnabled: true });
    await graph.api(`/users/${made.id}/manager/$ref`).put({ '@odata.id': `${emulator.url}/v1.0/users/${upn('ada')}` });
    expect((await graph.api(`/users/${made.id}/manager`).get()).displayName).toBe('Ada');
    await graph.api(`/users/${made.id}`).delete();
    expect(emulator.control.tenants[0]!.deletedUsers).toBe(1);
    await graph.api(`/directory/deletedItems/${made.id}/restore`).post({});
    expect(emulator.control.tenants[0]!.deletedUsers).toBe(0);
  });

  test('are filtered, searched and counted', async () => {
    const found = await graph.api('/users').filter("startsWith(displayName,'Ad') and accountEnabled eq true").get();
    expect(found.value.map((user: User) => user.displayName)).toContain('Ada');
    const searched = await graph
      .api('/users')
      .header('ConsistencyLevel', 'eventual')
      .search('"displayName:Bob"')
      .count(true)
      .orderby('displayName')
      .get();
    expect(searched['@odata.count']).toBe(searched.value.length);
    expect(searched.value.map((user: User) => user.displayName)).toContain('Bob');
    const count = await graph.api('/users/$count').header('ConsistencyLevel', 'eventual').get();
    expect(Number(count)).toBe(emulator.control.tenants[0]!.users);
  });

  test('come page by page', async () => {
    const names: string[] = [];
    const first = await graph.api('/users').top(100).select('userPrincipalName').get();
    const iterator = new PageIterator(graph, first, (user: User) => names.push(user.userPrincipalName!) > 0);
    await iterator.iterate();
    expect(new Set(names).size).toBe(emulator.control.tenants[0]!.users);
    expect(emulator.control.requests({ url: 'skiptoken' }).length).toBeGreaterThanOrEqual(2);
  });

  test('changes are followed with a delta link', async () => {
    const follow = async (url: string): Promise<{ users: User[]; deltaLink: string }> => {
      const users: User[] = [];
      let page = await graph.api(url).get();
      for (users.push(...page.value); page['@odata.nextLink'] !== undefined; users.push(...page.value)) {
        page = await graph.api(page['@odata.nextLink']).get();
      }
      return { users, deltaLink: page['@odata.deltaLink'] };
    };
    const all = await follow('/users/delta?$select=displayName,department');
    expect(all.users).toHaveLength(emulator.control.tenants[0]!.users);
    await graph.api(`/users/${upn('bob')}`).update({ department: 'Works' });
    const { users, deltaLink } = await follow(all.deltaLink);
    expect(users).toEqual([expect.objectContaining({ department: 'Works' })]);
    expect((await follow(deltaLink)).users).toEqual([]);
  });

  test('get licenses as long as there are seats', async () => {
    const taken = (): number => emulator.control.tenants[0]!.licenses.find(isPremium)!.taken;
    const isPremium = ({ skuPartNumber }: { skuPartNumber: string }): boolean => skuPartNumber === 'SPB';
    const change = { addLicenses: [{ skuId: businessPremium, disabledPlans: [] }], removeLicenses: [] };
    await graph.api(`/users/${upn('ada')}/assignLicense`).post(change);
    expect(taken()).toBe(1);
    const details = await graph.api(`/users/${upn('ada')}/licenseDetails`).get();
    expect(details.value).toEqual([expect.objectContaining({ skuPartNumber: 'SPB' })]);
    const skus = await graph.api('/subscribedSkus').get();
    expect(skus.value.find(isPremium)).toMatchObject({ consumedUnits: 1 });
    expect(await refusal(graph.api(`/users/${upn('bob')}/assignLicense`).post(change))).toEqual([
      400,
      'Request_BadRequest',
    ]);
  });
});

test('groups get members and lose them', async () => {
  const group = await graph.api('/groups').post({
    displayName: 'Makers',
    mailNickname: 'makers',
    mailEnabled: false,
    securityEnabled: true,
  });
  const { id } = await graph.api(`/users/${upn('ada')}`).get();
  await graph
    .api(`/groups/${group.id}/members/$ref`)
    .post({ '@odata.id': `${emulator.url}/v1.0/directoryObjects/${id}` });
  expect((await graph.api(`/groups/${group.id}/members`).get()).value).toEqual([expect.objectContaining({ id })]);
  expect((await graph.api(`/users/${id}/memberOf`).get()).value).toEqual([
    expect.objectContaining({ displayName: 'Makers' }),
  ]);
  await graph.api(`/groups/${group.id}/members/${id}/$ref`).delete();
  expect((await graph.api(`/groups/${group.id}/members`).get()).value).toEqual([]);
});

test('a domain is verified when DNS says so', async () => {
  await graph.api('/domains').post({ id: 'contoso.example' });
  expect(await refusal(graph.api('/domains/contoso.example/verify').post({}))).toEqual([400, 'Request_BadRequest']);
  const { value } = await graph.api('/domains/contoso.example/verificationDnsRecords').get();
  const { text } = value.find((record: { recordType: string }) => record.recordType === 'Txt');
  dns.records.push({ type: 'TXT', name: 'contoso.example', ttl: 60, data: text });
  expect((await graph.api('/domains/contoso.example/verify').post({})).isVerified).toBe(true);
  expect((await graph.api('/domains/contoso.example').get()).isVerified).toBe(true);
});

describe('files', () => {
  test('small ones are uploaded, and read again', async () => {
    const drive = await graph.api('/sites/contoso.sharepoint.com:/sites/team:/drive').get();
    const item = await graph.api(`/drives/${drive.id}/root:/Plans/Small.txt:/content`).put('A small file');
    expect(item).toMatchObject({ name: 'Small.txt', size: 12 });
    const stream = await graph.api(`/drives/${drive.id}/items/${item.id}/content`).getStream();
    expect(await textOf(stream)).toBe('A small file');
  });

  test('large ones are uploaded in parts', async () => {
    const drive = await graph.api('/sites/contoso.sharepoint.com:/sites/team:/drive').get();
    const payload = { item: { '@microsoft.graph.conflictBehavior': 'replace' } };
    const session: LargeFileUploadSession = await LargeFileUploadTask.createUploadSession(
      graph,
      `/drives/${drive.id}/root:/Large.bin:/createUploadSession`,
      payload,
    );
    const content = Buffer.alloc(2 * PART + 17, 'x');
    const file = new FileUpload(content, 'Large.bin', content.length);
    const task = new LargeFileUploadTask(graph, file, session, { rangeSize: PART });
    expect((await task.upload()).responseBody).toMatchObject({ name: 'Large.bin', size: content.length });
    const stream = await graph.api(`/drives/${drive.id}/root:/Large.bin:/content`).getStream();
    expect((await textOf(stream)).length).toBe(content.length);
  });
});

test('lists of a site get columns and items', async () => {
  const site = await graph.api('/sites/contoso.sharepoint.com:/sites/team').get();
  const list = await graph
    .api(`/sites/${site.id}/lists`)
    .post({ displayName: 'Plans', list: { template: 'genericList' } });
  await graph.api(`/sites/${site.id}/lists/${list.id}/columns`).post({ name: 'Place', text: {} });
  await graph.api(`/sites/${site.id}/lists/${list.id}/items`).post({ fields: { Title: 'First', Place: 'Here' } });
  const { value } = await graph.api(`/sites/${site.id}/lists/${list.id}/items`).expand('fields').get();
  expect(value).toEqual([expect.objectContaining({ fields: expect.objectContaining({ Place: 'Here' }) })]);
});

test('a batch is carried out in the order of its dependencies', async () => {
  const request = (path: string, init?: RequestInit): Request => new Request(`${emulator.url}${path}`, init);
  const create = request('/users', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(newUser('batched')),
  });
  const content = new BatchRequestContent([
    { id: '1', request: create },
    { id: '2', request: request(`/users/${upn('batched')}`), dependsOn: ['1'] },
    { id: '3', request: request('/users/nobody'), dependsOn: ['2'] },
  ]);
  const answer = new BatchResponseContent(await graph.api('/$batch').post(await content.getContent()));
  expect([1, 2, 3].map((id) => answer.getResponseById(String(id)).status)).toEqual([201, 200, 404]);
  expect(await answer.getResponseById('2').json()).toMatchObject({ userPrincipalName: upn('batched') });
});

describe('refusals', () => {
  test('reach the caller with status and code', async () => {
    expect(await refusal(graph.api('/users/nobody').get())).toEqual([404, 'Request_ResourceNotFound']);
    expect(await refusal(graph.api('/users').filter('displayName').get())).toEqual([
      400,
      expect.stringMatching(/BadRequest/),
    ]);
    expect(await refusal(graph.api('/users').post(newUser('ada')))).toEqual([400, 'Request_BadRequest']);
    expect(await refusal(graph.api('/nothing').get())).toEqual([400, 'BadRequest']);
    expect(await refusal(connect([]).api('/users').get())).toEqual([403, 'Authorization_RequestDenied']);
  });

  test.each([429, 503, 504])('%i is tried again after the time that the service asks for', async (status) => {
    emulator.control.addFault({
      path: '/v1.0/organization',
      answer: { status, headers: { 'retry-after': '1' }, body: { error: { code: 'later', message: 'Later' } } },
    });
    const before = emulator.control.requestCount;
    expect((await graph.api('/organization').get()).value).toHaveLength(1);
    const calls = emulator.control.requests({ after: before });
    expect(calls.map((call) => call.status)).toEqual([status, 200]);
    const [first, second] = calls.map(({ at }) => Date.parse(at));
    expect(second! - first!).toBeGreaterThanOrEqual(990);
  });
});

test('these are many different calls', () => {
  expect(distinctCalls('@microsoft/microsoft-graph-client', emulator.control.requests())).toBeGreaterThanOrEqual(38);
});
