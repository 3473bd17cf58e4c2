import { disable, enable } from '../tests/support/directoryChanges.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import { type Figure, timesOf } from './support/figures.ts';
import { type LinkedPerson, linkedPeople } from './support/linkedPeople.ts';

/** Fewer people than the delete guard holds back, many times each. */
const PEOPLE = 4;
const ROUNDS = 25;
const POLL_MS = 5;

async function untilSignInIs(sandbox: TestSandbox, person: LinkedPerson, allowed: boolean): Promise<number> {
  const start = performance.now();
  await (allowed ? enable : disable)(sandbox.ldap, person.dn);
  await until(
    `sign-in is ${allowed ? 'allowed' : 'blocked'}`,
    async () => {
      const { online } = await sandbox.api.call('getUser', { params: { id: person.id } });
      return online?.signInAllowed === allowed;
    },
    { seconds: 60, pauseMs: POLL_MS },
  );
  return performance.now() - start;
}

/** From disabling in the directory to the block read back from the tenant, and the way back. */
export async function benchLockouts(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    await integrate(sandbox);
    await createOnlineAccounts(sandbox.api);
    const people = (await linkedPeople(sandbox.api)).slice(0, PEOPLE);
    const blocked: number[] = [];
    const allowed: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const person of people) {
        blocked.push(await untilSignInIs(sandbox, person, false));
        allowed.push(await untilSignInIs(sandbox, person, true));
      }
    }
    return [
      ...timesOf('disabled in the directory -> blocked online', blocked, '<= 1000 ms'),
      ...timesOf('enabled in the directory -> allowed online', allowed),
    ];
  } finally {
    await sandbox.stop();
  }
}
