import {
  Client,
  FileUpload,
  type LargeFileUploadSession,
  LargeFileUploadTask,
} from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import {
  answerOf,
  clientFor,
  clientWith,
  getToken,
  startTrusted,
  type TestAnswer,
  type TestClient,
} from '../../testing/TestTenant.ts';

const PART = 320 * 1024;

let emulator: Emulator;
let graph: TestClient;
let drive: string;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      users: [
        { userPrincipalName: 'ada', password: 'Sunny-Meadow-42', licenses: ['SPB'], usageLocation: 'US' },
        { userPrincipalName: 'bob', password: 'Sunny-Meadow-42' },
      ],
      sites: [
        {
          path: 'sites/team',
          displayName: 'Team',
          members: ['ada'],
          quotaBytes: 3_000_000,
          files: [
            { path: 'Reports/May.txt', text: 'May report' },
            { path: 'read me.txt', text: 'Hello' },
          ],
        },
        { path: 'sites/other', displayName: 'Other' },
      ],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator, ['Sites.FullControl.All', 'Files.ReadWrite.All'], []);
  drive = (await graph('GET', '/sites/contoso.sharepoint.com:/sites/team:/drive')).body.id;
});

function refusal({ status, body }: TestAnswer): [number, string, string | undefined] {
  return [status, body.error.code, body.error.innerError.code];
}

async function put(path: string, content: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
  return graph('PUT', `/drives/${drive}${path}`, content, { 'content-type': 'text/plain', ...headers });
}

