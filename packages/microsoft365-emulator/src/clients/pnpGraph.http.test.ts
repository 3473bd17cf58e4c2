import { graphfi } from '@pnp/graph';
import { GraphDefault } from '@pnp/nodejs';
import '@pnp/graph/admin/index.js';
import '@pnp/graph/batching.js';
import '@pnp/graph/directory-objects/index.js';
import '@pnp/graph/files/index.js';
import '@pnp/graph/groups/index.js';
import '@pnp/graph/lists/index.js';
import '@pnp/graph/members/index.js';
import '@pnp/graph/sites/index.js';
import '@pnp/graph/users/index.js';
import { GroupType } from '@pnp/graph/groups/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { distinctCalls } from '../testing/distinctCalls.ts';
import { startTrusted } from '../testing/TestTenant.ts';

// biome-ignore lint/suspicious/noExplicitAny: PnPjs adds to its types by relative module names, which NodeNext does not follow
type Pnp = any;

let emulator: Emulator;
let graph: Pnp;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      people: { count: 250 },
      users: [
        { userPrincipalName: 'ada', displayName: 'Ada' },
        { userPrincipalName: 'bob', displayName: 'Bob' },
      ],
      sites: [{ path: 'sites/team', displayName: 'Team', files: [{ path: 'a.txt', text: 'A' }] }],
    },
  });
  graph = connect([
    'User.ReadWrite.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Sites.Manage.All',
    'Sites.ReadWrite.All',
    'Files.ReadWrite.All',
    'ServiceHealth.Read.All',
    'ServiceMessage.Read.All',
  ]);
});
afterAll(() => emulator.close());

function connect(permissions: string[]): Pnp {
  const { appId, secret } = emulator.control.addApplication({
    displayName: 'PnP',
    permissions,
    roles: ['User Administrator'],
  });
  const auth = {
    clientId: appId,
    clientSecret: secret!,
    authority: `${emulator.url}/${emulator.tenantId}`,
    knownAuthorities: [new URL(emulator.url).host],
  };
  const msal = { config: { auth }, scopes: ['https://graph.microsoft.com/.default'] };
  return graphfi().using(GraphDefault({ baseUrl: `${emulator.url}/v1.0`, msal }));
}

const upn = (name: string): string => `${name}@${emulator.initialDomain}`;

function pluck(objects: readonly Readonly<Record<string, unknown>>[], name: string): unknown[] {
  return objects.map((object) => object[name]);
}

async function refusal(call: Promise<unknown>): Promise<[number, string]> {
  const error = await call.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  const { response } = error as { response: Response };
  const body = (await response.json()) as { error: { code: string } };
  return [response.status, body.error.code];
}

describe('people', () => {
  test('are found, changed and deleted', async () => {
    const made = (await graph.users.filter("displayName eq 'Bob'").select('id', 'displayName')())[0];
    const bob = graph.users.getById(made.id);
    await bob.update({ jobTitle: 'Builder' });
    expect(await bob.select('jobTitle')()).toMatchObject({ jobTitle: 'Builder' });
    await bob.delete();
    expect(emulator.control.tenants[0]?.deletedUsers).toBe(1);
    expect(await refusal(bob())).toEqual([404, 'Request_ResourceNotFound']);
  });

  test('come page by page', async () => {
    const pages: number[] = [];
    for await (const page of graph.users.top(100)) pages.push(page.length);
    expect(pages.reduce((sum, length) => sum + length)).toBe(emulator.control.tenants[0]?.users);
    expect(pages).toHaveLength(3);
  });
});

