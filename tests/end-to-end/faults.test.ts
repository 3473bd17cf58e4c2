import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addPeople } from '../support/addPeople.ts';
import { setPassword } from '../support/directoryChanges.ts';
import { type EmulatorSwitches, emulatorSwitches } from '../support/emulatorControl.ts';
import { killPart } from '../support/killPart.ts';
import { integrate, startTestSandbox, type TestSandbox } from '../support/TestSandbox.ts';
import { until } from '../support/until.ts';

const ENDED = ['done', 'done-with-problems', 'failed', 'cancelled'];

let sandbox: TestSandbox;
let cloud: EmulatorSwitches;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  cloud = await emulatorSwitches(sandbox);
  await integrate(sandbox);
  return () => sandbox.stop();
});

afterEach(() => cloud.removeFaults());

/** New people in the directory, as Isthmus proposes them. */
async function newPeople(prefix: string, count: number) {
  const { guide } = sandbox.directory;
  await addPeople(sandbox.ldap, { ou: guide.managedOu, realm: sandbox.ready.directory.realm, prefix, count });
  return until(
    `${count} new people are proposed`,
    async () => {
      const { items } = await sandbox.api.call('listProposals', { query: { q: prefix } });
      const found = items.filter((item) => item.userName.startsWith(prefix));
      return found.length === count ? found : undefined;
    },
    { seconds: 60, pauseMs: 100 },
  );
}

async function startBulk(people: Awaited<ReturnType<typeof newPeople>>, sku?: string): Promise<string> {
  const licenses = await sandbox.api.call('listLicenses', {});
  const result = await sandbox.api.call('bulkCreateOnlineAccounts', {
    body: {
      accounts: people.map(({ userId, address }) => ({ userId, address })),
      skuIds: licenses.items.filter((license) => license.skuPartNumber === sku).map((license) => license.skuId),
    },
  });
  if (result.kind !== 'job') throw new Error('A job was expected.');
  return result.job.id;
}

const untilEnded = (id: string, seconds = 240) =>
  until(
    'the job has ended',
    async () => {
      // While the server is down its answers are missing; that is the point of the test.
      const job = await sandbox.api.call('getJob', { params: { id } }).catch(() => undefined);
      return job !== undefined && ENDED.includes(job.state) ? job : undefined;
    },
    { seconds, pauseMs: 100 },
  );

/** Each person has exactly one account in the tenant. */
async function expectOneAccountEach(prefix: string, count: number): Promise<void> {
  const mine = (await cloud.listUsers()).filter((user) => user.userPrincipalName.startsWith(prefix));
  expect(mine).toHaveLength(count);
  expect(new Set(mine.map((user) => user.onPremisesImmutableId)).size).toBe(count);
}

// Each waits for the end of its job with a limit of its own.
describe('a bulk creation loses and doubles nobody', { timeout: 300_000 }, () => {
  test('when the connection breaks after Microsoft 365 has done the work', async () => {
    const people = await newPeople('broken', 45);
    await cloud.addFault({ method: 'POST', path: '/v1.0/$batch', reset: 'after', calls: [1, 2, 4] });
    const job = await untilEnded(await startBulk(people));
    expect(job).toMatchObject({ state: 'done', counts: { failed: 0 } });
    await expectOneAccountEach('broken', 45);
  });

  test.each([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
    ['429 without Retry-After', { status: 429 }],
    ['503', { status: 503 }],
  ])('when Microsoft 365 answers %s', async (name, answer) => {
    const prefix = `slow${name.replaceAll(/\D/g, '')}${'headers' in answer ? 'a' : 'b'}`;
    const people = await newPeople(prefix, 25);
    await cloud.addFault({ method: 'POST', path: '/v1.0/$batch', answer, calls: [1, 3] });
    const job = await untilEnded(await startBulk(people));
    expect(job).toMatchObject({ state: 'done', counts: { failed: 0 } });
    await expectOneAccountEach(prefix, 25);
  });

  test('when the seats run out in the middle: the rest is named with reason and remedy, and can be retried', async () => {
    await cloud.setSeats('O365_BUSINESS_ESSENTIALS', 40);
    await sandbox.api.call('runSync', { body: { full: true } });
    const people = await newPeople('seats', 30);
    await cloud.setSeats('O365_BUSINESS_ESSENTIALS', 20);
    const id = await startBulk(people, 'O365_BUSINESS_ESSENTIALS');
    const job = await untilEnded(id);
    expect(job).toMatchObject({ state: 'done-with-problems', counts: { failed: 10 } });
    const failed = await sandbox.api.call('listJobItems', { params: { id }, query: { filter: 'failed' } });
    for (const item of failed.items) {
      expect(item.problem).toMatchObject({ code: 'online.no-free-license', remedy: expect.stringMatching(/\w/) });
    }
    await cloud.setSeats('O365_BUSINESS_ESSENTIALS', 60);
    const retried = await sandbox.api.call('retryJob', { params: { id } });
    expect(await untilEnded(retried.id)).toMatchObject({ state: 'done', counts: { total: 10, failed: 0 } });
    await expectOneAccountEach('seats', 30);
    const licensed = (await cloud.listUsers()).filter(
      (user) => user.userPrincipalName.startsWith('seats') && user.assignedLicenses.length === 1,
    );
    expect(licensed).toHaveLength(30);
  });

  test('when the server is killed in the middle of 500', async () => {
    const people = await newPeople('killed', 500);
    await cloud.change({ latencyMs: 150 });
    const id = await startBulk(people);
    await until('the job is in the middle', async () => {
      const { counts } = await sandbox.api.call('getJob', { params: { id } });
      return counts.done > 20;
    });
    await killPart(sandbox.process.pid ?? 0, /apps\/server\/src\/main/);
    await cloud.change({ latencyMs: 0 });
    const job = await untilEnded(id);
    expect(job).toMatchObject({ state: 'done', counts: { total: 500, failed: 0 } });
    await expectOneAccountEach('killed', 500);
  });
});

