import '@pnp/nodejs';
import { SPDefault } from '@pnp/nodejs';
import { spfi } from '@pnp/sp';
import '@pnp/sp/webs/index.js';
import '@pnp/sp/lists/index.js';
import '@pnp/sp/items/index.js';
import '@pnp/sp/fields/index.js';
import '@pnp/sp/files/index.js';
import '@pnp/sp/folders/index.js';
import '@pnp/sp/site-groups/index.js';
import '@pnp/sp/site-users/index.js';
import '@pnp/sp/security/index.js';
import '@pnp/sp/recycle-bin/index.js';
import '@pnp/sp/sites/index.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator, LoggedRequest } from '../index.ts';
import { makeClientCertificate, type TestCertificate } from '../testing/certificates.ts';
import { distinctCalls } from '../testing/distinctCalls.ts';
import { answerOf, getToken, startTrusted, type TestAnswer } from '../testing/TestTenant.ts';

const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const scope = 'https://contoso.sharepoint.com/.default';

// biome-ignore lint/suspicious/noExplicitAny: PnPjs adds to its types by relative module names, which NodeNext does not follow
type Pnp = any;

let emulator: Emulator;
let certificate: TestCertificate;
let sp: Pnp;
const calls: LoggedRequest[] = [];

beforeAll(async () => {
  certificate = await makeClientCertificate();
  emulator = await startTrusted({
    seed: {
      users: [
        { userPrincipalName: 'ada', displayName: 'Ada', password: 'Sunny-Meadow-42' },
        { userPrincipalName: 'bob', displayName: 'Bob' },
      ],
      sites: [
        {
          path: 'sites/team',
          displayName: 'Team',
          members: ['ada'],
          files: [{ path: 'Reports/May.txt', text: 'May report' }],
        },
      ],
    },
  });
});
afterAll(() => emulator.close());

function pluck(objects: readonly Readonly<Record<string, unknown>>[], name: string): unknown[] {
  return objects.map((object) => object[name]);
}

afterEach(() => {
  calls.push(...emulator.control.requests());
});
beforeEach(() => {
  emulator.control.reset();
  sp = connect(['Sites.FullControl.All']);
});

/** PnPjs as an application with a certificate, at the team site. */
function connect(permissions: string[]): Pnp {
  const { appId } = emulator.control.addApplication({
    displayName: 'PnP',
    certificatePem: certificate.pem,
    permissions: permissions.map((name) => `${sharePoint}/${name}`),
  });
  const config = {
    auth: {
      clientId: appId,
      authority: `${emulator.url}/${emulator.tenantId}`,
      knownAuthorities: [new URL(emulator.url).host],
      clientCertificate: { thumbprint: certificate.sha1, privateKey: certificate.privateKeyPem },
    },
  };
  return spfi(`${emulator.url}/sites/team`).using(SPDefault({ msal: { config, scopes: [scope] } }));
}

async function refusal(call: Promise<unknown>): Promise<[number, string]> {
  const error = await call.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  const { response } = error as { response: Response };
  const body = (await response.json()) as { 'odata.error': { code: string } };
  return [response.status, body['odata.error'].code];
}

test('the web and its site are read, and the web is changed', async () => {
  const web = await sp.web();
  expect(web).toMatchObject({ Title: 'Team', ServerRelativeUrl: '/sites/team', Url: `${emulator.url}/sites/team` });
  expect(await sp.web.select('Title', 'Description')()).toEqual(
    expect.objectContaining({ Title: 'Team', Description: '' }),
  );
  expect(await sp.site()).toMatchObject({ ServerRelativeUrl: '/sites/team' });
  await sp.web.update({ Title: 'The team' });
  expect((await sp.web.select('Title')()).Title).toBe('The team');
});

