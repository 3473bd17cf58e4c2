import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import {
  clientFor,
  clientWith,
  getToken,
  startTrusted,
  type TestAnswer,
  type TestClient,
} from '../../testing/TestTenant.ts';

let emulator: Emulator;
let graph: TestClient;
const team = '/sites/contoso.sharepoint.com:/sites/team:';

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      sites: [
        {
          path: 'sites/team',
          displayName: 'Team',
          lists: [
            {
              displayName: 'Machines',
              columns: [
                { name: 'Serial', text: {}, indexed: true, enforceUniqueValues: true },
                { name: 'Weight', number: {} },
              ],
              items: [
                { Title: 'Lathe', Serial: 'L-1', Weight: 300 },
                { Title: 'Drill', Serial: 'D-7', Weight: 12 },
              ],
            },
          ],
        },
        { path: 'sites/closed', displayName: 'Closed', locked: true },
      ],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator, ['Sites.ReadWrite.All', 'Sites.Manage.All'], []);
});

function refusal({ status, body }: TestAnswer): [number, string, string] {
  return [status, body.error.code, body.error.message];
}

function names({ body }: TestAnswer, property = 'displayName'): string[] {
  return body.value.map((one: Record<string, string>) => one[property]);
}

describe('sites', () => {
  test('are found by search, path, id and function', async () => {
    expect(names(await graph('GET', '/sites?search=team'))).toEqual(['Team']);
    expect(names(await graph('GET', '/sites?search=*')).sort()).toEqual(['Communication site', 'Team']);
    expect(names(await graph('GET', '/sites/getAllSites'))).toContain('Closed');
    const { body: site } = await graph('GET', '/sites/contoso.sharepoint.com:/sites/team');
    expect(site).toMatchObject({
      displayName: 'Team',
      name: 'team',
      webUrl: 'https://contoso.sharepoint.com/sites/team',
    });
    expect(site.id).toMatch(/^contoso\.sharepoint\.com,[0-9a-f-]{36},[0-9a-f-]{36}$/);
    expect((await graph('GET', `/sites/${site.id}`)).body.id).toBe(site.id);
    expect((await graph('GET', "/sites/root/getByPath(path='/sites/team')")).body.id).toBe(site.id);
    expect((await graph('GET', '/sites/root')).body.siteCollection.root).toEqual({});
    const missing = await graph('GET', '/sites/contoso.sharepoint.com:/sites/nowhere');
    expect(refusal(missing)).toEqual([404, 'itemNotFound', 'Requested site could not be found']);
    expect(refusal(await graph('GET', '/sites/contoso.sharepoint.com:/sites/closed')).slice(0, 2)).toEqual([
      423,
      'notAllowed',
    ]);
  });

  test('are closed to tokens without permissions, and open to applications one by one', async () => {
    const none = await clientWith(emulator, ['User.Read.All'], []);
    expect(refusal(await none('GET', '/sites/root')).slice(0, 2)).toEqual([403, 'accessDenied']);
    const app = emulator.control.addApplication({ displayName: 'Selected', permissions: ['Sites.Selected'] });
    const scope = 'https://graph.microsoft.com/.default';
    const form = { grant_type: 'client_credentials', client_id: app.appId, client_secret: app.secret!, scope };
    const selected = clientFor(emulator.url, (await getToken(emulator, form)).body.access_token);
    expect((await selected('GET', '/sites/contoso.sharepoint.com:/sites/team')).status).toBe(403);
    const owner = await clientWith(emulator, ['Sites.FullControl.All'], []);
    const identity = { application: { id: app.appId, displayName: 'Selected' } };
    const granted = await owner('POST', `${team}/permissions`, { roles: ['read'], grantedToIdentities: [identity] });
    expect(granted).toMatchObject({ status: 201, body: { roles: ['read'], grantedToIdentitiesV2: [identity] } });
    expect((await selected('GET', '/sites/contoso.sharepoint.com:/sites/team')).status).toBe(200);
    expect((await selected('PUT', `${team}/drive/root:/x.txt:/content`, 'x')).status).toBe(403);
    const permission = `${team}/permissions/${granted.body.id}`;
    expect((await owner('PATCH', permission, { roles: ['write'] })).body.roles).toEqual(['write']);
    expect((await selected('PUT', `${team}/drive/root:/x.txt:/content`, 'x')).status).toBe(201);
    expect((await selected('GET', '/sites/root')).status).toBe(403);
    expect((await owner('GET', `${team}/permissions`)).body.value).toHaveLength(1);
    expect((await owner('DELETE', permission)).status).toBe(204);
    expect((await selected('GET', '/sites/contoso.sharepoint.com:/sites/team')).status).toBe(403);
  });

  test('need a subscription that holds them', async () => {
    emulator.control.reset();
    const bare = await startTrusted({ seed: { skus: [{ sku: 'FLOW_FREE', seats: 1 }] } });
    const client = await clientWith(bare, ['Sites.Read.All'], []);
    expect(refusal(await client('GET', '/sites/root'))).toEqual([
      400,
      'BadRequest',
      'Tenant does not have a SPO license.',
    ]);
    await bare.close();
  });
});

