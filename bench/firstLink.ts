import { addPeople } from '../tests/support/addPeople.ts';
import { emulatorSwitches } from '../tests/support/emulatorControl.ts';
import { integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import type { Figure } from './support/figures.ts';
import { rawGraph } from './support/rawGraph.ts';

const PEOPLE = 1000;
const PREFIX = 'link';
const LATENCY_MS = 20;
const BATCH = 20;

/** The accounts that somebody made by hand for these people, long before Isthmus came. */
async function addOnlineAccounts(sandbox: TestSandbox, names: readonly string[]): Promise<void> {
  const graph = await rawGraph(sandbox);
  const { initialDomain } = sandbox.ready.emulator;
  for (let start = 0; start < names.length; start += BATCH) {
    const users = names.slice(start, start + BATCH).map((name) => ({
      accountEnabled: true,
      displayName: `Person ${name}`,
      mailNickname: name,
      userPrincipalName: `${name}@${initialDomain}`,
      usageLocation: 'US',
      passwordProfile: { password: `Aa1-bench-${name}`, forceChangePasswordNextSignIn: false },
    }));
    await graph.batch(users.map((body) => ({ method: 'POST', url: '/users', body })));
  }
}

async function findPairs({ api }: TestSandbox) {
  const { items } = await api.call('listMatches', {});
  return items
    .filter(({ userName, ambiguous }) => userName.startsWith(PREFIX) && !ambiguous)
    .flatMap(({ userId, accounts: [account] }) => (account ? [{ userId, onlineAccountId: account.id }] : []));
}

async function linkSeconds({ api }: TestSandbox, pairs: Awaited<ReturnType<typeof findPairs>>): Promise<number> {
  const start = performance.now();
  const started = await api.call('matchOnlineAccounts', { body: { pairs } });
  if (started.kind !== 'job') throw new Error('The match answered a plan');
  const params = { id: started.job.id };
  let { job } = started;
  while (job.endedAt === null) job = await api.call('getJob', { params, query: { wait: 30 } });
  if (job.state !== 'done') throw new Error(`The match ended as ${job.state}: ${JSON.stringify(job.counts)}`);
  return (performance.now() - start) / 1000;
}

/** Seconds for setting up again until everybody is linked, and the calls to the cloud in that time. */
async function comeBack(sandbox: TestSandbox): Promise<{ readonly seconds: number; readonly calls: number }> {
  const { api } = sandbox;
  const cloud = await emulatorSwitches(sandbox);
  const { tenant } = await api.call('getIntegration', {});
  await api.call('disableIntegration', { body: { confirm: tenant?.displayName ?? '' } });
  const before = await cloud.countRequests();
  const start = performance.now();
  await integrate(sandbox);
  await until('everybody is linked again', async () => {
    const { total } = await api.call('listUsers', { query: { filter: 'with-online-account', q: PREFIX, limit: 1 } });
    return total === PEOPLE;
  });
  return { seconds: (performance.now() - start) / 1000, calls: (await cloud.countRequests()) - before };
}

/** 1,000 people who have an online account already, linked for the first time, disabled, and linked again. */
export async function benchFirstLink(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    const cloud = await emulatorSwitches(sandbox);
    await integrate(sandbox);
    const { realm } = sandbox.ready.directory;
    const names = await addPeople(sandbox.ldap, {
      ou: sandbox.directory.guide.managedOu,
      realm,
      prefix: PREFIX,
      count: PEOPLE,
    });
    await addOnlineAccounts(sandbox, names);
    const pairs = await until('everybody is proposed', async () => {
      const found = await findPairs(sandbox);
      return found.length === PEOPLE ? found : undefined;
    });
    await cloud.change({ latencyMs: LATENCY_MS });
    const before = await cloud.countRequests();
    const linking = await linkSeconds(sandbox, pairs);
    const calls = (await cloud.countRequests()) - before;
    const again = await comeBack(sandbox);
    return [
      { name: `${PEOPLE} people linked for the first time`, value: linking, unit: 's' },
      { name: 'people linked a second', value: PEOPLE / linking, unit: '/s' },
      { name: 'calls to the cloud for each', value: calls / PEOPLE, unit: '' },
      { name: `${PEOPLE} people: disabled, set up again -> linked again`, value: again.seconds, unit: 's' },
      { name: 'calls to the cloud for that, the set-up included', value: again.calls, unit: '' },
    ];
  } finally {
    await sandbox.stop();
  }
}
