import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { silentLogger } from '@isthmus/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../storage/testing/index.ts';
import { DbosEngine } from './DbosEngine.ts';
import { WorkInterrupted } from './WorkInterrupted.ts';

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
  await sql`create table done (step text)`.execute(test.database);
});
afterEach(() => test.drop());

const note = (step: string): Promise<unknown> => sql`insert into done values (${step})`.execute(test.database);

async function steps(): Promise<string[]> {
  const { rows } = await sql<{ step: string }>`select step from done order by ctid`.execute(test.database);
  return rows.map((row) => row.step);
}

async function waitForSteps(count: number): Promise<string[]> {
  for (;;) {
    const found = await steps();
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const createEngine = (): DbosEngine => new DbosEngine({ address: test.address, logger: silentLogger });

it('runs a workflow once per id', async () => {
  const engine = createEngine();
  engine.define<{ name: string }>('greet', async (input, step) => {
    await step('one', () => note(`one ${input.name}`).then(() => null));
    await step('two', () => note('two').then(() => null));
  });
  await engine.start();
  await engine.run('greet', 'id-1', { name: 'Ada' });
  await engine.run('greet', 'id-1', { name: 'Bob' });
  expect(await waitForSteps(2)).toEqual(['one Ada', 'two']);
  await engine.stop();
});

it('gives interrupted work back at the next start and repeats no finished step', async () => {
  const first = createEngine();
  first.define('job', async (_input, step) => {
    await step('one', () => note('one').then(() => null));
    await step('two', () => note('interrupted').then(() => Promise.reject(new WorkInterrupted())));
  });
  await first.start();
  await first.run('job', 'id-2', {});
  await waitForSteps(2);
  await first.stop();

  const second = createEngine();
  second.define('job', async (_input, step) => {
    await step('one', () => note('one').then(() => null));
    await step('two', () => note('two').then(() => null));
  });
  await second.start();
  expect(await waitForSteps(3)).toEqual(['one', 'interrupted', 'two']);
  await second.stop();
});

it('goes on after kill -9', async () => {
  const { address } = test;
  if (address.kind !== 'socket') throw new TypeError('The test server listens on a socket');
  const script = `
    import { Secret } from '@isthmus/kernel';
    import { DbosEngine } from ${JSON.stringify(join(import.meta.dirname, 'DbosEngine.ts'))};
    const logger = { debug() {}, info() {}, warn() {}, error() {} };
    const address = ${JSON.stringify({ ...address, password: undefined })};
    address.password = new Secret(${JSON.stringify(address.password.reveal())});
    const engine = new DbosEngine({ address, logger });
    engine.define('job', async (_input, step) => {
      await step('one', async () => null);
      await step('two', () => { console.log('in two'); return new Promise(() => {}); });
    });
    await engine.start();
    await engine.run('job', 'id-3', {});
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const engine = createEngine();
  engine.define('job', async (_input, step) => {
    await step('one', () => note('one').then(() => null));
    await step('two', () => note('two').then(() => null));
  });
  await engine.start();
  expect(await waitForSteps(1)).toEqual(['two']);
  await engine.stop();
});
