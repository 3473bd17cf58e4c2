import { randomUUID } from 'node:crypto';
import { type Job, permissionsOf } from '@isthmus/contracts';
import { ManualClock, Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { getFirstPasswords, newPasswordRefs, showFirstPasswords, sweepFirstPasswords } from './firstPasswords.ts';

const HOUR = 3_600_000;
const jobId = randomUUID();
const amelia: Actor = {
  sessionId: randomUUID(),
  userId: sampleUserId(99),
  userName: 'amelia',
  displayName: 'Amelia',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '192.0.2.7',
};
const call = { actor: amelia, requestId: 'request' };

let clock: ManualClock;
let world: TestPlatform;
let platform: Platform;
let job: Pick<Job, 'startedBy' | 'endedAt'>;

/** A person of the job: what the step left in the store, and how the item ended. */
async function addItem(position: number, state: 'done' | 'failed' | 'cancelled', step: string | null): Promise<void> {
  const passwordRef = refs(position);
  const user = { displayName: `P ${position}`, userName: `p${position}`, upn: `p${position}@corp.test` };
  await world.database
    .insertInto('job_item')
    .values({
      id: randomUUID(),
      job_id: jobId,
      position,
      name: user.displayName,
      payload: JSON.stringify({ actions: [{ action: { type: 'directory.add-user', user, passwordRef } }] }),
      state,
      step,
    })
    .execute();
  await platform.secrets.put(passwordRef, new Secret(`secret-${position}`));
}

let refs: (index: number) => string;

beforeEach(async () => {
  clock = new ManualClock(new Date('2026-06-01T08:00:00Z'));
  world = await startTestPlatform(clock);
  job = { startedBy: 'amelia', endedAt: '2026-06-01T08:00:00Z' };
  platform = { ...world.platform, jobs: { ...world.platform.jobs, get: async () => job as Job } };
  refs = newPasswordRefs();
  const created_at = clock.now();
  const row = { id: jobId, kind: 'import-users', title: 'Import', state: 'done', started_by: 'amelia' } as const;
  await world.database
    .insertInto('job')
    .values({ ...row, input: '{}', step: null, created_at })
    .execute();
});
afterEach(() => world.drop());

const results = async () =>
  (await world.database.selectFrom('audit').select(['actor', 'result', 'job_id']).execute()).map(
    (entry) => entry.result,
  );

test('whoever has an account gets a password, also when a later step failed, and nobody else', async () => {
  await addItem(0, 'done', null);
  await addItem(1, 'failed', 'link.create');
  await addItem(2, 'failed', 'directory.add-user');
  await addItem(3, 'failed', null);
  await addItem(4, 'cancelled', null);
  expect(await getFirstPasswords(platform, jobId, amelia)).toEqual({
    count: 2,
    until: '2026-06-02T08:00:00.000Z',
    mayShow: true,
  });
  expect(await showFirstPasswords(platform, jobId, call)).toEqual([
    { name: 'P 0', userName: 'p0', upn: 'p0@corp.test', password: 'secret-0' },
    { name: 'P 1', userName: 'p1', upn: 'p1@corp.test', password: 'secret-1' },
  ]);
  await expect(showFirstPasswords(platform, jobId, call)).rejects.toMatchObject({ code: 'imports.passwords-gone' });
  expect(await getFirstPasswords(platform, jobId, amelia)).toMatchObject({ count: 0, until: null });
  expect(await results()).toEqual(['done']);
});

test('another administrator is refused, and the passwords stay', async () => {
  await addItem(0, 'done', null);
  const other = { ...call, actor: { ...amelia, userName: 'bertha' } };
  expect(await getFirstPasswords(platform, jobId, other.actor)).toMatchObject({ count: 1, mayShow: false });
  await expect(showFirstPasswords(platform, jobId, other)).rejects.toMatchObject({
    code: 'imports.passwords-not-yours',
  });
  expect(await results()).toEqual(['refused']);
  expect(await showFirstPasswords(platform, jobId, call)).toHaveLength(1);
});

test('while the import runs nobody sees any: they are shown all together', async () => {
  await addItem(0, 'done', null);
  job = { ...job, endedAt: null };
  expect(await getFirstPasswords(platform, jobId, amelia)).toMatchObject({ mayShow: false });
  await expect(showFirstPasswords(platform, jobId, call)).rejects.toMatchObject({ code: 'imports.still-running' });
});

test('after a day they are destroyed, whether or not housekeeping has come by', async () => {
  await addItem(0, 'done', null);
  clock.advance(23 * HOUR);
  expect(await sweepFirstPasswords(world.database, clock.now())).toBe(0);
  await addItem(1, 'done', null);
  clock.advance(2 * HOUR);
  expect(await getFirstPasswords(platform, jobId, amelia)).toMatchObject({ count: 1 });
  expect(await sweepFirstPasswords(world.database, clock.now())).toBe(1);
  expect(await showFirstPasswords(platform, jobId, call)).toMatchObject([{ password: 'secret-1' }]);
  await addItem(2, 'done', null);
  clock.advance(25 * HOUR);
  await expect(showFirstPasswords(platform, jobId, call)).rejects.toMatchObject({ code: 'imports.passwords-gone' });
  expect(await world.database.selectFrom('secret').selectAll().execute()).toEqual([]);
});
