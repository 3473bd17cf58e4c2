import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess } from './startProcess.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-process-'));
});

afterAll(() => rm(folder, { recursive: true }));

function request(script: string, readyWithinMs = 30_000) {
  return {
    name: 'The program',
    command: [process.execPath, '--eval', script],
    cwd: folder,
    logFile: join(folder, 'program.log'),
    readyWithinMs,
  };
}

const READY = `console.log('starting'); console.log(JSON.stringify({ event: 'ready', url: 'https://x' }));`;

test('a program is ready with its ready line, and ends when its input ends', async () => {
  const started = await startProcess(request(`${READY} process.stdin.resume();`));
  expect(started.ready).toEqual({ event: 'ready', url: 'https://x' });
  await started.stop();
  expect(await readFile(join(folder, 'program.log'), 'utf8')).toContain('starting');
});

test('a program that ends too early is named with its last words', async () => {
  const early = startProcess(request(`console.error('no such tenant'); process.exitCode = 3;`));
  await expect(early).rejects.toMatchObject({
    code: 'sandbox.part-not-ready',
    message: expect.stringMatching(/The program ended while it started[\s\S]*no such tenant/),
  });
});

test('a program that never gets ready is stopped', async () => {
  await expect(startProcess(request('process.stdin.resume();', 300))).rejects.toThrow('was not ready in time');
});