describe('groups', () => {
  test('are made of both kinds and get members', async () => {
    const ada = await graph.users.getById(upn('ada'))();
    const { id } = await graph.groups.add('Makers', 'makers', GroupType.Security);
    const makers = graph.groups.getById(id);
    await makers.members.add(`${emulator.url}/v1.0/directoryObjects/${ada.id}`);
    expect(pluck(await makers.members(), 'displayName')).toEqual(['Ada']);
    const one = graph.users.getById(ada.id);
    expect(await one.checkMemberGroups([id, ada.id])).toEqual([id]);
    expect(await one.getMemberGroups()).toEqual([id]);
    expect(await one.getMemberObjects()).toEqual([id]);
    expect(pluck(await one.memberOf(), 'displayName')).toEqual(['Makers']);
    expect(pluck(await one.transitiveMemberOf(), 'displayName')).toEqual(['Makers']);
    await makers.members.getById(ada.id).remove();
    expect(await makers.members()).toEqual([]);
    expect(await graph.directoryObjects.getByIds([id, ada.id])).toHaveLength(2);
  });

  test('of Microsoft 365 have a mail address', async () => {
    const made = await graph.groups.add('Builders', 'builders', GroupType.Office365, { description: 'Build' });
    expect(made).toMatchObject({ mail: upn('builders'), groupTypes: ['Unified'] });
    await graph.groups.getById(made.id).update({ description: 'They build' });
    expect((await graph.groups.getById(made.id)()).description).toBe('They build');
    expect(await refusal(graph.groups.add('Builders', 'builders', GroupType.Office365))).toEqual([
      400,
      'Request_BadRequest',
    ]);
    await graph.groups.getById(made.id).delete();
    expect(await refusal(graph.groups.getById(made.id)())).toEqual([404, 'Request_ResourceNotFound']);
  });
});

test('a batch carries calls of every kind', async () => {
  const [batched, execute] = graph.batched();
  const answers: Promise<unknown>[] = [
    batched.users.getById(upn('ada'))(),
    batched.groups.add('Batched', 'batched', GroupType.Security),
    refusal(batched.users.getById('nobody')()),
  ];
  const before = emulator.control.requestCount;
  await execute();
  expect(await Promise.all(answers)).toEqual([
    expect.objectContaining({ displayName: 'Ada' }),
    expect.objectContaining({ displayName: 'Batched', securityEnabled: true }),
    [404, 'Request_ResourceNotFound'],
  ]);
  const calls = emulator.control.requests({ after: before });
  expect(calls.filter(({ url }) => url.endsWith('/$batch'))).toHaveLength(1);
  expect(calls.filter(({ batchItemId }) => batchItemId !== null)).toHaveLength(3);
});

test('sites, lists and files are at hand', async () => {
  const site = await graph.sites.getByUrl('contoso.sharepoint.com', '/sites/team');
  await site.lists.add({ displayName: 'Plans', list: { template: 'genericList' } });
  expect(pluck(await site.lists(), 'displayName')).toContain('Plans');
  const file = await site.drive.root.upload({ filePathName: 'b.txt', content: 'B' });
  expect(await (await site.drive.getItemById(file.id).getContent()).text()).toBe('B');
  expect(pluck(await site.drive.root.children(), 'name')).toEqual(['a.txt', 'b.txt']);
});

test('the health of services is read', async () => {
  const health = await graph.admin.serviceAnnouncements.healthOverviews();
  expect(pluck(health, 'service')).toContain('Exchange Online');
  expect(await graph.admin.serviceAnnouncements.messages()).toEqual([]);
});

describe('refusals', () => {
  test('reach the caller', async () => {
    expect(await refusal(connect([]).users())).toEqual([403, 'Authorization_RequestDenied']);
    expect(await refusal(graph.users.filter('displayName')())).toEqual([400, expect.stringMatching(/BadRequest/)]);
  });

  test.each([429, 503])('%i is tried again', async (status) => {
    emulator.control.addFault({ path: '/v1.0/groups', answer: { status, headers: { 'retry-after': '0' } } });
    const before = emulator.control.requestCount;
    await graph.groups();
    expect(emulator.control.requests({ after: before }).map((call) => call.status)).toEqual([status, 200]);
  });
});

test('these are many different calls', () => {
  expect(distinctCalls('@pnp/graph', emulator.control.requests())).toBeGreaterThanOrEqual(30);
});
