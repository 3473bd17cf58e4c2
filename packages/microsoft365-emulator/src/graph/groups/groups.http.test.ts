import { Client } from '@microsoft/microsoft-graph-client';
import type { Group } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import {
  clientFor,
  clientWith,
  getToken,
  newUser,
  startTrusted,
  type TestAnswer,
  type TestClient,
} from '../../testing/TestTenant.ts';

const permissions = ['Group.ReadWrite.All', 'User.ReadWrite.All', 'User.DeleteRestore.All', 'Directory.Read.All'];
const eventual = { consistencylevel: 'eventual' };

let emulator: Emulator;
let graph: TestClient;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      users: [{ userPrincipalName: 'plain', password: 'Sunny-Meadow-42' }],
      groups: [
        { displayName: 'Sales list', kind: 'distribution', members: ['plain'] },
        { displayName: 'Mail security', kind: 'mailEnabledSecurity' },
        { displayName: 'Synced', properties: { onPremisesSyncEnabled: true } },
      ],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator, permissions);
});

const message = (answer: TestAnswer): string => answer.body.error.message;
const reference = (id: string): object => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

function newGroup(name: string, more: object = {}): object {
  return { displayName: name, mailNickname: name, mailEnabled: false, securityEnabled: true, ...more };
}
const unified = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };

async function create(name: string, more: object = {}): Promise<string> {
  const { status, body } = await graph('POST', '/groups', newGroup(name, more));
  expect(status).toBe(201);
  return body.id;
}

async function createUser(name: string): Promise<string> {
  return (await graph('POST', '/users', newUser(name))).body.id;
}

async function find(displayName: string): Promise<string> {
  const { body } = await graph('GET', `/groups?$filter=displayName eq '${displayName}'`);
  return body.value[0].id;
}

const idsOf = async (path: string): Promise<string[]> =>
  (await graph('GET', path)).body.value.map(({ id }: { id: string }) => id);

describe('creating', () => {
  test('a security group shows the default properties and where it is', async () => {
    const { status, headers, body } = await graph('POST', '/groups', newGroup('staff'));
    expect(status).toBe(201);
    expect(headers.get('location')).toMatch(/directoryObjects\/[0-9a-f-]{36}\/Microsoft\.DirectoryServices\.Group$/);
    expect(body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#groups/$entity',
      displayName: 'staff',
      groupTypes: [],
      mail: null,
      creationOptions: [],
      onPremisesProvisioningErrors: [],
      securityIdentifier: expect.stringMatching(/^S-1-12-1-/),
      renewedDateTime: expect.stringMatching(/Z$/),
    });
    expect(body).not.toHaveProperty('assignedLicenses');
  });

  test('a Microsoft 365 group gets an address', async () => {
    const { body } = await graph('POST', '/groups', newGroup('team', unified));
    const mail = 'team@contoso.onmicrosoft.com';
    expect(body).toMatchObject({ mail, proxyAddresses: [`SMTP:${mail}`], visibility: 'Public' });
    const again = await graph('POST', '/groups', newGroup('team', unified));
    expect([again.status, again.body.error.details[0].target]).toEqual([400, 'mailNickname']);
    expect((await graph('POST', '/groups', newGroup('team'))).status).toBe(201);
    const taken = await graph('PATCH', '/users/plain@contoso.onmicrosoft.com', { mail });
    expect(taken.body.error.details[1].target).toBe(`Group_${body.id}`);
  });

  test('groups with mail that are not Microsoft 365 groups are made in Exchange only', async () => {
    const refused = await graph('POST', '/groups', newGroup('list', { mailEnabled: true }));
    expect(message(refused)).toMatch(/^The service does not currently support writes of mail-enabled groups/);
  });

  test.each([
    ['no name', { displayName: undefined }, /A value is required for property 'displayName'/],
    ['a nickname with a blank', { mailNickname: 'a b' }, /Invalid value specified for property 'mailNickname'/],
    ['an unknown property', { colour: 'red' }, /The property 'colour' does not exist on type 'microsoft.graph.group'/],
    ['a wrong type', { securityEnabled: 'yes' }, /Cannot convert the literal 'yes' to the expected type 'Edm.Boolean'/],
    ['an unknown visibility', { visibility: 'Secret' }, /Invalid value specified for property 'visibility'/],
  ])('refuses %s', async (_, more, text) => {
    const refused = await graph('POST', '/groups', newGroup('bad', more));
    expect([refused.status, message(refused)]).toEqual([400, expect.stringMatching(text)]);
  });

  test('takes owners and members along, nobody twice', async () => {
    const [ada, bob] = [await createUser('ada'), await createUser('bob')];
    const link = (id: string): string => `https://graph.microsoft.com/v1.0/users/${id}`;
    const id = await create('bound', {
      'owners@odata.bind': [link(ada)],
      'members@odata.bind': [link(ada), link(bob)],
    });
    expect(await idsOf(`/groups/${id}/owners`)).toEqual([ada]);
    expect(await idsOf(`/groups/${id}/members`)).toEqual([ada, bob]);
    const twice = await graph('POST', '/groups', newGroup('twice', { 'members@odata.bind': [link(ada), link(ada)] }));
    expect(message(twice)).toBe('Request contains a property with duplicate values');
  });

  test('a tenant and somebody without a role have limits', async () => {
    emulator.control.change({ createdObjectQuota: 1 });
    const token = await getToken(emulator, {
      grant_type: 'password',
      client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      username: 'plain@contoso.onmicrosoft.com',
      password: 'Sunny-Meadow-42',
      scope: 'https://graph.microsoft.com/.default',
    });
    const plain = clientFor(emulator.url, token.body.access_token);
    const own = await plain('POST', '/groups', newGroup('mine'));
    expect(own.status).toBe(201);
    const over = await plain('POST', '/groups', newGroup('more'));
    expect([over.status, over.body.error.code]).toEqual([403, 'Directory_QuotaExceeded']);
    expect((await plain('PATCH', `/groups/${own.body.id}`, { description: 'Mine' })).status).toBe(204);
    const other = await create('other');
    expect((await plain('PATCH', `/groups/${other}`, { description: 'Mine' })).status).toBe(403);
    emulator.control.change({ directoryObjectQuota: 1 });
    expect((await graph('POST', '/groups', newGroup('full'))).body.error.code).toBe('Directory_QuotaExceeded');
  });
});

