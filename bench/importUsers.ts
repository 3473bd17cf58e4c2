import { emulatorSwitches } from '../tests/support/emulatorControl.ts';
import { integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import type { Figure } from './support/figures.ts';
import { rawGraph } from './support/rawGraph.ts';

const ACCOUNTS = 1000;
const LATENCY_MS = 20;
const BATCH = 20;
const MOST_WAIT_SECONDS = 30;

async function addOnlineAccounts(sandbox: TestSandbox): Promise<void> {
  const graph = await rawGraph(sandbox);
  const { initialDomain } = sandbox.ready.emulator;
  const users = Array.from({ length: ACCOUNTS }, (_, number) => ({
    accountEnabled: true,
    displayName: `Import ${number}`,
    mailNickname: `import${number}`,
    userPrincipalName: `import${number}@${initialDomain}`,
    usageLocation: 'US',
    passwordProfile: { password: `Aa1-bench-${number}`, forceChangePasswordNextSignIn: false },
  }));
  for (let start = 0; start < users.length; start += BATCH) {
    await graph.batch(users.slice(start, start + BATCH).map((body) => ({ method: 'POST', url: '/users', body })));
  }
}

async function candidates({ api }: TestSandbox) {
  const { items } = await api.call('listImportCandidates', { query: { q: 'import' } });
  return items.map(({ onlineAccountId, userName }) => ({ onlineAccountId, userName }));
}

async function importSeconds({ api }: TestSandbox, accounts: Awaited<ReturnType<typeof candidates>>): Promise<number> {
  const start = performance.now();
  const started = await api.call('importOnlineAccounts', { body: { accounts } });
  if (started.kind !== 'job') throw new Error('The import answered a plan');
  const params = { id: started.job.id };
  let { job } = started;
  while (job.endedAt === null) job = await api.call('getJob', { params, query: { wait: MOST_WAIT_SECONDS } });
  if (job.state !== 'done') throw new Error(`The import ended as ${job.state}: ${JSON.stringify(job.counts)}`);
  const seconds = (performance.now() - start) / 1000;
  const { items } = await api.call('showFirstPasswords', { params });
  if (items.length !== ACCOUNTS) throw new Error(`${items.length} first passwords for ${ACCOUNTS} people`);
  return seconds;
}

async function readFileMs({ api }: TestSandbox): Promise<number> {
  const rows = Array.from({ length: 5000 }, (_, number) => `Given ${number},Surname ${number},Department,Title`);
  const file = Buffer.from(['Vorname,Nachname,Abteilung,title', ...rows].join('\n')).toString('base64');
  const start = performance.now();
  const read = await api.call('readUserFile', { body: { file } });
  const plan = await api.call('importUsers', { query: { dryRun: 'true' }, body: { rows: read.rows } });
  if (plan.kind !== 'plan' || plan.plan.items.length !== rows.length) throw new Error('The file was not read whole');
  return performance.now() - start;
}

/** 1,000 user accounts for online accounts, linked; and a file of 5,000 rows read and planned. */
export async function benchImport(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    const cloud = await emulatorSwitches(sandbox);
    await integrate(sandbox);
    await addOnlineAccounts(sandbox);
    const accounts = await until('every account is in the mirror', async () => {
      const found = await candidates(sandbox);
      return found.length === ACCOUNTS ? found : undefined;
    });
    await cloud.change({ latencyMs: LATENCY_MS });
    const seconds = await importSeconds(sandbox, accounts);
    return [
      { name: `${ACCOUNTS} users imported from Microsoft 365`, value: seconds, unit: 's' },
      { name: 'users imported a second', value: ACCOUNTS / seconds, unit: '/s' },
      { name: 'a file of 5,000 rows read and planned', value: await readFileMs(sandbox), unit: 'ms', aim: '< 3000 ms' },
    ];
  } finally {
    await sandbox.stop();
  }
}