describe('groups of the site', () => {
  test('say who owns, edits and reads', async () => {
    const groups = await sp.web.siteGroups();
    expect(pluck(groups, 'Title')).toEqual(['Team Owners', 'Team Visitors', 'Team Members']);
    const members = await sp.web.associatedMemberGroup();
    expect(members).toMatchObject({ Title: 'Team Members', PrincipalType: 8 });
    const users = sp.web.siteGroups.getById(members.Id).users;
    expect(pluck(await users(), 'Title')).toEqual(['Ada']);
    await users.add('i:0#.f|membership|bob@contoso.onmicrosoft.com');
    expect(pluck(await users(), 'Title')).toEqual(['Ada', 'Bob']);
    await users.removeByLoginName('i:0#.f|membership|ada@contoso.onmicrosoft.com');
    const [bob] = await users();
    await users.removeById(bob!.Id);
    expect(await users()).toEqual([]);
    expect((await refusal(users.add('i:0#.f|membership|nobody@contoso.com')))[1]).toContain('-2130575276');
  });

  test('are made, changed and removed', async () => {
    const group = await sp.web.siteGroups.add({ Title: 'Readers' });
    await sp.web.siteGroups.getById(group.Id).update({ Description: 'They read', AllowMembersEditMembership: true });
    const shown = await sp.web.siteGroups.getByName('Readers')();
    expect(shown).toMatchObject({
      Description: 'They read',
      AllowMembersEditMembership: true,
      OwnerTitle: 'Team Owners',
    });
    await sp.web.siteGroups.removeByLoginName('Readers');
    expect((await refusal(sp.web.siteGroups.getByName('Readers')()))[0]).toBe(404);
  });

  test('people are taken in and looked up', async () => {
    const user = await sp.web.ensureUser('bob@contoso.onmicrosoft.com');
    expect(user).toMatchObject({
      Title: 'Bob',
      LoginName: 'i:0#.f|membership|bob@contoso.onmicrosoft.com',
      PrincipalType: 1,
    });
    const users = await sp.web.siteUsers.filter("Title eq 'Bob'")();
    expect(pluck(users, 'Id')).toEqual([user.Id]);
    await sp.web.siteUsers.removeById(user.Id);
    expect((await refusal(sp.web.siteUsers.getById(user.Id)()))[1]).toContain('-2146232832');
  });
});

describe('rights', () => {
  test('of the site are roles of groups and people', async () => {
    const definitions = await sp.web.roleDefinitions();
    expect(definitions.find((definition: { Name: string }) => definition.Name === 'Read')).toMatchObject({
      Id: 1073741826,
      RoleTypeKind: 2,
      BasePermissions: { High: '176', Low: '138612833' },
    });
    const bob = await sp.web.ensureUser('bob@contoso.onmicrosoft.com');
    const contribute = await sp.web.roleDefinitions.getByName('Contribute')();
    await sp.web.roleAssignments.add(bob.Id, contribute.Id);
    const assignments = await sp.web.roleAssignments.expand('Member', 'RoleDefinitionBindings')();
    expect(assignments).toContainEqual(
      expect.objectContaining({
        PrincipalId: bob.Id,
        Member: expect.objectContaining({ Title: 'Bob' }),
        RoleDefinitionBindings: [expect.objectContaining({ Name: 'Contribute' })],
      }),
    );
    await sp.web.roleAssignments.remove(bob.Id, contribute.Id);
    expect((await refusal(sp.web.roleAssignments.getById(bob.Id)()))[1]).toContain('-2146232832');
  });

  test('of a list are its own after inheritance is broken, until it is reset', async () => {
    const list = sp.web.lists.getByTitle('Documents');
    const bob = await sp.web.ensureUser('bob@contoso.onmicrosoft.com');
    expect((await refusal(list.roleAssignments.add(bob.Id, 1073741826)))[0]).toBe(400);
    await list.breakRoleInheritance(true);
    await list.roleAssignments.add(bob.Id, 1073741826);
    expect(await list.roleAssignments()).toHaveLength(4);
    expect(await sp.web.roleAssignments()).toHaveLength(3);
    expect(await list.select('HasUniqueRoleAssignments')()).toMatchObject({ HasUniqueRoleAssignments: true });
    await list.resetRoleInheritance();
    expect(await list.roleAssignments()).toHaveLength(3);
  });
});

describe('lists', () => {
  test('are made, changed and deleted, with items and fields', async () => {
    const { Id } = await sp.web.lists.add('Machines', 'What we have', 100);
    const list = sp.web.lists.getById(Id);
    await list.update({ Description: 'Everything', EnableVersioning: true });
    expect(await list()).toMatchObject({
      Title: 'Machines',
      Description: 'Everything',
      BaseTemplate: 100,
      EnableVersioning: true,
    });
    await list.fields.addNumber('Weight');
    const item = await list.items.add({ Title: 'Lathe', Weight: 300 });
    expect(item).toMatchObject({ Title: 'Lathe', Id: 1 });
    await list.items.add({ Title: 'Drill', Weight: 12 });
    await list.items.getById(1).update({ Weight: 310 });
    const heavy = await list.items.filter('Weight gt 100').select('Title', 'Weight')();
    expect(heavy).toEqual([expect.objectContaining({ Title: 'Lathe', Weight: 310 })]);
    await list.items.getById(2).recycle();
    expect(await list.items()).toHaveLength(1);
    expect((await refusal(sp.web.lists.add('machines', '', 100)))[1]).toContain('-2130575342');
    await list.delete();
    expect(await refusal(list())).toEqual([404, '-2130575322, Microsoft.SharePoint.SPException']);
    expect(await refusal(sp.web.lists.getByTitle('Nothing')())).toEqual([404, '-1, System.ArgumentException']);
  });

  test('hold files, which go to the recycle bin and come back', async () => {
    const folder = sp.web.getFolderByServerRelativePath('Shared Documents/Reports');
    expect(pluck(await folder.files(), 'Name')).toEqual(['May.txt']);
    const file = sp.web.getFileByServerRelativePath('/sites/team/Shared Documents/Reports/May.txt');
    expect(await file.getText()).toBe('May report');
    await folder.files.addUsingPath('June.txt', 'June report', { Overwrite: true });
    await sp.web.folders.addUsingPath('Shared Documents/New');
    await file.recycle();
    expect((await refusal(file()))[1]).toBe('-2147024894, System.IO.FileNotFoundException');
    const bin = await sp.web.recycleBin();
    expect(bin).toMatchObject([
      { LeafName: 'May.txt', DirName: 'sites/team/Shared Documents/Reports', ItemState: 1, Size: '10' },
    ]);
    await sp.web.recycleBin.getById(bin[0]!.Id).restore();
    expect(await file.getText()).toBe('May report');
    const item = await file.getItem();
    expect(await item()).toMatchObject({ FileSystemObjectType: 0 });
  });
});

