import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForLeftovers } from './orchestrator/leftovers.ts';
import { sandboxFolders } from './orchestrator/sandboxFolders.ts';

const PROGRAM = join(import.meta.dirname, 'main.ts');
let state: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'isthmus-sandbox-'));
});

afterAll(async () => {
  if (running !== undefined) await stop(running);
  await rm(state, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
}

function start(...options: string[]): Started {
  const child = spawn(process.execPath, [PROGRAM, '--lifeline', '--state', state, ...options], { stdio: 'pipe' });
  running = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return { child, said: () => said };
}

async function stop(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function ready({ child, said }: Started): Promise<Record<string, Record<string, unknown>>> {
  while (child.exitCode === null) {
    const text = await readFile(sandboxFolders(state).readyFile, 'utf8').catch(() => undefined);
    if (text !== undefined && said().includes('Isthmus is ready')) return JSON.parse(text);
    await delay(50);
  }
  throw new Error(`The sandbox ended while it started:\n${said()}`);
}

test('the sandbox starts, is told of, leaves nothing when it is killed, and comes back as it was', async () => {
  const folders = sandboxFolders(state);
  const first = start();
  const before = await ready(first);
  expect(Object.keys(before)).toEqual(['dashboard', 'emulator', 'directory', 'practiceDomain', 'mail']);
  expect(Object.keys(before['dashboard']!)).toEqual(['url', 'caFile', 'username', 'password']);
  expect((await stat(folders.readyFile)).mode & 0o077).toBe(0);
  expect(first.said()).toContain(String(before['dashboard']!['url']));
  expect(first.said()).not.toContain(String(before['dashboard']!['password']));

  const another = start();
  const [exitCode] = await once(another.child, 'exit');
  expect([exitCode, another.said()]).toEqual([1, expect.stringContaining(String(before['dashboard']!['url']))]);

  first.child.kill('SIGKILL');
  await waitForLeftovers(folders.partsFile);

  const second = start();
  expect(await ready(second)).toEqual(before);
  await stop(second.child);
  expect(second.child.exitCode).toBe(0);
  await waitForLeftovers(folders.partsFile, 0);
  await expect(stat(folders.readyFile)).rejects.toThrow('ENOENT');
}, 240_000);

test('a world cannot be changed under the people in it', async () => {
  const { child, said } = start('--world', 'contoso-10k');
  const [exitCode] = await once(child, 'exit');
  expect([exitCode, said()]).toEqual([1, expect.stringContaining('holds the world "contoso-small"')]);
});

test('an option that does not exist is answered with those that do', async () => {
  const { child, said } = start('--wrold', 'x');
  const [exitCode] = await once(child, 'exit');
  expect([exitCode, said()]).toEqual([1, expect.stringContaining('--dashboard-port')]);
});
