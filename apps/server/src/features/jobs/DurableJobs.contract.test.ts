import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DomainError, silentLogger, systemClock } from '@isthmus/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DbosEngine } from '../../engine/DbosEngine.ts';
import { LiveEvents } from '../../events/LiveEvents.ts';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/index.ts';
import { DurableJobs } from './DurableJobs.ts';
import { JobStore } from './JobStore.ts';
import type { ItemOutcome, JobDefinition, NewJob } from './Jobs.ts';
import { listAllJobItems } from './listJobs.ts';

let test: TestDatabase;
let stopAll: (() => Promise<void>)[] = [];
beforeEach(async () => {
  test = await createTestDatabase();
  await sql`create table effect (item uuid primary key)`.execute(test.database);
  await sql`create table call (item uuid)`.execute(test.database);
});
afterEach(async () => {
  for (const stop of stopAll.reverse()) await stop();
  stopAll = [];
  await test.drop();
});

type Payload = { readonly number: number };

/** Does its effect once, however often it is called. */
async function effect(id: string): Promise<ItemOutcome> {
  await sql`insert into call values (${id})`.execute(test.database);
  const { numAffectedRows } = await sql`insert into effect values (${id}) on conflict do nothing`.execute(
    test.database,
  );
  return { state: numAffectedRows === 1n ? 'done' : 'unchanged' };
}

function countingJob(process: JobDefinition<object, Payload>['processBatch']): JobDefinition<object, Payload> {
  return { kind: 'create-online-accounts', batchSize: 10, concurrency: 4, processBatch: process };
}

async function startJobs(definition: JobDefinition<object, Payload>): Promise<DurableJobs> {
  const engine = new DbosEngine({ address: test.address, logger: silentLogger });
  const events = new LiveEvents();
  const jobs = new DurableJobs({ database: test.database, engine, events, clock: systemClock, logger: silentLogger });
  jobs.define(definition);
  await jobs.prepare();
  await engine.start();
  await jobs.resume();
  let isOver = false;
  stopAll.push(async () => {
    if (isOver) return;
    isOver = true;
    await jobs.stop();
    await engine.stop();
  });
  return jobs;
}

function jobOf(count: number): NewJob<object, Payload> {
  return {
    kind: 'create-online-accounts',
    title: 'Create accounts',
    startedBy: 'ada',
    input: {},
    items: Array.from({ length: count }, (_, number) => ({ name: `Person ${number}`, payload: { number } })),
  };
}

async function countOf(table: 'effect' | 'call'): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(test.database);
  return rows[0]?.n ?? 0;
}

describe('a job', () => {
  it('works through its items and reports each one', async () => {
    const jobs = await startJobs(
      countingJob(async (items) =>
        Promise.all(
          items.map(async (item) => {
            if (item.payload.number % 10 !== 3) return effect(item.id);
            await item.atStep('license');
            return {
              state: 'failed' as const,
              problem: { code: 'online.no-free-license', message: 'No seat is free.' },
            };
          }),
        ),
      ),
    );
    const job = await jobs.wait((await jobs.start(jobOf(50))).id, 30);
    expect(job).toMatchObject({
      state: 'done-with-problems',
      counts: { total: 50, done: 45, unchanged: 0, failed: 5 },
      may: { cancel: false, retry: true },
    });
    const items = await listAllJobItems(test.database, job.id);
    expect(items[3]).toMatchObject({ state: 'failed', step: 'license', problem: { code: 'online.no-free-license' } });
  });

  it('fails the items of a batch that throws, and goes on with the others', async () => {
    const jobs = await startJobs(
      countingJob(async (items) => {
        if (items[0]?.position === 10)
          throw new DomainError({ code: 'online.busy', message: 'Busy.', remedy: 'Wait.' });
        if (items[0]?.position === 20) throw new TypeError('a bug with a secret in it');
        return items.map(() => ({ state: 'done' }));
      }),
    );
    const job = await jobs.wait((await jobs.start(jobOf(40))).id, 30);
    expect(job.counts).toMatchObject({ done: 20, failed: 20 });
    const items = await listAllJobItems(test.database, job.id);
    expect(items[10]?.problem).toEqual({ code: 'online.busy', message: 'Busy.', remedy: 'Wait.' });
    expect(items[20]?.problem).toMatchObject({ code: 'server.unexpected' });
  });

  it('stops before the next item when it is cancelled', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const jobs = await startJobs({
      ...countingJob(async (items) => {
        await gate;
        return Promise.all(items.map((item) => effect(item.id)));
      }),
      concurrency: 1,
    });
    const { id } = await jobs.start(jobOf(30));
    while ((await new JobStore(test.database, systemClock).countsOf([id])).get(id)?.running !== 10);
    expect((await jobs.cancel(id)).may.cancel).toBe(false);
    release();
    const job = await jobs.wait(id, 30);
    expect(job).toMatchObject({ state: 'cancelled', counts: { total: 30, done: 10 } });
    await expect(jobs.cancel(id)).rejects.toMatchObject({ code: 'jobs.already-ended' });
  });

  it('is tried again for the failed items only', async () => {
    let isBroken = true;
    const jobs = await startJobs(
      countingJob(async (items) =>
        items.map((item) =>
          isBroken && item.payload.number < 2
            ? { state: 'failed', problem: { code: 'online.busy', message: 'Busy.' } }
            : { state: 'done' },
        ),
      ),
    );
    const first = await jobs.wait((await jobs.start(jobOf(5))).id, 30);
    isBroken = false;
    const second = await jobs.wait((await jobs.retry(first.id, 'bob')).id, 30);
    expect(second).toMatchObject({ state: 'done', startedBy: 'bob', counts: { total: 2, done: 2 } });
    await expect(jobs.retry(second.id, 'bob')).rejects.toMatchObject({ code: 'jobs.nothing-to-retry' });
  });

  it('goes on after a stop in the middle', async () => {
    const first = await startJobs(
      countingJob(async (items, { signal }) => {
        if (items[0]?.position !== 0 && !signal.aborted) await once(signal, 'abort');
        return Promise.all(items.map((item) => effect(item.id)));
      }),
    );
    const { id } = await first.start(jobOf(60));
    while ((await countOf('effect')) < 10);
    await stopAll.pop()?.();
    const row = await new JobStore(test.database, systemClock).find(id);
    expect(row?.state).toBe('interrupted');
    const second = await startJobs(countingJob((items) => Promise.all(items.map((item) => effect(item.id)))));
    expect(await second.wait(id, 30)).toMatchObject({ state: 'done', counts: { total: 60 } });
    expect(await countOf('effect')).toBe(60);
  });
});