describe('a part that stops is told on the screen, and nothing is lost', { timeout: 180_000 }, () => {
  /** Somebody whose password is followed while parts come and go. */
  let person: { userId: string; dn: string; address: string };

  beforeAll(async () => {
    const [found] = await newPeople('steady', 1);
    await untilEnded(await startBulk(found === undefined ? [] : [found]));
    const user = await sandbox.api.call('getUser', { params: { id: found?.userId ?? '' } });
    person = { userId: user.id, dn: user.dn, address: user.online?.address ?? '' };
  });

  const untilInStep = (since: number) =>
    until(
      'the password is in step',
      async () => {
        const user = await sandbox.api.call('getUser', { params: { id: person.userId } }).catch(() => undefined);
        return user?.password.state === 'in-step' && Date.parse(user.password.since ?? '') >= since;
      },
      { seconds: 120, pauseMs: 100 },
    );

  async function changeAndFollow(password: string): Promise<void> {
    const since = Date.now();
    await setPassword(sandbox.ldap, person.dn, password);
    await untilInStep(since);
    expect(await sandbox.signInOnline(person.address, password)).toBe('ok');
  }

  test('a password changed while Microsoft 365 does not answer arrives afterwards', async () => {
    await cloud.addFault({ path: '/v1.0/**', answer: { status: 503 }, calls: 'all' });
    const since = Date.now();
    await setPassword(sandbox.ldap, person.dn, 'Lantern-1-Quarry');
    await until('the password waits', async () => {
      const user = await sandbox.api.call('getUser', { params: { id: person.userId } });
      return user.password.state === 'waiting';
    });
    await cloud.removeFaults();
    await untilInStep(since);
    expect(await sandbox.signInOnline(person.address, 'Lantern-1-Quarry')).toBe('ok');
  });

  test('a password changed while the server is down arrives afterwards', async () => {
    const since = Date.now();
    await killPart(sandbox.process.pid ?? 0, /apps\/server\/src\/main/);
    await setPassword(sandbox.ldap, person.dn, 'Meadow-2-Compass');
    await untilInStep(since);
    expect(await sandbox.signInOnline(person.address, 'Meadow-2-Compass')).toBe('ok');
  });

  test('the agent killed in the middle forgets nothing', async () => {
    await killPart(sandbox.process.pid ?? 0, /apps\/agent\/src\/main/);
    await changeAndFollow('Thistle-3-Anchor');
  });

  test('PostgreSQL killed in the middle comes back, and work goes on', async () => {
    await killPart(sandbox.process.pid ?? 0, /postgres/);
    await until(
      'the API answers again',
      () =>
        sandbox.api.call('getSyncStatus', {}).then(
          () => true,
          () => false,
        ),
      { seconds: 60, pauseMs: 200 },
    );
    await changeAndFollow('Harvest-4-Bridge');
  });

  test('the emulated cloud killed in the middle comes back, and work goes on', async () => {
    await killPart(sandbox.process.pid ?? 0, /microsoft365-emulator/);
    await changeAndFollow('Copper-5-Window');
  });
});
