import { setPassword } from '../tests/support/directoryChanges.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import { type Figure, timesOf } from './support/figures.ts';
import { linkedPeople } from './support/linkedPeople.ts';

const CHANGES = 200;
const POLL_MS = 5;

async function measureOne(
  sandbox: TestSandbox,
  person: { id: string; dn: string; address: string },
  number: number,
): Promise<number> {
  const password = `Otter-${number}-Causeway-${person.id.slice(0, 4)}`;
  const start = performance.now();
  const changedAt = Date.now();
  await setPassword(sandbox.ldap, person.dn, password);
  // The state is asked for, not the sign-in: ten early wrong attempts would lock the account online.
  await until(
    'the password is in step',
    async () => {
      const user = await sandbox.api.call('getUser', { params: { id: person.id } });
      const since = user.password.since === null ? 0 : Date.parse(user.password.since);
      return user.password.state === 'in-step' && since >= changedAt;
    },
    { seconds: 60, pauseMs: POLL_MS },
  );
  const milliseconds = performance.now() - start;
  const outcome = await sandbox.signInOnline(person.address, password);
  if (outcome !== 'ok') throw new Error(`The password is said to be in step, but signing in answers ${outcome}.`);
  return milliseconds;
}

/** From the change in the directory to the proof that the password works online. */
export async function benchPasswords(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    await integrate(sandbox);
    await createOnlineAccounts(sandbox.api);
    const people = await linkedPeople(sandbox.api);
    const times: number[] = [];
    for (let number = 0; number < CHANGES; number += 1) {
      const person = people[number % people.length];
      if (person !== undefined) times.push(await measureOne(sandbox, person, number));
    }
    return timesOf('password changed in the directory -> works online', times, '<= 1000 ms');
  } finally {
    await sandbox.stop();
  }
}