describe('lists', () => {
  test('are created, changed and deleted, with the refusals of the service', async () => {
    const created = await graph('POST', `${team}/lists`, {
      displayName: 'Plans',
      list: { template: 'documentLibrary' },
    });
    expect(created).toMatchObject({ status: 201, body: { name: 'Plans', list: { template: 'documentLibrary' } } });
    expect((await graph('POST', `${team}/lists`, { displayName: 'Notes' })).body.list.template).toBe('genericList');
    expect(refusal(await graph('POST', `${team}/lists`, { displayName: 'plans' }))[1]).toBe('nameAlreadyExists');
    expect(refusal(await graph('POST', `${team}/lists`, { name: 'x', displayName: 'x' }))[2]).toContain(
      'assigned by the server',
    );
    const path = `${team}/lists/${created.body.id}`;
    expect((await graph('PATCH', path, { displayName: 'Drawings' })).body).toMatchObject({
      displayName: 'Drawings',
      name: 'Plans',
    });
    expect((await graph('GET', `${path}/drive`)).body.name).toBe('Drawings');
    expect(names(await graph('GET', `${team}/drives`), 'name')).toContain('Drawings');
    expect((await graph('DELETE', path)).status).toBe(204);
    expect(refusal(await graph('GET', path))).toEqual([404, 'itemNotFound', 'The specified list was not found']);
  });

  test('have columns that say what items may hold', async () => {
    const path = `${team}/lists/Machines`;
    const column = await graph('POST', `${path}/columns`, { name: 'Colour', choice: { choices: ['red'] } });
    expect(column).toMatchObject({ status: 201, body: { name: 'Colour', choice: { choices: ['red'] } } });
    expect(names(await graph('GET', `${path}/columns`), 'name')).toEqual(
      expect.arrayContaining(['Title', 'Serial', 'Colour']),
    );
    expect((await graph('POST', `${path}/columns`, { name: 'Nothing' })).status).toBe(400);
    const item = await graph('POST', `${path}/items`, { fields: { Title: 'Saw', Serial: 'S-1', Colour: 'red' } });
    expect(item).toMatchObject({
      status: 201,
      body: { id: '3', fields: { Title: 'Saw' }, contentType: { name: 'Item' } },
    });
    expect((await graph('POST', `${path}/items`, { fields: { Serial: 'S-1' } })).status).toBe(400);
    expect(refusal(await graph('POST', `${path}/items`, { fields: { Unknown: 1 } }))[2]).toContain('not recognized');
    expect((await graph('PATCH', `${path}/items/3/fields`, { Weight: 'heavy' })).status).toBe(400);
    const changed = await graph('PATCH', `${path}/items/3/fields`, { Weight: 4 }, { 'if-match': item.body.eTag });
    expect(changed.body.Weight).toBe(4);
    expect((await graph('PATCH', `${path}/items/3`, { fields: {} }, { 'if-match': item.body.eTag })).status).toBe(412);
    expect((await graph('DELETE', `${path}/items/3`)).status).toBe(204);
    expect((await graph('GET', `${path}/items/3`)).status).toBe(404);
  });

  test('are filtered by indexed columns, and by others only when the caller insists', async () => {
    const items = `${team}/lists/Machines/items?$expand=fields($select=Title)`;
    const byIndex = await graph('GET', `${items}&$filter=fields/Serial eq 'D-7'`);
    expect(byIndex.body.value.map(({ fields }: { fields: object }) => fields)).toMatchObject([{ Title: 'Drill' }]);
    const heavy = `${items}&$filter=fields/Weight gt 100`;
    expect(refusal(await graph('GET', heavy))[2]).toContain("Field 'Weight' cannot be referenced");
    const insisting = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };
    expect((await graph('GET', heavy, undefined, insisting)).body.value).toHaveLength(1);
  });
});

test('the tenant settings of SharePoint are read and changed', async () => {
  const admin = await clientWith(emulator, ['SharePointTenantSettings.ReadWrite.All'], []);
  const changed = await admin('PATCH', '/admin/sharepoint/settings', { isCommentingOnSitePagesEnabled: false });
  expect(changed.body.isCommentingOnSitePagesEnabled).toBe(false);
  expect((await admin('GET', '/admin/sharepoint/settings')).body.sharingCapability).toBe('externalUserAndGuestSharing');
  expect((await admin('PATCH', '/admin/sharepoint/settings', { sharingCapability: 'maybe' })).status).toBe(400);
});
