import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordProcess, waitForLeftovers } from './leftovers.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-leftovers-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('the next start waits until what was left has ended', async () => {
  const file = join(folder, 'parts');
  const left = spawn(process.execPath, ['--eval', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(left, 'spawn');
  await recordProcess(file, left.pid!);
  await expect(waitForLeftovers(file, 100)).rejects.toMatchObject({ code: 'sandbox.leftover' });
  left.stdin.end();
  await waitForLeftovers(file);
});

test('nothing left, or a process id that now belongs to somebody else, is no reason to wait', async () => {
  const file = join(folder, 'others');
  await waitForLeftovers(file);
  await writeFile(file, `${process.pid} 1\n`);
  await waitForLeftovers(file, 0);
});
