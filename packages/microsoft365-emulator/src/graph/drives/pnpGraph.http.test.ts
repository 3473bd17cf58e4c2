import { graphfi } from '@pnp/graph';
import { GraphDefault } from '@pnp/nodejs';
import '@pnp/graph/sites/index.js';
import '@pnp/graph/lists/index.js';
import '@pnp/graph/list-item/index.js';
import '@pnp/graph/columns/index.js';
import '@pnp/graph/files/index.js';
import '@pnp/graph/users/index.js';
import '@pnp/graph/groups/index.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import { clientWith, startTrusted } from '../../testing/TestTenant.ts';

// biome-ignore lint/suspicious/noExplicitAny: PnPjs adds to its types by relative module names, which NodeNext does not follow
type Pnp = any;

let emulator: Emulator;
let graph: Pnp;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: { sites: [{ path: 'sites/team', displayName: 'Team', files: [{ path: 'a.txt', text: 'A' }] }] },
  });
  graph = connect(['Sites.FullControl.All', 'Sites.ReadWrite.All', 'Files.ReadWrite.All', 'Group.ReadWrite.All']);
});
afterAll(() => emulator.close());

function pluck(objects: readonly Readonly<Record<string, unknown>>[], name: string): unknown[] {
  return objects.map((object) => object[name]);
}

function connect(permissions: string[]): Pnp {
  const { appId, secret } = emulator.control.addApplication({ displayName: 'PnP', permissions });
  const auth = {
    clientId: appId,
    clientSecret: secret!,
    authority: `${emulator.url}/${emulator.tenantId}`,
    knownAuthorities: [new URL(emulator.url).host],
  };
  const msal = { config: { auth }, scopes: ['https://graph.microsoft.com/.default'] };
  return graphfi().using(GraphDefault({ baseUrl: `${emulator.url}/v1.0`, msal }));
}

test('PnPjs finds sites, and works with their lists and files', async () => {
  const site = await graph.sites.getByUrl('contoso.sharepoint.com', '/sites/team');
  expect((await site()).displayName).toBe('Team');
  const list = await site.lists.add({ displayName: 'Plans', list: { template: 'genericList' } });
  const item = await site.lists.getById(list.id!).items.add({ fields: { Title: 'First' } } as never);
  expect(item.id).toBe('1');
  expect(pluck(await site.lists(), 'displayName')).toContain('Plans');
  const { drive } = site;
  expect(pluck(await drive.root.children(), 'name')).toEqual(['a.txt']);
  const file = await drive.root.upload({ filePathName: 'b.txt', content: 'B' });
  expect(file.name).toBe('b.txt');
  expect(await (await drive.getItemById(file.id!).getContent()).text()).toBe('B');
  const folder = await drive.root.children.addFolder({ name: 'Folder' });
  await drive.getItemById(file.id!).moveItem({ parentReference: { id: folder.id!, driveId: (await drive()).id! } });
  expect(pluck(await drive.getItemById(folder.id!).children(), 'name')).toEqual(['b.txt']);
  await drive.getItemById(file.id!).delete();
  const changes = await drive.root.delta()();
  expect(changes.values.length).toBeGreaterThan(1);
});

test('a Microsoft 365 group has a site and a drive that its members use', async () => {
  const client = await clientWith(emulator, ['Group.ReadWrite.All', 'Sites.Read.All', 'Files.ReadWrite.All'], []);
  const group = await client('POST', '/groups', {
    displayName: 'Builders',
    mailNickname: 'builders',
    groupTypes: ['Unified'],
    mailEnabled: true,
    securityEnabled: false,
  });
  const site = await client('GET', `/groups/${group.body.id}/sites/root`);
  expect(site.body).toMatchObject({ displayName: 'Builders', webUrl: 'https://contoso.sharepoint.com/sites/builders' });
  expect((await client('GET', '/sites?search=builders')).body.value).toHaveLength(1);
  expect((await client('PUT', `/groups/${group.body.id}/drive/root:/x.txt:/content`, 'x')).status).toBe(201);
  const drive = (await client('GET', `/groups/${group.body.id}/drive`)).body;
  expect(drive.owner.group.id).toBe(group.body.id);
  await client('DELETE', `/groups/${group.body.id}`);
  expect((await client('GET', '/sites/contoso.sharepoint.com:/sites/builders')).status).toBe(404);
});

test('files outlive the process, half-received ones as well', async () => {
  const stateFolder = mkdtempSync(join(tmpdir(), 'microsoft365-files-'));
  const part = 320 * 1024;
  const total = part + 10;
  const send = (url: string, start: number, size: number): Promise<Response> =>
    fetch(url, {
      method: 'PUT',
      body: Buffer.alloc(size, 'x'),
      headers: { 'content-range': `bytes ${start}-${start + size - 1}/${total}` },
    });
  try {
    const first = await startTrusted({ stateFolder });
    const before = await clientWith(first, ['Sites.ReadWrite.All'], []);
    await before('PUT', '/sites/root/drive/root:/kept.txt:/content', 'kept');
    const { uploadUrl } = (await before('POST', '/sites/root/drive/root:/half.bin:/createUploadSession', {})).body;
    await send(uploadUrl, 0, part);
    await first.close();
    const second = await startTrusted({ stateFolder });
    const after = await clientWith(second, ['Sites.ReadWrite.All'], []);
    expect((await after('GET', '/sites/root/drive/root:/kept.txt:/content')).body).toBe('kept');
    const resumed = await send(uploadUrl.replace(first.url, second.url), part, 10);
    expect(await resumed.json()).toMatchObject({ name: 'half.bin', size: total });
    const { body } = await after('GET', '/sites/root/drive/root/delta');
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['root', 'kept.txt', 'half.bin']);
    await second.close();
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});