test('these are many different calls', () => {
  expect(distinctCalls('@pnp/sp', calls)).toBeGreaterThanOrEqual(40);
});

describe('tokens', () => {
  const call = async (
    token: string,
    path: string,
    accept = 'application/json;odata=nometadata',
    init: RequestInit = {},
  ): Promise<TestAnswer> =>
    answerOf(
      await fetch(`${emulator.url}/sites/team/_api/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, accept },
      }),
    );

  test('of applications need a certificate, of the right audience', async () => {
    const app = emulator.control.addApplication({
      displayName: 'Secret',
      permissions: [`${sharePoint}/Sites.FullControl.All`],
    });
    const form = { grant_type: 'client_credentials', client_id: app.appId, client_secret: app.secret! };
    const bySecret = (await getToken(emulator, { ...form, scope })).body.access_token;
    expect(await call(bySecret, 'web')).toMatchObject({
      status: 401,
      body: { error_description: 'Unsupported app only token.' },
    });
    const forGraph = (await getToken(emulator, { ...form, scope: 'https://graph.microsoft.com/.default' })).body
      .access_token;
    expect((await call(forGraph, 'web')).body.error_description).toContain('AudienceUriValidationFailed');
  });

  test('of people do what the person may do', async () => {
    const app = emulator.control.addApplication({
      displayName: 'Public',
      public: true,
      delegated: [`${sharePoint}/AllSites.FullControl`],
    });
    const form = {
      grant_type: 'password',
      client_id: app.appId,
      username: 'ada@contoso.onmicrosoft.com',
      password: 'Sunny-Meadow-42',
    };
    const token = (await getToken(emulator, { ...form, scope })).body.access_token;
    expect((await call(token, 'web/currentuser')).body.Title).toBe('Ada');
    const post = { method: 'POST' };
    const denied = await call(token, "web/ensureuser('bob@contoso.onmicrosoft.com')", 'application/json', post);
    expect(denied).toMatchObject({
      status: 403,
      body: { 'odata.error': { code: '-2147024891, System.UnauthorizedAccessException' } },
    });
  });

  test('decide what an application may do: reading, or nothing without a permission for the site', async () => {
    const reader = connect(['Sites.Read.All']);
    expect((await reader.web()).Title).toBe('Team');
    expect((await refusal(reader.web.lists.add('X', '', 100)))[0]).toBe(403);
    expect((await refusal(connect(['Sites.Selected']).web()))[0]).toBe(403);
  });

  test('the answers come in the dialect that was asked for', async () => {
    const app = emulator.control.addApplication({
      displayName: 'Public',
      public: true,
      delegated: [`${sharePoint}/AllSites.FullControl`],
    });
    const form = { grant_type: 'password', client_id: app.appId, ...emulator.administrator };
    const token = (await getToken(emulator, { ...form, scope })).body.access_token;
    const verbose = await call(token, 'web/sitegroups?$select=Title', 'application/json;odata=verbose');
    expect(verbose.body.d.results[0]).toMatchObject({ Title: 'Team Owners', __metadata: { type: 'SP.Group' } });
    expect((await call(token, 'web', 'application/json;odata=minimalmetadata')).body).toMatchObject({
      'odata.type': 'SP.Web',
    });
    const info = await call(token, 'contextinfo', 'application/json;odata=verbose', { method: 'POST' });
    expect(info.body.d.GetContextWebInformation).toMatchObject({
      FormDigestTimeoutSeconds: 1800,
      WebFullUrl: `${emulator.url}/sites/team`,
    });
    const wrong = await call(token, 'web/nothing', 'application/json;odata=verbose');
    expect(wrong).toMatchObject({
      status: 404,
      body: { error: { code: expect.stringContaining('ResourceNotFoundException') } },
    });
    expect((await call(token, 'web/lists?$filter=Title eq')).status).toBe(400);
    const csom = await fetch(`${emulator.url}/_vti_bin/client.svc/ProcessQuery`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(csom.status).toBe(501);
  });
});
