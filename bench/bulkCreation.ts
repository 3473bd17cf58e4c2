import { randomUUID } from 'node:crypto';
import { addPeople } from '../tests/support/addPeople.ts';
import { emulatorSwitches } from '../tests/support/emulatorControl.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import type { Figure } from './support/figures.ts';
import { type RawGraph, rawGraph } from './support/rawGraph.ts';

const ACCOUNTS = 1000;
/** What a call to Microsoft takes from a nearby office; the emulator itself answers in a few. */
const LATENCY_MS = 20;
const BATCH = 20;
const BATCHES_AT_ONCE = 4;
const SEQUENTIAL_SAMPLE = 100;

const newUser = (domain: string) => {
  const name = `raw${randomUUID().slice(0, 12)}`;
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@${domain}`,
    usageLocation: 'US',
    passwordProfile: { password: `Aa1-${randomUUID()}`, forceChangePasswordNextSignIn: false },
  };
};

/** The fastest that anybody could be here: nothing but the writes, packed as tightly as Microsoft allows. */
async function floorSeconds(graph: RawGraph, domain: string, skuId: string): Promise<number> {
  const batches = Array.from({ length: ACCOUNTS / BATCH }, () => Array.from({ length: BATCH }, () => newUser(domain)));
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let users = batches.shift(); users !== undefined; users = batches.shift()) {
      const made = await graph.batch(users.map((user) => ({ method: 'POST', url: '/users', body: user })));
      const licensed = made.map(({ body }) => ({
        method: 'POST',
        url: `/users/${body['id']}/assignLicense`,
        body: { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] },
      }));
      await graph.batch(licensed);
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
  return (performance.now() - start) / 1000;
}

/** One call after the other, as a simple script does it; measured on a sample. */
async function sequentialSeconds(graph: RawGraph, domain: string, skuId: string): Promise<number> {
  const start = performance.now();
  for (let number = 0; number < SEQUENTIAL_SAMPLE; number += 1) {
    const { id } = await graph.post('/users', newUser(domain));
    await graph.post(`/users/${id}/assignLicense`, { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });
  }
  return ((performance.now() - start) / 1000) * (ACCOUNTS / SEQUENTIAL_SAMPLE);
}

async function isthmusSeconds(sandbox: TestSandbox): Promise<number> {
  const start = performance.now();
  const job = await createOnlineAccounts(sandbox.api, ['SPB']);
  if (job.state !== 'done') throw new Error(`The bulk creation ended as ${job.state}: ${JSON.stringify(job.counts)}`);
  return ((performance.now() - start) / 1000 / job.counts.total) * ACCOUNTS;
}

/** 1,000 licensed accounts: Isthmus, the floor, and one call at a time, on the same emulator with Microsoft's limits. */
export async function benchBulkCreation(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    const cloud = await emulatorSwitches(sandbox);
    await cloud.setSeats('SPB', 10_000);
    await integrate(sandbox);
    const { realm } = sandbox.ready.directory;
    await addPeople(sandbox.ldap, { ou: sandbox.directory.guide.managedOu, realm, prefix: 'bulk', count: ACCOUNTS });
    await until('everybody is in the mirror', async () => {
      const { total } = await sandbox.api.call('listProposals', { query: { q: 'bulk', limit: 1 } });
      return total === ACCOUNTS;
    });
    await cloud.change({ latencyMs: LATENCY_MS });
    const ours = await isthmusSeconds(sandbox);
    const graph = await rawGraph(sandbox);
    const { items } = await sandbox.api.call('listLicenses', {});
    const skuId = items.find((license) => license.skuPartNumber === 'SPB')?.skuId ?? '';
    const domain = sandbox.ready.emulator.initialDomain;
    const floor = await floorSeconds(graph, domain, skuId);
    const sequential = await sequentialSeconds(graph, domain, skuId);
    return [
      { name: `${ACCOUNTS} licensed accounts by Isthmus`, value: ours, unit: 's' },
      { name: 'floor: the bare writes in batches, nothing checked', value: floor, unit: 's' },
      { name: 'Isthmus against the floor', value: ours / floor, unit: 'x', aim: '<= 1.2 x' },
      { name: 'one call at a time', value: sequential, unit: 's' },
      { name: 'one call at a time against Isthmus', value: sequential / ours, unit: 'x' },
      { name: 'accounts a second by Isthmus', value: ACCOUNTS / ours, unit: '/s' },
    ];
  } finally {
    await sandbox.stop();
  }
}
