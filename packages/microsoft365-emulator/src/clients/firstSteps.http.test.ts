import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { LoggedRequest, TenantSummary } from '../index.ts';
import { trust } from '../testing/TestTenant.ts';

const program = fileURLToPath(new URL('../../bin/microsoft365-emulator.mjs', import.meta.url));
const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const readySchema = z.object({ url: z.string(), caFile: z.string(), tenantId: z.string(), controlKeyFile: z.string() });
const doneSchema = z.object({ user: z.string(), group: z.string(), domain: z.string(), isVerified: z.boolean() });

let stateFolder: string;
let dnsPort: number;
let emulator: ChildProcess;
let ready: z.infer<typeof readySchema>;
let key: string;
let done: z.infer<typeof doneSchema>;

beforeAll(async () => {
  stateFolder = mkdtempSync(join(tmpdir(), 'microsoft365-first-steps-'));
  dnsPort = await freeUdpPort();
  const options = ['--state', stateFolder, '--seed', example('first-steps.seed.yaml')];
  const words = [program, 'serve', ...options, '--resolver', `127.0.0.1:${dnsPort}`];
  emulator = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: emulator.stdout! }), 'line');
  ready = readySchema.parse(JSON.parse(String(line)));
  key = readFileSync(ready.controlKeyFile, 'utf8').trim();
  trust(readFileSync(ready.caFile, 'utf8'));
  const env = {
    PATH: process.env['PATH'],
    NODE_EXTRA_CA_CERTS: ready.caFile,
    EMULATOR_URL: ready.url,
    DNS_PORT: String(dnsPort),
  };
  const { stdout } = await promisify(execFile)(process.execPath, [example('first-steps.mjs')], { env });
  done = doneSchema.parse(JSON.parse(stdout));
});
afterAll(async () => {
  const isOver = once(emulator, 'exit');
  emulator.kill('SIGTERM');
  await isOver;
  rmSync(stateFolder, { recursive: true, force: true });
});

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

async function control<T>(path: string): Promise<T> {
  const response = await fetch(`${ready.url}/_emulator${path}`, { headers: { 'x-emulator-key': key } });
  return (await response.json()) as T;
}

/** The page a person sees who has given the control key. */
async function look(path: string): Promise<string> {
  const body = new URLSearchParams({ key });
  const entered = await fetch(`${ready.url}/_emulator/view/enter`, { method: 'POST', body, redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(`${ready.url}/_emulator/view${path}`, { headers: { cookie } })).text();
}

test('the script of a stranger leaves a licensed user, a member and a verified domain', async () => {
  expect(done).toMatchObject({ domain: 'lovelace.example', isVerified: true });
  const [tenant] = await control<TenantSummary[]>('/tenants');
  expect(tenant).toMatchObject({ id: ready.tenantId, users: 2 });
  expect(tenant?.licenses.find(({ skuPartNumber }) => skuPartNumber === 'SPB')?.taken).toBe(1);
  const at = `/tenants/${ready.tenantId}`;
  expect(await look(`${at}/users/${done.user}`)).toContain('ada@contoso.onmicrosoft.com');
  expect(await look(`${at}/domains/${done.domain}`)).toContain('&quot;isVerified&quot;: true');
  expect(await look(`${at}/groups/${done.group}`)).toContain('Engineers');
});

test('every step of it is in the request log and on its page', async () => {
  const steps = [
    'POST /contoso.onmicrosoft.com/oauth2/v2.0/token 200',
    'POST /v1.0/users 201',
    'GET /v1.0/subscribedSkus 200',
    `POST /v1.0/users/${done.user}/assignLicense 200`,
    'POST /v1.0/groups 201',
    `POST /v1.0/groups/${done.group}/members/$ref 204`,
    'POST /v1.0/domains 201',
    `GET /v1.0/domains/${done.domain}/verificationDnsRecords 200`,
    `POST /v1.0/domains/${done.domain}/verify 200`,
  ];
  const { requests } = await control<{ requests: LoggedRequest[] }>('/requests');
  expect(requests.map(({ method, url, status }) => `${method} ${url.replace(/\?.*/, '')} ${status}`)).toEqual(
    expect.arrayContaining(steps),
  );
  const page = await look('/requests');
  for (const step of steps.map((text) => text.split(' ')[1]!)) expect(page).toContain(step);
});
