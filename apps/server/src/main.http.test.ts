import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { processState, readPostmasterFile } from './storage/postgresql/postmasterFile.ts';

// Each test starts whole servers, several at once on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-main-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

async function start(yaml: string): Promise<{ child: ChildProcess; ready: Promise<string>; ended: Promise<Ended> }> {
  const file = join(folder, 'isthmus.yaml');
  await writeFile(file, `dataFolder: data\nlifeline: stdin\n${yaml}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, ISTHMUS_CONFIG: file },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"event":"ready"')) resolve(JSON.parse(line).url);
    });
  });
  const ended = once(child, 'close').then(([code]) => ({ code, errors }));
  return { child, ready, ended };
}

const LOOPBACK = 'listen: { host: 127.0.0.1, port: 0 }\n';
const cluster = (): string => join(folder, 'data', 'postgresql', 'data');

it('says when it is ready, shows the set-up code, and ends with its lifeline', async () => {
  const { child, ready, ended } = await start(LOOPBACK);
  expect(await ready).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const pid = (await readPostmasterFile(cluster()))?.pid ?? 0;
  child.stdin?.end();
  const { code, errors } = await ended;
  expect(code).toBe(0);
  expect(errors).toMatch(/enter the set-up code [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/);
  expect(await processState(pid)).not.toBe('postgres');
});

it('ends its database also when it is killed, and starts again at once', async () => {
  const first = await start(LOOPBACK);
  await first.ready;
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await start(LOOPBACK);
  await second.ready;
  const pid = (await readPostmasterFile(cluster()))?.pid ?? 0;
  second.child.kill('SIGKILL');
  await second.ended;
  while ((await processState(pid)) === 'postgres') await delay(50);
});

it('ends with a clear message when its port is taken', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
  );
  const { ended } = await start(`listen: { host: 127.0.0.1, port: ${port} }\n`);
  const { code, errors } = await ended;
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(`127.0.0.1:${port} is taken`) });
  taken.close();
});

it('ends with a clear message when the configuration is wrong', async () => {
  const { ended } = await start('listn: {}\n');
  expect(await ended).toEqual({ code: 1, errors: expect.stringContaining('listn is not a known key') });
});
