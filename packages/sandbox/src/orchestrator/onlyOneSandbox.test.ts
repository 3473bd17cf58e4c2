import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimSandbox } from './onlyOneSandbox.ts';
import { makeSandboxFolders, type SandboxFolders, sandboxFolders } from './sandboxFolders.ts';

let state: string;
let folders: SandboxFolders;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'isthmus-only-'));
  folders = sandboxFolders(state);
  await makeSandboxFolders(state, folders);
});

afterEach(() => rm(state, { recursive: true }));

test('a claim is held until it is given back', async () => {
  const release = await claimSandbox(folders);
  expect(Number(await readFile(folders.pidFile, 'utf8'))).toBe(process.pid);
  await release();
  await expect(readFile(folders.pidFile)).rejects.toThrow('ENOENT');
});

test('a claim left by a dead process, or by one that is no sandbox, is taken over', async () => {
  await writeFile(folders.pidFile, '1\n');
  await (await claimSandbox(folders))();
  await writeFile(folders.pidFile, 'unreadable');
  await (await claimSandbox(folders))();
});

test('a living sandbox is told of, with its address', async () => {
  const other = spawn(process.execPath, ['--eval', 'process.stdin.resume()', 'packages/sandbox/src/main.ts'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await writeFile(folders.pidFile, String(other.pid));
  await writeFile(folders.readyFile, JSON.stringify({ dashboard: { url: 'https://localhost:8443' } }));
  await expect(claimSandbox(folders)).rejects.toMatchObject({
    code: 'sandbox.already-running',
    message: expect.stringContaining('https://localhost:8443'),
  });
  other.kill();
});
