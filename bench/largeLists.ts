import { permissionsOf } from '@isthmus/contracts';
import { systemClock } from '@isthmus/kernel';
import { listOnlineAccounts } from '../apps/server/src/features/online-accounts/listOnlineAccounts.ts';
import { createPersonStore } from '../apps/server/src/features/people/index.ts';
import { findDiffering } from '../apps/server/src/features/sync/findDiffering.ts';
import { syncSettingsSchema } from '../apps/server/src/features/sync/syncSettings.ts';
import { listUsers } from '../apps/server/src/features/users/listUsers.ts';
import type { Actor } from '../apps/server/src/http/Actor.ts';
import { fillLinkedPeople, letOnePercentDiffer } from '../apps/server/src/testing/fillLinkedPeople.ts';
import { sampleUserId } from '../apps/server/src/testing/samplePeople.ts';
import { startTestPlatform } from '../apps/server/src/testing/startTestPlatform.ts';
import { type Figure, timesOf } from './support/figures.ts';
import { openBenchDatabase } from './support/openBenchDatabase.ts';

const PEOPLE = 100_000;
const ROUNDS = 100;
const QUERY_ROUNDS = 10;

const actor: Actor = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(0),
  userName: 'person0',
  displayName: 'Person 0',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '127.0.0.1',
};

async function timesFor(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work(round);
    times.push(performance.now() - start);
  }
  return times;
}

/** The list of people and the query of a pass over a hundred thousand linked people in PostgreSQL. */
export async function benchLargeLists(): Promise<Figure[]> {
  const world = await startTestPlatform(systemClock, openBenchDatabase);
  try {
    await fillLinkedPeople(world.database, PEOPLE);
    const page = { offset: 0, limit: 100 };
    const list = (query: object, round: number) =>
      listUsers(world.platform, { ...page, filter: 'all', offset: (round % 10) * 100, ...query }, actor);
    const first = await timesFor(ROUNDS, (round) => list({}, round));
    const preset = await timesFor(ROUNDS, (round) => list({ filter: 'password-not-in-step' }, round));
    const search = await timesFor(ROUNDS, (round) => list({ q: `person${round * 997}`, offset: 0 }, round));
    const accounts = (query: object, round: number) =>
      listOnlineAccounts(world.platform, { ...page, filter: 'all', offset: (round % 10) * 100, ...query }, actor);
    const online = await timesFor(ROUNDS, (round) => accounts({}, round));
    const onlineSearch = await timesFor(ROUNDS, (round) => accounts({ q: `person${round * 997}`, offset: 0 }, round));
    const settings = syncSettingsSchema.parse({});
    const compare = () => findDiffering(world.database, new Date(), settings);
    const idle = await timesFor(QUERY_ROUNDS, compare);
    await letOnePercentDiffer(world.database);
    const changed = await timesFor(QUERY_ROUNDS, compare);
    const differing = await compare();
    const people = createPersonStore(world.platform);
    const read = await timesFor(QUERY_ROUNDS, () => people.findMany(differing));
    return [
      ...timesOf('100,000 people: a page of the list', first, '< 100 ms'),
      ...timesOf('100,000 people: a page of a preset', preset, '< 100 ms'),
      ...timesOf('100,000 people: a search', search, '< 100 ms'),
      ...timesOf('100,000 online accounts: a page of the list', online, '< 100 ms'),
      ...timesOf('100,000 online accounts: a search', onlineSearch, '< 100 ms'),
      ...timesOf('100,000 people: who differs, nobody', idle),
      ...timesOf('100,000 people: who differs, 1 %', changed),
      { name: '100,000 people: found to differ', value: differing.length, unit: 'people' },
      ...timesOf('100,000 people: reading those', read),
    ];
  } finally {
    await world.drop();
  }
}