/** Runs the job in a process of its own that can be killed. */
function runInChild(): ChildProcess {
  const { address } = test;
  if (address.kind !== 'socket') throw new TypeError('The test server listens on a socket');
  const from = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
  const script = `
    import { Secret, silentLogger, systemClock } from '@isthmus/kernel';
    import { sql } from 'kysely';
    import { DbosEngine } from ${from('../../engine/DbosEngine.ts')};
    import { LiveEvents } from ${from('../../events/LiveEvents.ts')};
    import { openDatabase } from ${from('../../storage/openDatabase.ts')};
    import { DurableJobs } from ${from('DurableJobs.ts')};
    const address = ${JSON.stringify({ ...address, password: '' })};
    address.password = new Secret(${JSON.stringify(address.password.reveal())});
    const database = await openDatabase(address, silentLogger);
    const engine = new DbosEngine({ address, logger: silentLogger });
    const jobs = new DurableJobs({ database, engine, events: new LiveEvents(), clock: systemClock, logger: silentLogger });
    jobs.define({ kind: 'create-online-accounts', batchSize: 10, concurrency: 4, processBatch: async (items) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return Promise.all(items.map(async (item) => {
        await sql\`insert into call values (\${item.id})\`.execute(database);
        await sql\`insert into effect values (\${item.id}) on conflict do nothing\`.execute(database);
        return { state: 'done' };
      }));
    } });
    await jobs.prepare();
    await engine.start();
    await jobs.resume();
    const items = Array.from({ length: 500 }, (_, number) => ({ name: 'Person ' + number, payload: { number } }));
    if ((await sql\`select from job\`.execute(database)).rows.length === 0) {
      await jobs.start({ kind: 'create-online-accounts', title: 'Five hundred', startedBy: 'ada', input: {}, items });
    }
    setInterval(() => {}, 1000);
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname, stdio: 'inherit' });
}

it('loses and doubles nothing when the server is killed twice in the middle of 500 items', {
  timeout: 240_000,
}, async () => {
  for (const reached of [100, 300]) {
    const child = runInChild();
    while ((await countOf('effect')) < reached) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const done = await countOf('effect');
  expect(done).toBeLessThan(500);
  const id = (await test.database.selectFrom('job').select('id').executeTakeFirstOrThrow()).id;
  const jobs = await startJobs(countingJob((items) => Promise.all(items.map((item) => effect(item.id)))));
  const job = await jobs.wait(id, 200);
  expect(job).toMatchObject({ state: 'done', counts: { total: 500, failed: 0 } });
  expect(job.counts.done + job.counts.unchanged).toBe(500);
  expect(await countOf('effect')).toBe(500);
  // Each kill may repeat what was in hand: four batches of ten.
  expect(await countOf('call')).toBeLessThanOrEqual(500 + 2 * 40);
});
