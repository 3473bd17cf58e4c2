import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerOf, clientFor, getToken, newUser, startTrusted, type TestAnswer, trust } from '../testing/TestTenant.ts';

const bin = join(import.meta.dirname, '../../bin/microsoft365-emulator.mjs');
const application = {
  appId: '11111111-2222-4333-8444-555555555555',
  displayName: 'Seeded',
  secret: 'a secret of the seed',
  permissions: ['User.ReadWrite.All'],
};

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-test-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Ready {
  readonly url: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly administrator: { readonly username: string; readonly passwordFile: string };
  readonly controlKeyFile: string;
}

async function serve(...more: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
  const state = join(folder, 'state');
  const child = spawn(process.execPath, [bin, 'serve', '--state', state, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  const ready = JSON.parse(line) as Ready;
  trust(readFileSync(ready.caFile, 'utf8'));
  return { child, ready };
}

async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function tokenFor({ url, tenantId }: Ready): Promise<string> {
  const scope = 'https://graph.microsoft.com/.default';
  const form = {
    grant_type: 'client_credentials',
    client_id: application.appId,
    client_secret: application.secret,
    scope,
  };
  return (await getToken({ url, tenantId }, form)).body.access_token;
}

test('a killed process has lost nothing that it acknowledged', async () => {
  const seed = join(folder, 'seed.yaml');
  writeFileSync(seed, JSON.stringify({ applications: [application], domains: [{ name: 'contoso.example' }] }));
  const first = await serve('--seed', seed);
  const graph = clientFor(first.ready.url, await tokenFor(first.ready));
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => (await graph('POST', '/users', newUser(`user${index}`))).status),
  );
  expect(new Set(statuses)).toEqual(new Set([201]));
  const { link } = await deltaLink(first.ready);
  await graph('PATCH', '/users/user7@contoso.onmicrosoft.com', { jobTitle: 'Engineer' });
  first.child.kill('SIGKILL');
  await stopped(first.child);
  const second = await serve();
  expect(second.ready.tenantId).toBe(first.ready.tenantId);
  expect(readFileSync(second.ready.caFile, 'utf8')).toBe(readFileSync(first.ready.caFile, 'utf8'));
  const again = clientFor(second.ready.url, await tokenFor(second.ready));
  const count = await again('GET', '/users/$count', undefined, { consistencylevel: 'eventual' });
  expect(count.body).toBe('51');
  const moved = link.replace(first.ready.url, second.ready.url);
  const changes = (await again('GET', moved)).body.value;
  expect(changes.map((user: { jobTitle: string }) => user.jobTitle)).toEqual(['Engineer']);
});

async function deltaLink(ready: Ready): Promise<{ link: string }> {
  const graph = clientFor(ready.url, await tokenFor(ready));
  return { link: (await graph('GET', '/users/delta?$deltatoken=latest')).body['@odata.deltaLink'] };
}

test('the process ends with its parent, and on a signal, and keeps its secrets to itself', async () => {
  const { child, ready } = await serve();
  expect(statSync(ready.administrator.passwordFile).mode & 0o077).toBe(0);
  expect(statSync(ready.controlKeyFile).mode & 0o077).toBe(0);
  child.stdin!.end();
  expect(await stopped(child)).toBe(0);
  const again = await serve();
  again.child.kill('SIGTERM');
  expect(await stopped(again.child)).toBe(0);
});

test('two processes do not share a state folder', async () => {
  await serve();
  const second = spawn(process.execPath, [bin, 'serve', '--state', join(folder, 'state')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(second);
  let message = '';
  second.stderr.on('data', (chunk: Buffer) => {
    message += chunk.toString();
  });
  expect(await stopped(second)).toBe(1);
  expect(message).toContain('is used by the emulator with process id');
});

test('the control API turns the switches for whoever has the key', async () => {
  const emulator = await startTrusted();
  const order = async (
    method: string,
    path: string,
    body?: unknown,
    key = emulator.controlKey,
  ): Promise<TestAnswer> => {
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'x-emulator-key': key, 'content-type': 'application/json' };
    return answerOf(await fetch(`${emulator.url}/_emulator${path}`, { method, headers, ...payload }));
  };
  expect((await order('GET', '/settings', undefined, 'wrong')).status).toBe(403);
  expect((await order('PATCH', '/settings', { latencyMs: 'slow' })).status).toBe(400);
  const changed = await order('PATCH', '/settings', { throttling: { mode: 'off' }, lagMs: { users: 5 } });
  expect(changed.body).toMatchObject({ throttling: { mode: 'off', factor: 1 }, lagMs: { users: 5 }, latencyMs: 0 });
  await order('POST', '/clock', { advanceMs: 5000 });
  expect(emulator.control.settings.clockOffsetMs).toBe(5000);
  const { id } = (await order('POST', '/faults', { path: '/v1.0/**', answer: { status: 503 } })).body;
  expect((await order('GET', '/faults')).body).toMatchObject([{ id, path: '/v1.0/**', seen: 0 }]);
  await order('DELETE', `/faults/${id}`);
  expect((await order('PUT', '/licenses/SPB', { seats: 3 })).status).toBe(204);
  expect((await order('PUT', '/licenses/NONSENSE', { seats: 3 })).status).toBe(400);
  expect((await order('GET', '/tenants')).body[0].licenses[0]).toEqual({ skuPartNumber: 'SPB', seats: 3, taken: 0 });
  expect((await order('POST', '/applications', { displayName: 'App' })).body).toHaveProperty('secret');
  expect((await order('POST', '/reset')).status).toBe(204);
  expect((await order('GET', '/tenants')).body).toMatchObject([{ id: emulator.tenantId, applications: 0 }]);
  await emulator.close();
});

test('the request log knows who asked for what, but no secret', async () => {
  const emulator = await startTrusted({ seed: { applications: [application] } });
  const form = { grant_type: 'client_credentials', client_id: application.appId, client_secret: application.secret };
  const scope = 'https://graph.microsoft.com/.default';
  const { access_token } = (await getToken(emulator, { ...form, scope })).body;
  const graph = clientFor(emulator.url, access_token);
  await graph('GET', '/users?$top=1', undefined, { 'client-request-id': 'mine' });
  expect(emulator.control.requests({ clientRequestId: 'mine' })).toMatchObject([
    { method: 'GET', url: '/v1.0/users?$top=1', status: 200, appId: application.appId, resourceUnits: 1, fault: null },
  ]);
  const everything = JSON.stringify(emulator.control.requests());
  expect(everything).not.toContain(application.secret);
  expect(everything).not.toContain(access_token);
  emulator.control.clearRequests();
  expect(emulator.control.requests()).toEqual([]);
  await emulator.close();
});
