import { randomUUID } from 'node:crypto';
import type { Job } from '@isthmus/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleUser, sampleUserId } from '../../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../../testing/startTestPlatform.ts';
import { createPersonStore, type PersonStore } from '../../people/index.ts';
import { removeDuePeople } from './removeDuePeople.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const PAST = new Date('2026-06-01T00:00:00Z');
const newJob: Job = {
  id: randomUUID(),
  kind: 'remove-users',
  title: 'Remove',
  state: 'waiting',
  startedBy: 'Isthmus',
  createdAt: NOW.toISOString(),
  startedAt: null,
  endedAt: null,
  step: null,
  counts: { total: 1, done: 0, unchanged: 0, failed: 0 },
  problem: null,
  may: { cancel: true, retry: false },
};
const CODE = 'users.offboarding-not-removed';

let world: TestPlatform;
let people: PersonStore;
let started: Parameters<TestPlatform['platform']['jobs']['start']>[0][];

/** Jobs are only noted: what they do is the matter of other tests. */
beforeEach(async () => {
  started = [];
  world = await startTestPlatform({ now: () => NOW });
  people = createPersonStore(world.platform);
  world.platform.jobs.start = async (job) => {
    started.push(job);
    return newJob;
  };
});
afterEach(() => world.drop());

async function leaving(number: number, removeAt: Date | null, changes: Parameters<typeof sampleUser>[1] = {}) {
  await people.saveUser(world.directory.set(sampleUser(number, { enabled: false, ...changes })));
  await world.platform.database
    .insertInto('offboarding')
    .values({
      user_id: sampleUserId(number),
      begun_at: PAST,
      begun_by: 'ada',
      group_dns: [],
      remove_at: removeAt,
    })
    .execute();
}

const look = () => removeDuePeople(world.platform, { people });
const openAlerts = () =>
  world.platform.database
    .selectFrom('alert')
    .select(['code', 'subject_user_id'])
    .where('state', '<>', 'resolved')
    .execute();

describe('people whose day has come', () => {
  test('are removed by one job in the name of Isthmus; the others stay', async () => {
    await leaving(1, PAST);
    await leaving(2, new Date('2026-06-02T00:00:00Z'));
    await leaving(3, null);
    await leaving(4, PAST);
    await look();
    expect(started).toHaveLength(1);
    expect(started[0]).toMatchObject({ kind: 'remove-users', startedBy: 'Isthmus' });
    expect(started[0]?.items.map(({ userId }) => userId).toSorted()).toEqual([sampleUserId(1), sampleUserId(4)]);
    expect(started[0]?.items[0]?.payload).toMatchObject({
      actions: [{ action: { type: 'snapshot.take' } }, { action: { type: 'directory.remove-user' } }],
    });
    expect(await openAlerts()).toEqual([]);
  });

  test('stay when somebody has activated them, even before the mirror knows, and an alert says so', async () => {
    await leaving(1, PAST);
    world.directory.change(sampleUserId(1), { enabled: true });
    await look();
    expect(started).toEqual([]);
    expect(await openAlerts()).toEqual([{ code: CODE, subject_user_id: sampleUserId(1) }]);
    await world.platform.database.deleteFrom('offboarding').execute();
    await look();
    expect(await openAlerts()).toEqual([]);
  });

  test('stay when they administer the directory meanwhile', async () => {
    await leaving(1, PAST, { protectedAdministrator: true });
    await look();
    expect(started).toEqual([]);
    expect(await openAlerts()).toEqual([{ code: CODE, subject_user_id: sampleUserId(1) }]);
  });

  test('are left alone while a job has them in hand, and once they are removed', async () => {
    await leaving(1, PAST);
    const jobId = randomUUID();
    const { database } = world.platform;
    await database
      .insertInto('job')
      .values({
        id: jobId,
        kind: 'remove-users',
        title: 'Remove',
        state: 'running',
        started_by: 'ada',
        created_at: NOW,
        input: '{}',
      })
      .execute();
    await database
      .insertInto('job_item')
      .values({
        id: randomUUID(),
        job_id: jobId,
        position: 0,
        name: 'Person 1',
        user_id: sampleUserId(1),
        payload: '{}',
        state: 'running',
      })
      .execute();
    await look();
    await database.updateTable('job').set({ ended_at: NOW }).execute();
    await people.saveUserRemoved(sampleUserId(1), NOW);
    await look();
    expect(started).toEqual([]);
  });

  test('wait when the directory cannot be asked', async () => {
    await leaving(1, PAST);
    world.directory.isReachable = false;
    await expect(look()).rejects.toMatchObject({ code: 'directory.unreachable' });
    expect(started).toEqual([]);
  });
});
