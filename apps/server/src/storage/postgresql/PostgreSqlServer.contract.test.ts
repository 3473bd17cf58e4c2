import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger } from '@isthmus/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../openDatabase.ts';
import { PostgreSqlServer } from './PostgreSqlServer.ts';
import { postmasterFileOf, processState, readPostmasterFile } from './postmasterFile.ts';

// A busy machine takes its time to make a cluster.
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let dataFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-pg-'));
  // Below a folder that the unprivileged user of the database cannot enter.
  dataFolder = join(folder, 'closed', 'data');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (): Promise<PostgreSqlServer> => PostgreSqlServer.start({ dataFolder, logger: silentLogger });

async function waitUntilEnded(pid: number): Promise<void> {
  while ((await processState(pid)) === 'postgres') await delay(20);
}

async function count(server: PostgreSqlServer): Promise<number> {
  const database = await openDatabase(server.address, silentLogger);
  await sql`create table if not exists start (at timestamptz default now())`.execute(database);
  await sql`insert into start default values`.execute(database);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from start`.execute(database);
  await database.destroy();
  return rows[0]?.n ?? 0;
}

/** A process of its own that runs the server, so that it can be killed. */
async function startInChild(): Promise<{ kill: () => Promise<void>; pid: number }> {
  const script = `
    import { PostgreSqlServer } from ${JSON.stringify(join(import.meta.dirname, 'PostgreSqlServer.ts'))};
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const server = await PostgreSqlServer.start({ dataFolder: ${JSON.stringify(dataFolder)}, logger: quiet });
    console.log(server.pid);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    pid: Number(line),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

it('keeps what was written over a stop and a start, and listens on no network', async () => {
  const first = await start();
  expect(await count(first)).toBe(1);
  await first.stop();
  const second = await start();
  expect(await count(second)).toBe(2);
  const database = await openDatabase(second.address, silentLogger);
  const { rows } = await sql`select current_setting('listen_addresses') as a, current_setting('fsync') as f,
    rolsuper as s from pg_roles where rolname = current_user`.execute(database);
  expect(rows).toEqual([{ a: '', f: 'on', s: false }]);
  await database.destroy();
  await second.stop();
});

it('ends when its owner is killed, and loses nothing', async () => {
  const child = await startInChild();
  await child.kill();
  await waitUntilEnded(child.pid);
  const server = await start();
  expect(server.wasAdopted).toBe(false);
  expect(await count(server)).toBe(1);
  await server.stop();
});

it('waits for the server of a killed owner to end when it is started at once', async () => {
  const child = await startInChild();
  await child.kill();
  const server = await start();
  expect(await count(server)).toBe(1);
  await server.stop();
});

it('adopts a living server that nobody watches, and ends it as its own', async () => {
  const child = await startInChild();
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const watchdog = Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]);
  const parts = (await readFile(`/proc/${watchdog}/task/${watchdog}/children`, 'utf8')).trim().split(' ').map(Number);
  for (const pid of [...parts, watchdog]) if (pid !== child.pid) process.kill(pid, 'SIGKILL');
  await child.kill();
  const server = await start();
  expect({ adopted: server.wasAdopted, pid: server.pid }).toEqual({ adopted: true, pid: child.pid });
  expect(await count(server)).toBe(1);
  await server.stop();
  expect(await processState(child.pid)).not.toBe('postgres');
});

it('is started again when the database server is killed', async () => {
  const server = await start();
  await count(server);
  const killed = server.pid;
  process.kill(killed, 'SIGKILL');
  while (server.pid === killed) await delay(50);
  expect(await count(server)).toBe(2);
  await server.stop();
});

it('starts over the lock of a dead server whose number now belongs to another program', async () => {
  const first = await start();
  await first.stop();
  const cluster = join(dataFolder, 'postgresql', 'data');
  const owner = await stat(cluster);
  await writeFile(postmasterFileOf(cluster), `${process.pid}\n${cluster}\n0\n5432\n/tmp\n\n0 0\nready   \n`);
  expect((await readPostmasterFile(cluster))?.pid).toBe(process.pid);
  expect(owner.mode & 0o077).toBe(0);
  const second = await start();
  expect(await count(second)).toBe(1);
  await second.stop();
});

it('uses a short folder for its socket when the data folder has a long path', async () => {
  dataFolder = join(dataFolder, 'x'.repeat(90));
  const server = await start();
  expect(await count(server)).toBe(1);
  const { address } = server;
  await server.stop();
  if (address.kind === 'socket') await rm(address.host, { recursive: true, force: true });
});

it('says what is wrong when the data was made by another version', async () => {
  await (await start()).stop();
  await writeFile(join(dataFolder, 'postgresql', 'data', 'PG_VERSION'), '9\n');
  await expect(start()).rejects.toMatchObject({ code: 'storage.database-version' });
});
