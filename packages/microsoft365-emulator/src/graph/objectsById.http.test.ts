import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { clientWith, startTrusted, type TestAnswer, type TestClient } from '../testing/TestTenant.ts';

let emulator: Emulator;
let graph: TestClient;
let user: TestAnswer['body'];

const permissions = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'Organization.Read.All',
  'LicenseAssignment.Read.All',
  'Domain.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Sites.FullControl.All',
  'Files.ReadWrite.All',
];

beforeAll(async () => {
  const lists = [{ displayName: 'Machines', items: [{ Title: 'Lathe' }] }];
  emulator = await startTrusted({ seed: { sites: [{ path: 'sites/team', displayName: 'Team', lists }] } });
  graph = await clientWith(emulator, permissions, ['Privileged Role Administrator', 'User Administrator']);
  user = await done('POST', '/users', {
    accountEnabled: true,
    displayName: 'Ada Lovelace',
    mailNickname: 'ada',
    userPrincipalName: 'ada@contoso.onmicrosoft.com',
    passwordProfile: { password: 'Sunny-Meadow-42' },
  });
});
afterAll(() => emulator.close());

/** The body of an answer that has to be good. */
async function done(method: string, path: string, body?: unknown): Promise<TestAnswer['body']> {
  const answer = await graph(method, path, body);
  expect([answer.status, path, answer.body.error?.message]).toEqual([
    expect.toSatisfy((status) => status < 300),
    path,
    undefined,
  ]);
  return answer.body;
}

/** What a list shows is what its id leads to. */
async function expectFirstById(list: string): Promise<TestAnswer['body']> {
  const [first] = (await done('GET', list)).value;
  const { '@odata.context': context, ...single } = await done('GET', `${list.split('?')[0]}/${first.id}`);
  expect(context).toMatch(/\$entity$/);
  expect(single).toMatchObject({ id: first.id });
  return single;
}

test('the tenant and what it has subscribed to', async () => {
  await expectFirstById('/organization');
  await expectFirstById('/subscribedSkus');
  await expectFirstById('/directory/subscriptions');
});

test('roles: definitions, assignments and the roles of the directory', async () => {
  const definition = await expectFirstById('/roleManagement/directory/roleDefinitions');
  const body = { principalId: user.id, roleDefinitionId: definition.id, directoryScopeId: '/' };
  const assignment = await done('POST', '/roleManagement/directory/roleAssignments', body);
  const path = `/roleManagement/directory/roleAssignments/${assignment.id}`;
  expect(await done('GET', path)).toMatchObject(body);
  await expectFirstById('/directoryRoles');
  await done('DELETE', path);
  expect((await graph('GET', path)).status).toBe(404);
});

test('service principals with their grants and assignments', async () => {
  const { appId } = await done('POST', '/applications', { displayName: 'Tool' });
  const principal = await done('POST', '/servicePrincipals', { appId });
  const path = `/servicePrincipals/${principal.id}`;
  await done('PATCH', path, { notes: 'Kept by the help desk' });
  expect(await done('GET', path)).toMatchObject({ appId, notes: 'Kept by the help desk' });
  expect((await done('GET', '/servicePrincipals?$top=999')).value.map(({ id }: { id: string }) => id)).toContain(
    principal.id,
  );
  const resource = await done('GET', "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
  const grant = await done('POST', '/oauth2PermissionGrants', {
    clientId: principal.id,
    consentType: 'AllPrincipals',
    resourceId: resource.id,
    scope: 'User.Read',
  });
  await done('PATCH', `/oauth2PermissionGrants/${grant.id}`, { scope: 'User.Read Mail.Read' });
  expect(await expectFirstById('/oauth2PermissionGrants')).toMatchObject({ scope: 'User.Read Mail.Read' });
  expect((await done('GET', `${path}/oauth2PermissionGrants`)).value).toHaveLength(1);
  await done('DELETE', `/oauth2PermissionGrants/${grant.id}`);
  const appRoleId = resource.appRoles[0].id;
  const assign = () =>
    done('POST', `${path}/appRoleAssignments`, { principalId: principal.id, resourceId: resource.id, appRoleId });
  const { id } = await assign();
  await done('DELETE', `${path}/appRoleAssignments/${id}`);
  const again = await assign();
  const assignedTo = `/servicePrincipals/${resource.id}/appRoleAssignedTo`;
  expect((await done('GET', assignedTo)).value.map((one: { id: string }) => one.id)).toContain(again.id);
  await done('DELETE', `${assignedTo}/${again.id}`);
});

test('relations of users and groups', async () => {
  const group = await done('POST', '/groups', {
    displayName: 'Engineers',
    mailNickname: 'engineers',
    mailEnabled: false,
    securityEnabled: true,
  });
  expect((await done('GET', `/groups/${group.id}/memberOf`)).value).toEqual([]);
  const administrator = await done('GET', `/users/${emulator.administrator.username}`);
  for (const owner of [user.id, administrator.id]) {
    await done('POST', `/groups/${group.id}/owners/$ref`, { '@odata.id': `${emulator.url}/v1.0/users/${owner}` });
  }
  const owned = (await done('GET', `/users/${user.id}/ownedObjects`)).value;
  expect(owned.map((one: { id: string }) => one.id)).toContain(group.id);
  await done('DELETE', `/groups/${group.id}/owners/${user.id}/$ref`);
});

test('sites, lists, drives and who may use them', async () => {
  const site = await done('GET', '/sites/contoso.sharepoint.com:/sites/team');
  expect((await done('GET', `/sites/${site.id}/sites`)).value).toEqual([]);
  const list = await expectFirstById(`/sites/${site.id}/lists`);
  expect(list).toHaveProperty('displayName');
  const { value: lists } = await done('GET', `/sites/${site.id}/lists`);
  const machines = lists.find((one: { displayName: string }) => one.displayName === 'Machines');
  const items = `/sites/${site.id}/lists/${machines.id}/items`;
  const item = await expectFirstById(items);
  await done('PATCH', `${items}/${item.id}`, { fields: { Title: 'Mill' } });
  expect((await done('GET', `${items}/${item.id}?$expand=fields`)).fields).toMatchObject({ Title: 'Mill' });
  const drive = await done('GET', `/sites/${site.id}/drive`);
  expect(await done('GET', `/drives/${drive.id}`)).toMatchObject({ id: drive.id });
  expect(await done('GET', `/drives/${drive.id}/list`)).toHaveProperty('list');
  const root = await done('GET', `/drives/${drive.id}/root`);
  await expectFirstById(`/drives/${drive.id}/items/${root.id}/permissions`);
});