describe('items', () => {
  test('are found by path and by id, with folders first among children', async () => {
    const { body: children } = await graph('GET', `/drives/${drive}/root/children`);
    expect(children.value.map(({ name }: { name: string }) => name)).toEqual(['Reports', 'read me.txt']);
    expect(children.value[0]).toMatchObject({ folder: { childCount: 1 }, size: 10 });
    const byPath = (await graph('GET', `/drives/${drive}/root:/Reports/May.txt`)).body;
    expect(byPath).toMatchObject({
      name: 'May.txt',
      size: 10,
      file: { mimeType: 'text/plain' },
      parentReference: { driveId: drive, name: 'Reports', path: `/drives/${drive}/root:/Reports` },
      webUrl: 'https://contoso.sharepoint.com/sites/team/Shared%20Documents/Reports/May.txt',
    });
    expect(byPath.id).toMatch(/^01[A-Z2-7]{32}$/);
    expect(byPath.eTag).toMatch(/^"\{[0-9A-F-]{36}\},1"$/);
    const byId = (await graph('GET', `/drives/${drive}/items/${byPath.id}?$select=id,name`)).body;
    expect(byId).toEqual({ '@odata.context': expect.any(String), id: byPath.id, name: 'May.txt' });
    expect(refusal(await graph('GET', `/drives/${drive}/root:/nothing.txt`))).toEqual([404, 'itemNotFound', undefined]);
    expect(refusal(await graph('GET', `/drives/${drive}/root?$select=nothing`))[1]).toBe('BadRequest');
  });

  test('are paged, sorted and expanded', async () => {
    for (const name of ['a', 'b', 'c']) await put(`/root:/Pages/${name}.txt:/content`, name.repeat(3));
    const first = (await graph('GET', `/drives/${drive}/root:/Pages:/children?$top=2&$orderby=name desc`)).body;
    expect(first.value.map(({ name }: { name: string }) => name)).toEqual(['c.txt', 'b.txt']);
    const second = (await graph('GET', first['@odata.nextLink'])).body;
    expect(second.value.map(({ name }: { name: string }) => name)).toEqual(['a.txt']);
    expect(second['@odata.nextLink']).toBeUndefined();
    const root = (await graph('GET', `/drives/${drive}/root?$expand=children($select=name),permissions`)).body;
    expect(root.children).toContainEqual({ name: 'Pages' });
    expect(root.permissions.map(({ roles }: { roles: string[] }) => roles[0])).toEqual(['owner', 'read', 'write']);
    expect(refusal(await graph('GET', `/drives/${drive}/root/children?$skip=1`))[1]).toBe('invalidRequest');
  });

  test('are uploaded, replaced, kept apart and refused by the chosen rule', async () => {
    const created = await put('/root:/new/deep/file.txt:/content', 'one');
    expect(created.status).toBe(201);
    const replaced = await put(`/items/${created.body.id}/content`, 'two!');
    expect(replaced).toMatchObject({ status: 200, body: { id: created.body.id, size: 4 } });
    const versions = (await graph('GET', `/drives/${drive}/items/${created.body.id}/versions`)).body.value;
    expect(versions.map(({ id, size }: { id: string; size: number }) => [id, size])).toEqual([
      ['2.0', 4],
      ['1.0', 3],
    ]);
    const rule = '?@microsoft.graph.conflictBehavior=';
    const renamed = await put(`/root:/new/deep/file.txt:/content${rule}rename`, 'three');
    expect(renamed).toMatchObject({ status: 201, body: { name: 'file 1.txt' } });
    expect(refusal(await put(`/root:/new/deep/file.txt:/content${rule}fail`, 'x'))).toEqual([
      409,
      'nameAlreadyExists',
      undefined,
    ]);
    expect(refusal(await put('/root:/a*b.txt:/content', 'x'))[1]).toBe('invalidRequest');
    expect(refusal(await put('/root:/big.bin:/content', 'x'.repeat(3_000_000)))).toEqual([
      507,
      'quotaLimitReached',
      undefined,
    ]);
  });

  test('are changed only when they are as the caller saw them', async () => {
    const { id, eTag, cTag } = (await graph('GET', `/drives/${drive}/root:/read me.txt`)).body;
    const path = `/drives/${drive}/items/${id}`;
    const renamed = await graph('PATCH', path, { name: 'Readme.txt' }, { 'if-match': eTag });
    expect(renamed.body).toMatchObject({ name: 'Readme.txt', cTag });
    const late = await graph('PATCH', path, { name: 'x.txt' }, { 'if-match': eTag });
    expect(refusal(late)).toEqual([412, 'resourceModified', undefined]);
    expect((await graph('GET', path, undefined, { 'if-none-match': renamed.body.eTag })).status).toBe(304);
    expect((await graph('DELETE', path, undefined, { 'if-match': cTag })).status).toBe(204);
    expect((await graph('GET', path)).status).toBe(404);
  });

  test('are moved with their size, and copied in the background', async () => {
    const folder = await graph('POST', `/drives/${drive}/root/children`, { name: 'Old', folder: {} });
    expect(folder.status).toBe(201);
    const again = await graph('POST', `/drives/${drive}/root/children`, { name: 'old', folder: {} });
    expect(refusal(again)[1]).toBe('nameAlreadyExists');
    const { id } = (await graph('GET', `/drives/${drive}/root:/Reports`)).body;
    const moved = await graph('PATCH', `/drives/${drive}/items/${id}`, { parentReference: { id: folder.body.id } });
    expect(moved.body.parentReference.id).toBe(folder.body.id);
    expect((await graph('GET', `/drives/${drive}/root:/Old`)).body).toMatchObject({
      size: 10,
      folder: { childCount: 1 },
    });
    const circle = { parentReference: { id } };
    expect(refusal(await graph('PATCH', `/drives/${drive}/items/${folder.body.id}`, circle))[1]).toBe('invalidRequest');
    emulator.control.change({ copyMs: 1000 });
    const copy = await graph('POST', `/drives/${drive}/items/${id}/copy`, {
      name: 'Copy',
      parentReference: { path: `/drives/${drive}/root:` },
    });
    expect(copy.status).toBe(202);
    const monitor = copy.headers.get('location')!;
    expect(await answerOf(await fetch(monitor))).toMatchObject({ status: 202, body: { status: 'inProgress' } });
    emulator.control.advanceClock(1001);
    expect((await answerOf(await fetch(monitor))).body.status).toBe('completed');
    expect((await graph('GET', `/drives/${drive}/root:/Copy/May.txt`)).status).toBe(200);
  });

  test('are downloaded in whole and in part without a token', async () => {
    const answer = await fetch(`${emulator.url}/v1.0/drives/${drive}/root:/Reports/May.txt:/content`, {
      headers: { authorization: `Bearer ${await token(['Files.Read.All'])}` },
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    const url = answer.headers.get('location')!;
    expect(await (await fetch(url)).text()).toBe('May report');
    const part = await fetch(url, { headers: { range: 'bytes=4-8' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 4-8/10', 'repor']);
    expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416);
    emulator.control.advanceClock(3601_000);
    expect((await fetch(url)).status).toBe(401);
  });
});

async function token(permissions: string[]): Promise<string> {
  const { appId, secret } = emulator.control.addApplication({ displayName: 'T', permissions });
  const scope = 'https://graph.microsoft.com/.default';
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secret!, scope };
  return (await getToken(emulator, form)).body.access_token;
}

describe('an upload session', () => {
  const send = async (url: string, content: Buffer, start: number, total: number): Promise<TestAnswer> => {
    const range = `bytes ${start}-${start + content.length - 1}/${total}`;
    return answerOf(await fetch(url, { method: 'PUT', body: content, headers: { 'content-range': range } }));
  };
  const start = async (name: string, item: object = {}, more: object = {}): Promise<TestAnswer> =>
    graph('POST', `/drives/${drive}/root:/${name}:/createUploadSession`, { item, ...more });

  test('takes parts in order, tells what it expects and makes the file at the end', async () => {
    const { body } = await start('big.bin');
    const total = PART + 100;
    const content = Buffer.alloc(total, 'ab');
    const first = await send(body.uploadUrl, content.subarray(0, PART), 0, total);
    expect(first).toMatchObject({ status: 202, body: { nextExpectedRanges: [`${PART}-`] } });
    const overlap = await send(body.uploadUrl, content.subarray(0, PART), 0, total);
    expect(refusal(overlap)).toEqual([416, 'invalidRange', 'fragmentOverlap']);
    const gap = await send(body.uploadUrl, content.subarray(0, 50), PART + 50, total);
    expect(refusal(gap)).toEqual([416, 'invalidRange', 'fragmentOutOfOrder']);
    expect((await answerOf(await fetch(body.uploadUrl))).body.nextExpectedRanges).toEqual([`${PART}-`]);
    const last = await send(body.uploadUrl, content.subarray(PART), PART, total);
    expect(last).toMatchObject({ status: 201, body: { name: 'big.bin', size: total } });
    expect((await fetch(body.uploadUrl)).status).toBe(404);
  });

  test('refuses parts of an odd size, a taken name, and what it does not know any more', async () => {
    const { uploadUrl } = (await start('odd.bin')).body;
    expect((await send(uploadUrl, Buffer.alloc(1000), 0, 5000)).status).toBe(400);
    expect(refusal(await start('read me.txt'))).toEqual([409, 'nameAlreadyExists', undefined]);
    await put('/root:/odd.bin:/content', 'mine');
    const clash = await send(uploadUrl, Buffer.alloc(10), 0, 10);
    expect(refusal(clash)).toEqual([409, 'upload_name_conflict', undefined]);
    expect((await fetch(uploadUrl, { method: 'DELETE' })).status).toBe(204);
    const { uploadUrl: old } = (await start('old.bin')).body;
    emulator.control.advanceClock(25 * 3600_000);
    expect((await send(old, Buffer.alloc(10), 0, 10)).status).toBe(404);
  });

  test('waits for an order to commit when it was told so', async () => {
    const replace = { '@microsoft.graph.conflictBehavior': 'replace' };
    const { uploadUrl } = (await start('read me.txt', replace, { deferCommit: true })).body;
    expect(await send(uploadUrl, Buffer.from('deferred'), 0, 8)).toMatchObject({
      status: 202,
      body: { nextExpectedRanges: [] },
    });
    expect((await graph('GET', `/drives/${drive}/root:/read me.txt`)).body.size).toBe(5);
    const committed = await answerOf(await fetch(uploadUrl, { method: 'POST' }));
    expect(committed).toMatchObject({ status: 200, body: { size: 8 } });
  });

  test('serves the upload task of the Graph client', async () => {
    const accessToken = await token(['Sites.ReadWrite.All']);
    const client = Client.init({
      baseUrl: `${emulator.url}/`,
      customHosts: new Set(['localhost']),
      authProvider: (done) => done(null, accessToken),
    });
    const session: LargeFileUploadSession = await LargeFileUploadTask.createUploadSession(
      client,
      `/drives/${drive}/root:/task.bin:/createUploadSession`,
      { item: { '@microsoft.graph.conflictBehavior': 'replace' } },
    );
    const size = 2 * PART + 5;
    const file = new FileUpload(new Uint8Array(size), 'task.bin', size);
    const task = new LargeFileUploadTask(client, file, session, { rangeSize: PART });
    const { responseBody } = await task.upload();
    expect(responseBody).toMatchObject({ name: 'task.bin', size });
  });
});

describe('delta of a drive', () => {
  const changes = async (url: string): Promise<TestAnswer['body']> => (await graph('GET', url)).body;

  test('begins with everything and goes on with what changed', async () => {
    const first = await changes(`/drives/${drive}/root/delta?$top=3`);
    const rest = await changes(first['@odata.nextLink']);
    expect([...first.value, ...rest.value].map(({ name }) => name)).toEqual([
      'root',
      'Reports',
      'May.txt',
      'read me.txt',
    ]);
    await put('/root:/Reports/June.txt:/content', 'June');
    const { id } = (await graph('GET', `/drives/${drive}/root:/read me.txt`)).body;
    await graph('DELETE', `/drives/${drive}/items/${id}`);
    const next = await changes(rest['@odata.deltaLink'].replace('$top=3&', ''));
    const names = next.value.map(({ name, deleted }: { name: string; deleted?: object }) => (deleted ? 'gone' : name));
    expect(names.sort()).toEqual(['June.txt', 'Reports', 'gone', 'root']);
    expect(next.value.find(({ deleted }: { deleted?: object }) => deleted)).toMatchObject({ id });
    const latest = await changes(`/drives/${drive}/root/delta(token='latest')`);
    expect(latest.value).toEqual([]);
    expect((await changes(latest['@odata.deltaLink'])).value).toEqual([]);
  });

  test('starts again when the token is too old', async () => {
    const { '@odata.deltaLink': link } = await changes(`/drives/${drive}/root/delta?token=latest`);
    emulator.control.change({ accessTokenSeconds: 90 * 24 * 3600 });
    graph = await clientWith(emulator, ['Files.Read.All'], []);
    emulator.control.advanceClock(8 * 24 * 3600_000);
    const old = await graph('GET', link);
    expect(refusal(old)[1]).toBe('resyncRequired');
    expect((await changes(old.headers.get('location')!)).value.length).toBeGreaterThan(2);
  });
});

describe('sharing', () => {
  const invite = (path: string, order: object): Promise<TestAnswer> =>
    graph('POST', `/drives/${drive}${path}/invite`, order);
  const signIn = async (name: string): Promise<TestClient> => {
    const app = emulator.control.addApplication({
      displayName: 'Public',
      public: true,
      delegated: ['Files.ReadWrite.All', 'Sites.Read.All'],
    });
    const form = {
      grant_type: 'password',
      client_id: app.appId,
      password: 'Sunny-Meadow-42',
      scope: 'Files.ReadWrite.All',
    };
    const answer = await getToken(emulator, { ...form, username: `${name}@contoso.onmicrosoft.com` });
    return clientFor(emulator.url, answer.body.access_token);
  };

  test('opens one folder to somebody who may not use the site', async () => {
    const bob = await signIn('bob');
    expect(refusal(await bob('GET', `/drives/${drive}/root`))).toEqual([403, 'accessDenied', undefined]);
    const recipients = [{ email: 'bob@contoso.onmicrosoft.com' }];
    const { body, status } = await invite('/root:/Reports:', {
      recipients,
      roles: ['read'],
      requireSignIn: true,
      sendInvitation: false,
    });
    expect(status).toBe(200);
    expect(body.value[0]).toMatchObject({ roles: ['read'], grantedToV2: { user: { displayName: 'bob' } } });
    expect((await bob('GET', `/drives/${drive}/root:/Reports/May.txt`)).status).toBe(200);
    expect((await bob('PUT', `/drives/${drive}/root:/Reports/x.txt:/content`, 'x')).status).toBe(403);
    const id = body.value[0].id;
    const { body: reports } = await graph('GET', `/drives/${drive}/root:/Reports`);
    const permissions = `/drives/${drive}/items/${reports.id}/permissions`;
    expect((await graph('PATCH', `${permissions}/${id}`, { roles: ['write'] })).body.roles).toEqual(['write']);
    expect((await bob('PUT', `/drives/${drive}/root:/Reports/x.txt:/content`, 'x')).status).toBe(201);
    expect((await graph('DELETE', `${permissions}/${id}`)).status).toBe(204);
    expect((await bob('GET', `/drives/${drive}/root:/Reports/May.txt`)).status).toBe(403);
    const unknown = await invite('/root:/Reports:', { recipients: [{ email: 'nobody@example.com' }], roles: ['read'] });
    expect(refusal(unknown)[1]).toBe('invalidRequest');
  });

  test('by links makes one of a kind, and none for everybody when the tenant forbids it', async () => {
    const path = `/drives/${drive}/root:/Reports:/createLink`;
    const made = await graph('POST', path, { type: 'view', scope: 'organization' });
    expect(made).toMatchObject({
      status: 201,
      body: { link: { type: 'view', scope: 'organization' }, roles: ['read'] },
    });
    expect(await graph('POST', path, { type: 'view', scope: 'organization' })).toMatchObject({
      status: 200,
      body: { id: made.body.id },
    });
    const admin = await clientWith(emulator, ['SharePointTenantSettings.ReadWrite.All'], []);
    await admin('PATCH', '/admin/sharepoint/settings', { sharingCapability: 'disabled' });
    expect(refusal(await graph('POST', path, { type: 'view', scope: 'anonymous' }))).toEqual([
      403,
      'accessDenied',
      'sharingDisabled',
    ]);
  });

  test('members use their site, and everybody with a license has a drive', async () => {
    const ada = await signIn('ada');
    expect((await ada('PUT', `/drives/${drive}/root:/ada.txt:/content`, 'x')).status).toBe(201);
    const own = await ada('GET', '/me/drive');
    expect(own.body).toMatchObject({
      driveType: 'business',
      webUrl: 'https://contoso-my.sharepoint.com/personal/ada_contoso_onmicrosoft_com/Documents',
    });
    expect((await ada('PUT', '/me/drive/root:/note.txt:/content', 'x')).status).toBe(201);
    const bob = await signIn('bob');
    expect(refusal(await bob('GET', '/me/drive'))[1]).toBe('ResourceNotFound');
    expect((await bob('GET', `/drives/${own.body.id}/root:/note.txt`)).status).toBe(403);
  });
});

test('pictures have thumbnails', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000003200000019008060000', 'hex');
  const authorization = `Bearer ${await token(['Files.ReadWrite.All'])}`;
  await fetch(`${emulator.url}/v1.0/drives/${drive}/root:/p.png:/content`, {
    method: 'PUT',
    body: png,
    headers: { authorization },
  });
  const { body } = await graph('GET', `/drives/${drive}/root:/p.png:/thumbnails`);
  expect(body.value[0]).toMatchObject({
    id: '0',
    small: { width: 96, height: 48 },
    large: { width: 800, height: 400 },
  });
  expect((await graph('GET', `/drives/${drive}/root:/read me.txt:/thumbnails`)).body.value).toEqual([]);
});

test('a search finds names below a folder', async () => {
  const { body } = await graph('GET', `/drives/${drive}/root/search(q='may')`);
  expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['May.txt']);
});