describe('members and owners', () => {
  test('come once and go once', async () => {
    const [group, ada] = [await create('staff'), await createUser('ada')];
    const add = (): Promise<TestAnswer> => graph('POST', `/groups/${group}/members/$ref`, reference(ada));
    expect((await add()).status).toBe(204);
    expect(message(await add())).toBe(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
    const nobody = '11111111-2222-3333-4444-555555555555';
    const unknown = await graph('POST', `/groups/${group}/members/$ref`, reference(nobody));
    expect([unknown.status, message(unknown)]).toEqual([
      404,
      `Resource '${nobody}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
    const remove = (): Promise<TestAnswer> => graph('DELETE', `/groups/${group}/members/${ada}/$ref`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await graph('DELETE', `/groups/${group}/members/${ada}`)).status).toBe(400);
    expect((await graph('GET', `/users/${ada}`)).status).toBe(200);
  });

  test('an update adds up to twenty members, all or none', async () => {
    const group = await create('staff');
    const ids: string[] = [];
    for (let index = 0; index < 21; index += 1) ids.push(await createUser(`user${index}`));
    const links = ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`);
    const bind = (some: string[]): Promise<TestAnswer> =>
      graph('PATCH', `/groups/${group}`, { 'members@odata.bind': some });
    expect((await bind(links)).status).toBe(400);
    expect((await bind(links.slice(0, 20))).status).toBe(204);
    expect(message(await bind(links.slice(19)))).toMatch(/already exist .* 'members'/);
    expect(await idsOf(`/groups/${group}/members`)).toHaveLength(20);
  });

  test('who may only change members adds them by an update, and changes nothing else by it', async () => {
    const [group, ada] = [await create('staff'), await createUser('ada')];
    const member = await clientWith(emulator, ['GroupMember.ReadWrite.All']);
    const bound = { 'members@odata.bind': [`https://graph.microsoft.com/v1.0/directoryObjects/${ada}`] };
    expect((await member('PATCH', `/groups/${group}`, { ...bound, description: 'mine' })).status).toBe(403);
    expect((await member('PATCH', `/groups/${group}`, { description: 'mine' })).status).toBe(403);
    expect((await member('PATCH', `/groups/${group}`, bound)).status).toBe(204);
    expect(await idsOf(`/groups/${group}/members`)).toEqual([ada]);
  });

  test('the last owner stays, and there are so many at most', async () => {
    const [group, ada, bob] = [await create('staff'), await createUser('ada'), await createUser('bob')];
    emulator.control.change({ groupOwnerQuota: 1 });
    expect((await graph('POST', `/groups/${group}/owners/$ref`, reference(ada))).status).toBe(204);
    const over = await graph('POST', `/groups/${group}/owners/$ref`, reference(bob));
    expect([over.status, message(over)]).toEqual([
      403,
      "Unable to perform operation as '2' would exceed the maximum quota count '1' for forward-link 'owners'.",
    ]);
    expect(message(await graph('DELETE', `/groups/${group}/owners/${ada}/$ref`))).toBe(
      'The group must have at least one owner, hence this owner cannot be removed.',
    );
  });

  test('groups in groups are followed, also in circles, and lists can be narrowed to a kind', async () => {
    const [outer, inner, ada] = [await create('outer'), await create('inner'), await createUser('ada')];
    await graph('POST', `/groups/${outer}/members/$ref`, reference(inner));
    await graph('POST', `/groups/${inner}/members/$ref`, reference(ada));
    await graph('POST', `/groups/${inner}/members/$ref`, reference(outer));
    expect(await idsOf(`/groups/${outer}/transitiveMembers`)).toEqual([inner, ada]);
    expect(await idsOf(`/groups/${outer}/transitiveMembers/microsoft.graph.user`)).toEqual([ada]);
    expect(await idsOf(`/users/${ada}/memberOf`)).toEqual([inner]);
    expect(await idsOf(`/users/${ada}/transitiveMemberOf`)).toEqual([inner, outer]);
    expect(await idsOf(`/groups/${inner}/memberOf/microsoft.graph.group`)).toEqual([outer]);
    const { body } = await graph('GET', `/groups/${outer}/members?$select=id,displayName,userPrincipalName`);
    expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.group', id: inner, displayName: 'inner' }]);
    const count = await graph('GET', `/groups/${outer}/transitiveMembers/$count`, undefined, eventual);
    expect(count.body).toBe('2');
    const search = `/groups/${inner}/members?$search="displayName:ad"&$count=true`;
    expect((await graph('GET', search, undefined, eventual)).body['@odata.count']).toBe(1);
  });

  test('nothing is in itself, and only users are in a Microsoft 365 group', async () => {
    const [group, team] = [await create('staff'), await create('team', unified)];
    expect((await graph('POST', `/groups/${group}/members/$ref`, reference(group))).status).toBe(400);
    expect((await graph('POST', `/groups/${team}/members/$ref`, reference(group))).status).toBe(400);
  });

  test('directory roles are among the memberships of their holders', async () => {
    const { body } = await graph('GET', `/users/${emulator.administrator.username}/memberOf`);
    expect(body.value).toEqual([
      expect.objectContaining({ '@odata.type': '#microsoft.graph.directoryRole', displayName: 'Global Administrator' }),
    ]);
  });

  test('questions about memberships are answered, also through other groups', async () => {
    const [outer, inner, ada] = [await create('outer'), await create('inner'), await createUser('ada')];
    await graph('POST', `/groups/${outer}/members/$ref`, reference(inner));
    await graph('POST', `/groups/${inner}/members/$ref`, reference(ada));
    const ask = async (name: string, body: object): Promise<unknown> =>
      (await graph('POST', `/users/${ada}/${name}`, body)).body.value;
    const checker = await clientWith(emulator, ['Directory.Read.All'], []);
    expect((await checker('POST', `/users/${ada}/checkMemberGroups`, { groupIds: [outer] })).body.value).toEqual([
      outer,
    ]);
    expect(await ask('getMemberGroups', { securityEnabledOnly: true })).toEqual([inner, outer]);
    expect(await ask('getMemberObjects', { securityEnabledOnly: false })).toEqual([inner, outer]);
    expect((await graph('POST', `/users/${ada}/checkMemberGroups`, { groupIds: ['x'] })).status).toBe(400);
  });
});

describe('groups that are not for Graph to change', () => {
  test.each(['Sales list', 'Mail security'])('%s is shown and refused', async (name) => {
    const group = await find(name);
    const ada = await createUser('ada');
    const text = 'Cannot Update a mail-enabled security groups and or distribution list.';
    expect(message(await graph('POST', `/groups/${group}/members/$ref`, reference(ada)))).toBe(text);
    expect(message(await graph('PATCH', `/groups/${group}`, { description: 'X' }))).toBe(text);
    expect(message(await graph('DELETE', `/groups/${group}`))).toBe(text);
  });

  test('synchronized ones are changed on premises', async () => {
    const group = await find('Synced');
    expect(message(await graph('PATCH', `/groups/${group}`, { displayName: 'X' }))).toMatch(/^Unable to update/);
  });
});

describe('changing and deleting', () => {
  test('answers 204, and 200 for what Exchange keeps', async () => {
    const [group, team] = [await create('staff'), await create('team', unified)];
    expect((await graph('PATCH', `/groups/${group}`, { description: 'All of us' })).status).toBe(204);
    expect((await graph('PATCH', `/groups/${team}`, { allowExternalSenders: true })).status).toBe(200);
    expect((await graph('PATCH', `/groups/${group}`, { allowExternalSenders: true })).status).toBe(400);
    expect((await graph('PATCH', `/groups/${group}`, { mailEnabled: true })).status).toBe(400);
    const { body } = await graph('GET', `/groups/${team}?$select=allowExternalSenders,hideFromAddressLists`);
    expect(body).toMatchObject({ allowExternalSenders: true, hideFromAddressLists: false });
    emulator.control.advanceClock(5000);
    expect((await graph('POST', `/groups/${team}/renew`)).status).toBe(204);
    const renewed = (await graph('GET', `/groups/${team}`)).body;
    expect(Date.parse(renewed.renewedDateTime)).toBeGreaterThan(Date.parse(renewed.createdDateTime));
  });

  test('a Microsoft 365 group can be restored with its members, a security group is gone', async () => {
    const [group, team, ada] = [await create('staff'), await create('team', unified), await createUser('ada')];
    await graph('POST', `/groups/${team}/members/$ref`, reference(ada));
    await graph('DELETE', `/groups/${group}`);
    await graph('DELETE', `/groups/${team}`);
    expect(await idsOf('/directory/deletedItems/microsoft.graph.group')).toEqual([team]);
    expect(await idsOf(`/users/${ada}/memberOf`)).toEqual([]);
    const restored = await graph('POST', `/directory/deletedItems/${team}/restore`);
    expect([restored.status, restored.body['@odata.type']]).toEqual([200, '#microsoft.graph.group']);
    expect(await idsOf(`/groups/${team}/members`)).toEqual([ada]);
    emulator.control.change({ securityGroupDeletion: 'restorable' });
    const other = await create('other');
    await graph('DELETE', `/groups/${other}`);
    expect(await idsOf('/directory/deletedItems/microsoft.graph.group')).toEqual([other]);
    expect((await graph('DELETE', `/directory/deletedItems/${other}`)).status).toBe(204);
    expect((await graph('POST', `/directory/deletedItems/${other}/restore`)).status).toBe(404);
  });

  test('a deleted user is not shown as a member and is one again when restored', async () => {
    const [group, ada] = [await create('staff'), await createUser('ada')];
    await graph('POST', `/groups/${group}/members/$ref`, reference(ada));
    await graph('DELETE', `/users/${ada}`);
    expect(await idsOf(`/groups/${group}/members`)).toEqual([]);
    await graph('POST', `/directory/deletedItems/${ada}/restore`);
    expect(await idsOf(`/groups/${group}/members`)).toEqual([ada]);
  });
});

describe('queries', () => {
  test('filter, search, sort, count and expand', async () => {
    await create('alpha', { description: 'First of all' });
    const team = await create('beta', unified);
    const ada = await createUser('ada');
    await graph('POST', `/groups/${team}/members/$ref`, reference(ada));
    expect(await idsOf("/groups?$filter=groupTypes/any(c:c eq 'Unified')")).toEqual([team]);
    expect(await idsOf("/groups?$filter=mailNickname eq 'beta'")).toEqual([team]);
    expect((await graph('GET', "/groups?$filter=not(groupTypes/any(c:c eq 'Unified'))")).status).toBe(400);
    const not = "/groups?$filter=not(groupTypes/any(c:c eq 'Unified'))&$count=true";
    expect((await graph('GET', not, undefined, eventual)).body['@odata.count']).toBe(4);
    const search = await graph('GET', '/groups?$search="description:first"', undefined, eventual);
    expect(search.body.value).toHaveLength(1);
    expect((await graph('GET', '/groups/$count', undefined, eventual)).body).toBe('5');
    const expanded = await graph('GET', `/groups/${team}?$expand=members($select=id,displayName)`);
    expect(expanded.body.members).toEqual([{ '@odata.type': '#microsoft.graph.user', id: ada, displayName: 'ada' }]);
    expect((await graph('GET', '/groups/nonsense')).body.error.message).toBe("Invalid object identifier 'nonsense'.");
  });

  test('unmodified, the SDK of Microsoft Graph pages through groups and adds members', async () => {
    const application = emulator.control.addApplication({ displayName: 'SDK', permissions: [...permissions] });
    const token = await getToken(emulator, {
      grant_type: 'client_credentials',
      client_id: application.appId,
      client_secret: application.secret ?? '',
      scope: 'https://graph.microsoft.com/.default',
    });
    const client = Client.init({
      baseUrl: `${emulator.url}/`,
      customHosts: new Set(['localhost']),
      authProvider: (done) => done(null, token.body.access_token),
    });
    const ada = await createUser('ada');
    const group: Group = await client.api('/groups').post(newGroup('sdk'));
    await client.api(`/groups/${group.id}/members/$ref`).post(reference(ada));
    const page = await client.api('/groups').top(2).select(['id', 'displayName']).get();
    expect(page.value).toHaveLength(2);
    const next = await client.api(page['@odata.nextLink']).get();
    expect(next.value).toHaveLength(2);
    const members = await client.api(`/groups/${group.id}/members/microsoft.graph.user`).get();
    expect(members.value.map(({ id }: { id: string }) => id)).toEqual([ada]);
    await expect(client.api(`/groups/${group.id}/members/$ref`).post(reference(ada))).rejects.toMatchObject({
      statusCode: 400,
      code: 'Request_BadRequest',
    });
  });
});

describe('delta', () => {
  test('tells of groups and of members that came and went', async () => {
    const [group, ada] = [await create('staff'), await createUser('ada')];
    const first = (await graph('GET', '/groups/delta?$select=displayName,members')).body;
    expect(first.value).toHaveLength(4);
    const list = first.value.find(({ displayName }: { displayName: string }) => displayName === 'Sales list');
    expect(list['members@delta']).toEqual([{ '@odata.type': '#microsoft.graph.user', id: expect.any(String) }]);
    await graph('POST', `/groups/${group}/members/$ref`, reference(ada));
    const second = (await graph('GET', first['@odata.deltaLink'])).body;
    expect(second.value).toEqual([
      { id: group, displayName: 'staff', 'members@delta': [{ '@odata.type': '#microsoft.graph.user', id: ada }] },
    ]);
    await graph('DELETE', `/users/${ada}`);
    const quiet = (await graph('GET', second['@odata.deltaLink'])).body;
    expect(quiet.value).toEqual([]);
    await graph('DELETE', `/directory/deletedItems/${ada}`);
    const third = (await graph('GET', quiet['@odata.deltaLink'])).body;
    expect(third.value[0]['members@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: ada, '@removed': { reason: 'deleted' } },
    ]);
    await graph('DELETE', `/groups/${group}`);
    const fourth = (await graph('GET', third['@odata.deltaLink'])).body;
    expect(fourth.value).toEqual([{ id: group, '@removed': { reason: 'deleted' } }]);
  });
});

test('a lagging replica shows a new member late', async () => {
  const [group, ada] = [await create('staff'), await createUser('ada')];
  emulator.control.change({ lagMs: { groupMembers: 1000 } });
  await graph('POST', `/groups/${group}/members/$ref`, reference(ada));
  expect(await idsOf(`/groups/${group}/members`)).toEqual([]);
  emulator.control.advanceClock(1001);
  expect(await idsOf(`/groups/${group}/members`)).toEqual([ada]);
  await graph('DELETE', `/groups/${group}/members/${ada}/$ref`);
  expect(message(await graph('DELETE', `/groups/${group}/members/${ada}/$ref`))).toBe(
    "One or more removed object references do not exist for the following modified properties: 'members'.",
  );
});

test('groups that hold roles are for role administrators, and pass their roles on', async () => {
  const refused = await graph('POST', '/groups', newGroup('admins', { isAssignableToRole: true }));
  expect(refused.body.error.code).toBe('Authorization_RequestDenied');
  const roles = await clientWith(emulator, [...permissions, 'RoleManagement.ReadWrite.Directory']);
  const { body } = await roles('POST', '/groups', newGroup('admins', { isAssignableToRole: true }));
  const ada = await createUser('ada');
  expect((await roles('POST', `/groups/${body.id}/members/$ref`, reference(ada))).status).toBe(204);
  const roleDefinitionId = 'fdd7a751-b60b-444a-984c-02652fe8fa1c';
  const assignment = { principalId: body.id, roleDefinitionId, directoryScopeId: '/' };
  expect((await roles('POST', '/roleManagement/directory/roleAssignments', assignment)).status).toBe(201);
  const { value } = (await graph('GET', `/users/${ada}/transitiveMemberOf/microsoft.graph.directoryRole`)).body;
  expect(value).toEqual([expect.objectContaining({ displayName: 'Groups Administrator' })]);
  const plain = await create('plain');
  const wrong = { ...assignment, principalId: plain };
  expect((await roles('POST', '/roleManagement/directory/roleAssignments', wrong)).status).toBe(400);
});
