import { planPerson } from '../apps/server/src/features/sync/planPerson.ts';
import { syncSettingsSchema } from '../apps/server/src/features/sync/syncSettings.ts';
import { sampleOnline, samplePerson } from '../apps/server/src/testing/samplePeople.ts';
import { type Figure, percentile } from './support/figures.ts';

const SIZES = [10_000, 100_000];
const ROUNDS = 5;
const NOW = new Date('2026-03-01T12:00:00Z');
/** A scope that everybody is in, so that it is asked for everybody. */
const settings = syncSettingsSchema.parse({ scope: { units: ['OU=Staff,DC=corp,DC=contoso,DC=test'] } });

/** Plans for so many people, of whom every `changed`-th differs in one field. */
function benchPlanner(size: number, changed: number | undefined): Figure[] {
  const people = Array.from({ length: size }, (_, number) =>
    changed !== undefined && number % changed === 0
      ? samplePerson(number, { online: sampleOnline(number, { department: 'Elsewhere' }) })
      : samplePerson(number),
  );
  const times: number[] = [];
  let actions = 0;
  let heap = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const plans = people.map((person) => planPerson({ person, settings, now: NOW, isAddressTaken: () => false }));
    times.push(performance.now() - start);
    heap = Math.max(heap, process.memoryUsage().heapUsed - before);
    actions = plans.reduce((sum, plan) => sum + plan.actions.length, 0);
  }
  const what = `${size.toLocaleString('en')} people, ${changed === undefined ? 'no change' : `${100 / changed} % changed`}`;
  return [
    { name: `planner, ${what}, median`, value: percentile(times, 0.5), unit: 'ms' },
    { name: `planner, ${what}, heap at most`, value: heap / 2 ** 20, unit: 'MB' },
    { name: `planner, ${what}, actions`, value: actions, unit: '' },
  ];
}

/** The pure planner over a whole organization; whole passes over a real server are measured by `large`. */
export async function benchSyncPasses(): Promise<Figure[]> {
  return SIZES.flatMap((size) => [...benchPlanner(size, undefined), ...benchPlanner(size, 100)]);
}
