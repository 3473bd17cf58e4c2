import { describe, expect, test } from 'vitest';
import { certificateHealth, licenseHealth, passwordHealth, sideHealth } from './health.ts';
import type { HomeCounts } from './readCounts.ts';
import { setupTasks, type TaskFacts } from './setupTasks.ts';

const now = new Date('2026-06-01T00:00:00Z');
const counts: HomeCounts = {
  people: 20,
  active: 18,
  linked: 0,
  withoutOnlineAccount: 20,
  waitingForAccount: 17,
  administrators: 1,
  passwordsRejected: 0,
  runningJobs: 0,
};
const fresh: TaskFacts = {
  directoryConnected: true,
  integrated: false,
  captureReady: false,
  captureKnown: false,
  capturePossible: true,
  counts,
};

describe('set-up tasks', () => {
  const states = (facts: Partial<TaskFacts>) => setupTasks({ ...fresh, ...facts }).map((task) => task.state);

  test('begin with the directory and end with a second administrator', () => {
    expect(setupTasks(fresh).map((task) => task.id)).toEqual([
      'connect-directory',
      'integrate',
      'add-online-accounts',
      'capture-passwords',
      'second-administrator',
    ]);
    expect(states({})).toEqual(['done', 'not-started', 'not-started', 'not-started', 'not-started']);
  });

  test('do not ask for an agent where there can be none', () => {
    expect(states({ capturePossible: false })[3]).toBe('not-needed');
    expect(states({ capturePossible: false, captureKnown: true, captureReady: true })[3]).toBe('done');
  });

  test('count the people who could get an online account right away', () => {
    expect(setupTasks(fresh)[2]?.count).toBe(17);
    expect(states({ integrated: true, counts: { ...counts, linked: 3, waitingForAccount: 14 } })[2]).toBe(
      'in-progress',
    );
    expect(states({ integrated: true, counts: { ...counts, linked: 17, waitingForAccount: 0 } })[2]).toBe('done');
    expect(states({ integrated: true, counts: { ...counts, waitingForAccount: 0 } })[2]).toBe('not-needed');
  });
});

describe('health', () => {
  test('of a side is what its mirror last heard', () => {
    const problem = { code: 'online.unreachable', message: 'Away.' };
    expect(sideHealth('microsoft365', false, { heardAt: now, problem }).state).toBe('not-set-up');
    expect(sideHealth('microsoft365', true, { heardAt: now, problem })).toMatchObject({
      state: 'bad',
      notice: problem,
    });
    expect(sideHealth('directory', true, { heardAt: undefined, problem: undefined }).state).toBe('unknown');
    expect(sideHealth('directory', true, { heardAt: now, problem: undefined }).state).toBe('good');
  });

  test('of passwords needs an agent that reports, and nothing rejected', () => {
    const capture = { state: 'ready', detail: 'Fine', seenAt: now };
    const health = (changes: object) => passwordHealth({ capture, rejected: 0, integrated: true, ...changes }).state;
    expect(health({})).toBe('good');
    expect(health({ rejected: 2 })).toBe('warning');
    expect(health({ capture: undefined })).toBe('not-set-up');
    expect(health({ capture: { ...capture, state: 'silent' } })).toBe('bad');
  });

  test('of licenses tells an ended subscription before an overused one', () => {
    const license = { name: 'Premium', total: 5, used: 5, state: 'enabled' as const };
    const health = (...licenses: Parameters<typeof licenseHealth>[0][number][]) => licenseHealth(licenses, true, now);
    expect(health(license).state).toBe('good');
    expect(health({ ...license, used: 6 })).toMatchObject({ state: 'warning', notice: { code: 'licenses.overused' } });
    expect(health({ ...license, used: 6 }, { ...license, state: 'suspended' }).notice?.code).toBe(
      'licenses.not-usable',
    );
    expect(health({ ...license, used: 0, state: 'suspended' }).state).toBe('good');
    expect(licenseHealth([license], false, now).state).toBe('not-set-up');
  });

  test('of the certificate warns two weeks before its end', () => {
    const inDays = (days: number) => certificateHealth(new Date(now.getTime() + days * 86_400_000), now).state;
    expect([inDays(30), inDays(13), inDays(-1)]).toEqual(['good', 'warning', 'bad']);
    expect(certificateHealth(undefined, now).state).toBe('unknown');
  });
});
