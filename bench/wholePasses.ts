import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@isthmus/kernel';
import type { Microsoft365 } from '@isthmus/microsoft365';
import { createPasswords } from '../apps/server/src/features/passwords/index.ts';
import { createPerformer, createPersonStore, PersonLocks } from '../apps/server/src/features/people/index.ts';
import { createSyncService } from '../apps/server/src/features/sync/createSyncService.ts';
import type { SyncService } from '../apps/server/src/features/sync/SyncService.ts';
import { createMirrors, type Mirrors } from '../apps/server/src/mirrors/index.ts';
import { sampleOnline, sampleUser, sampleUserId } from '../apps/server/src/testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform, until } from '../apps/server/src/testing/startTestPlatform.ts';
import { type Figure, percentile } from './support/figures.ts';
import { openBenchDatabase } from './support/openBenchDatabase.ts';
import { slowly } from './support/slowly.ts';
import { watchMemory } from './support/watchMemory.ts';

const SIZES = [10_000, 100_000];
const LATENCY_MS = 20;
const IDLE_PASSES = 5;
const EVERY_CHANGED = 100;

interface Engine {
  readonly world: TestPlatform;
  readonly mirrors: Mirrors;
  readonly sync: SyncService;
  readonly calls: () => number;
  stop(): Promise<void>;
}

/** Everything of the server that takes part in a pass; both outside worlds are in memory, the tenant as slow as a cloud. */
async function startEngine(size: number): Promise<Engine> {
  const world = await startTestPlatform(systemClock, openBenchDatabase);
  const { platform, microsoft365 } = world;
  for (let number = 0; number < size; number += 1) {
    world.directory.set(sampleUser(number));
    microsoft365.set(sampleOnline(number));
  }
  const { calls: accounts, count } = slowly(microsoft365.accounts, LATENCY_MS);
  world.connections.microsoft365 = { accounts, tenant: microsoft365.tenant } as unknown as Microsoft365;
  const dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-bench-keys-'));
  const locks = new PersonLocks();
  const people = createPersonStore(platform);
  const mirrors = createMirrors(platform, { locks });
  const passwords = await createPasswords(platform, { people, locks, mirrors, dataFolder });
  const { licensesChanged } = mirrors;
  const performer = createPerformer(platform, { people, passwords, locks, licensesChanged });
  const sync = createSyncService(platform, { people, performer, mirrors });
  const stop = async (): Promise<void> => {
    await sync.stop();
    await passwords.stop();
    await mirrors.stop();
    await world.drop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  await passwords.start();
  return { world, mirrors, sync, calls: count, stop };
}

async function measured(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly megabytes: number }> {
  const memory = watchMemory();
  const start = performance.now();
  await work();
  return { ms: performance.now() - start, megabytes: memory() };
}

/** From an empty database until everybody is linked and looked at. */
async function firstReading({ world, mirrors, sync }: Engine, size: number): Promise<void> {
  await mirrors.start();
  await sync.start();
  await until(async () => {
    const { count } = await world.database
      .selectFrom('link')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count) === size;
  });
  await sync.runNow({ full: false });
}

/** One in a hundred gets another department in the directory, and the pass writes it to the tenant. */
async function changeSome({ world, sync }: Engine, size: number, department: string): Promise<void> {
  for (let number = 0; number < size; number += EVERY_CHANGED) {
    world.directory.change(sampleUserId(number), { department });
  }
  const changed = Math.ceil(size / EVERY_CHANGED);
  await until(() => {
    const online = [...world.microsoft365.users.values()].filter((account) => account.department === department);
    return online.length === changed && !sync.isWorking;
  });
}

async function benchSize(size: number): Promise<Figure[]> {
  const engine = await startEngine(size);
  try {
    const first = await measured(() => firstReading(engine, size));
    const idle: number[] = [];
    for (let pass = 0; pass < IDLE_PASSES; pass += 1) {
      idle.push((await measured(() => engine.sync.runNow({ full: false }))).ms);
    }
    const before = engine.calls();
    const changed = await measured(() => changeSome(engine, size, 'Elsewhere'));
    const calls = engine.calls() - before;
    const everything = await measured(() => engine.sync.runNow({ full: true }));
    const people = `${size.toLocaleString('en')} people`;
    const number = Math.ceil(size / EVERY_CHANGED);
    return [
      { name: `${people}: both sides read for the first time, all linked`, value: first.ms / 1000, unit: 's' },
      { name: `${people}: memory for that`, value: first.megabytes, unit: 'MB' },
      { name: `${people}: a pass with no change, median`, value: percentile(idle, 0.5), unit: 'ms' },
      { name: `${people}: 1 % changed -> all written`, value: changed.ms / 1000, unit: 's' },
      { name: `${people}: of them a second`, value: number / (changed.ms / 1000), unit: '/s' },
      { name: `${people}: calls to the cloud for each`, value: calls / number, unit: '' },
      { name: `${people}: memory for that`, value: changed.megabytes, unit: 'MB' },
      { name: `${people}: everything read again and compared`, value: everything.ms / 1000, unit: 's' },
      { name: `${people}: memory for that`, value: everything.megabytes, unit: 'MB' },
    ];
  } finally {
    await engine.stop();
  }
}

/** Whole passes with their writes, over more people than a test domain holds; the limits of the tenant are not among it. */
export async function benchWholePasses(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await benchSize(size)));
  return figures;
}
