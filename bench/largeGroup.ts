import { Attribute, Change } from 'ldapts';
import { addPeople } from '../tests/support/addPeople.ts';
import { emulatorSwitches } from '../tests/support/emulatorControl.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import type { Figure } from './support/figures.ts';

const MEMBERS = 5000;
const CHANGED = 50;
const GROUP = 'Everybody of the benchmark';
const LATENCY_MS = 20;
const PATIENCE_SECONDS = 900;
const PATIENCE = { seconds: PATIENCE_SECONDS, pauseMs: 100 };

async function findGroup({ api }: TestSandbox) {
  const { items } = await api.call('listGroups', { query: { q: GROUP } });
  const [group] = items;
  if (group === undefined) throw new Error(`There is no group ${GROUP}`);
  return group;
}

/** Seconds until the linked group has so many members online. */
async function secondsToBeInStep(sandbox: TestSandbox, members: number): Promise<number> {
  const start = performance.now();
  await until(
    `${members} members are in step`,
    async () => {
      const { link } = await findGroup(sandbox);
      if (link?.state === 'failed') throw new Error(JSON.stringify(link.problem));
      return link?.state === 'in-step' && link.members === members;
    },
    PATIENCE,
  );
  return (performance.now() - start) / 1000;
}

/** A directory group of 5,000 people, linked to a new one of the tenant and kept in step. */
export async function benchLargeGroup(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    const cloud = await emulatorSwitches(sandbox);
    await integrate(sandbox);
    const { realm } = sandbox.ready.directory;
    const ou = sandbox.directory.guide.managedOu;
    const names = await addPeople(sandbox.ldap, { ou, realm, prefix: 'member', count: MEMBERS });
    await until('everybody is in the mirror', async () => {
      const { total } = await sandbox.api.call('listProposals', { query: { q: 'member', limit: 1 } });
      return total === MEMBERS;
    });
    await createOnlineAccounts(sandbox.api, [], PATIENCE_SECONDS);
    const dns = names.map((name) => `CN=${name},${ou}`);
    await sandbox.ldap.add(`CN=${GROUP},${ou}`, [
      new Attribute({ type: 'objectClass', values: ['top', 'group'] }),
      new Attribute({ type: 'sAMAccountName', values: [GROUP] }),
      new Attribute({ type: 'member', values: dns }),
    ]);
    await cloud.change({ latencyMs: LATENCY_MS });
    const { id } = await until('the group is there', async () => findGroup(sandbox).catch(() => undefined));
    const before = await cloud.countRequests();
    const start = performance.now();
    await sandbox.api.call('linkGroup', { params: { id }, body: {} });
    await secondsToBeInStep(sandbox, MEMBERS);
    const filled = (performance.now() - start) / 1000;
    const calls = (await cloud.countRequests()) - before;
    const leave = new Attribute({ type: 'member', values: dns.slice(0, CHANGED) });
    await sandbox.ldap.modify(`CN=${GROUP},${ou}`, [new Change({ operation: 'delete', modification: leave })]);
    const changed = await secondsToBeInStep(sandbox, MEMBERS - CHANGED);
    return [
      { name: `a group of ${MEMBERS}: linked -> all members online`, value: filled, unit: 's' },
      { name: `a group of ${MEMBERS}: calls to the cloud for that`, value: calls, unit: '' },
      { name: `a group of ${MEMBERS}: ${CHANGED} leave -> in step`, value: changed, unit: 's' },
    ];
  } finally {
    await sandbox.stop();
  }
}
