import { permissionsOf } from '@isthmus/contracts';
import { DomainError, Secret, silentLogger } from '@isthmus/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../composition/Platform.ts';
import { DbosEngine } from '../../engine/DbosEngine.ts';
import { samplePerson, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { DurableJobs } from '../jobs/index.ts';
import type { Performer, ReasonedAction } from '../people/index.ts';
import {
  asked,
  type Command,
  type CommandCall,
  definePeopleJob,
  type PlannedPerson,
  plainNames,
  runCommand,
  subjectOf,
  sweepJobPasswords,
} from './index.ts';

interface Performed {
  readonly userId: string | undefined;
  readonly action: ReasonedAction['action'];
}

const actor: CommandCall['actor'] = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(99),
  userName: 'amelia',
  displayName: 'Amelia',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '192.0.2.7',
};

let parts: TestPlatform;
let platform: Platform;
let stop: () => Promise<void>;
let performed: Performed[];
let onPerform: (performed: Performed) => Promise<void>;
let closed: string[];

beforeEach(async () => {
  parts = await startTestPlatform();
  performed = [];
  closed = [];
  onPerform = async () => undefined;
  const { database, drop: _, ...rest } = parts;
  const engine = new DbosEngine({ address: parts.address, logger: silentLogger });
  const jobs = new DurableJobs({ ...rest.platform, database, engine });
  platform = { ...parts.platform, engine, jobs };
  const performer: Pick<Performer, 'perform'> = {
    perform: async (userId, { action }) => {
      const entry = { userId, action };
      performed.push(entry);
      await onPerform(entry);
      const added = action.type === 'directory.add-user' ? sampleUserId(500) : userId;
      return { state: action.type === 'directory.unlock' ? 'unchanged' : 'done', userId: added ?? '' };
    },
  };
  definePeopleJob(
    platform,
    { performer: performer as Performer, people: undefined as never, sync: { lookAgain: () => undefined } },
    {
      kind: 'change-user',
      concurrency: 2,
      onDone: async ({ formerUserId }) => void closed.push(formerUserId ?? ''),
    },
  );
  await engine.start();
  stop = async () => {
    await jobs.stop();
    await engine.stop();
  };
});

afterEach(async () => {
  await stop();
  await parts.drop();
});

function planned(number: number, changes: Partial<PlannedPerson> = {}): PlannedPerson {
  const person = samplePerson(number);
  return {
    subject: subjectOf(person),
    person,
    actions: [asked({ type: 'directory.disable' }), asked({ type: 'online.block-sign-in' })],
    warnings: [],
    ...changes,
  };
}

function command(plan: Command['plan']): Command {
  return {
    kind: 'change-user',
    title: 'Change people',
    auditAction: 'user.change',
    auditVerb: 'Changed',
    names: plainNames,
    plan,
  };
}

async function run(plan: Command['plan'], query: Partial<CommandCall['query']> = {}) {
  const answer = await runCommand(
    platform,
    { query: { dryRun: false, wait: 30, ...query }, actor, requestId: 'request-1' },
    command(plan),
  );
  if (answer.kind !== 'job') throw new TypeError('Expected a job');
  return answer.job;
}

async function itemsOf(jobId: string) {
  return platform.database.selectFrom('job_item').selectAll().where('job_id', '=', jobId).orderBy('position').execute();
}

describe('a command', () => {
  test('as a dry run answers the plan and touches nothing, not even a password', async () => {
    const answer = await runCommand(
      platform,
      { query: { dryRun: true, wait: 0 }, actor, requestId: 'request-1' },
      command(async (keep) => {
        await keep(new Secret('Never-Stored-1'));
        return { people: [planned(1)], warnings: [] };
      }),
    );
    expect(answer).toMatchObject({ kind: 'plan', plan: { counts: { 'directory.disable': 1 } } });
    expect(performed).toEqual([]);
    expect(await platform.database.selectFrom('secret').selectAll().execute()).toEqual([]);
    expect(await platform.database.selectFrom('job').selectAll().execute()).toEqual([]);
  });

  test('carries out the actions of each person in order and writes who did it', async () => {
    const job = await run(async () => ({ people: [planned(1), planned(2)], warnings: [] }));
    expect(job).toMatchObject({ state: 'done', startedBy: 'amelia', counts: { done: 2 } });
    const first = performed.filter((entry) => entry.userId === sampleUserId(1)).map((entry) => entry.action.type);
    expect(first).toEqual(['directory.disable', 'online.block-sign-in']);
    const audit = await platform.database.selectFrom('audit').selectAll().orderBy('subject').execute();
    expect(audit.map((entry) => [entry.sentence, entry.actor, entry.address, entry.result, entry.job_id])).toEqual([
      ['Changed Person 1', 'amelia', '192.0.2.7', 'done', job.id],
      ['Changed Person 2', 'amelia', '192.0.2.7', 'done', job.id],
    ]);
  });

  test('names whoever failed, the step, the reason and the remedy, and goes on with the others', async () => {
    onPerform = async ({ userId, action }) => {
      if (userId !== sampleUserId(1) || action.type !== 'online.block-sign-in') return;
      throw new DomainError({
        code: 'online.unreachable',
        message: 'Microsoft 365 does not answer.',
        remedy: 'Try again.',
        retryable: true,
      });
    };
    const blocked = { code: 'users.yourself', message: 'You cannot lock yourself out.' };
    const people = [planned(1), planned(2), planned(3, { actions: [], blocked })];
    const job = await run(async () => ({ people, warnings: [] }));
    expect(job).toMatchObject({ state: 'done-with-problems', counts: { done: 1, failed: 2 } });
    const items = await itemsOf(job.id);
    expect(items[0]).toMatchObject({ state: 'failed', step: 'online.block-sign-in' });
    expect(items[0]?.problem?.remedy).toContain('by itself');
    expect(items[2]?.problem).toEqual(blocked);
    const failed = await platform.database.selectFrom('audit').selectAll().where('result', '=', 'failed').execute();
    expect(failed).toHaveLength(2);
  });

  test('with nothing left to do is unchanged, and no entry of the audit log', async () => {
    const job = await run(async () => ({
      people: [planned(1, { actions: [asked({ type: 'directory.unlock' })] })],
      warnings: [],
    }));
    expect(job).toMatchObject({ state: 'done', counts: { unchanged: 1 } });
    expect(await platform.database.selectFrom('audit').selectAll().execute()).toEqual([]);
  });

  test('that nobody can be helped by is refused, with the reason as the error', async () => {
    const blocked = { code: 'users.yourself', message: 'You cannot lock yourself out.', remedy: 'Ask.' };
    await expect(run(async () => ({ people: [planned(1, { blocked })], warnings: [] }))).rejects.toMatchObject(blocked);
    await expect(run(async () => ({ people: [planned(1)], warnings: [], blocked }))).rejects.toMatchObject(blocked);
    await expect(run(async () => ({ people: [], warnings: [] }))).rejects.toMatchObject({
      code: 'users.nobody-selected',
    });
  });
});

describe('what a job holds', () => {
  test('a password only as a sealed secret, until the job has ended', async () => {
    let seen: string | undefined;
    onPerform = async ({ action }) => {
      if (action.type !== 'directory.set-password') return;
      seen = (await platform.secrets.find(action.passwordRef))?.reveal();
    };
    const job = await run(async (keep) => {
      const passwordRef = await keep(new Secret('Correct-Horse-7'));
      const actions = [asked({ type: 'directory.set-password', passwordRef, mustChange: false })];
      return { people: [planned(1, { actions })], warnings: [] };
    });
    expect(seen).toBe('Correct-Horse-7');
    const rows = [
      await platform.database.selectFrom('job').selectAll().execute(),
      await itemsOf(job.id),
      await platform.database.selectFrom('audit').selectAll().execute(),
    ];
    expect(JSON.stringify(rows)).not.toContain('Correct-Horse-7');
    expect(await platform.database.selectFrom('secret').selectAll().execute()).toEqual([]);
  });

  test('no password when the plan was refused', async () => {
    const blocked = { code: 'users.removed', message: 'Gone.' };
    await run(async (keep) => {
      await keep(new Secret('Correct-Horse-7'));
      return { people: [planned(1, { blocked })], warnings: [] };
    }).catch(() => undefined);
    expect(await platform.database.selectFrom('secret').selectAll().execute()).toEqual([]);
  });

  test('no password that a crash left behind, once swept; one that a job needs stays', async () => {
    const { secrets, database } = platform;
    await secrets.put('job-password:left', new Secret('a'));
    await secrets.put('job-password:needed', new Secret('b'));
    await secrets.put('directory-password', new Secret('c'));
    await database
      .insertInto('job')
      .values({
        id: sampleUserId(77),
        kind: 'change-user',
        title: 'Interrupted',
        state: 'interrupted',
        started_by: 'amelia',
        input: JSON.stringify({ secrets: ['job-password:needed'] }),
        created_at: new Date(),
      })
      .execute();
    expect(await sweepJobPasswords(database, new Date(Date.now() + 1000))).toBe(1);
    const left = await database.selectFrom('secret').select('name').orderBy('name').execute();
    expect(left.map((row) => row.name)).toEqual(['directory-password', 'job-password:needed']);
  });

  test('dates as dates', async () => {
    const expiresAt = new Date('2027-01-01T00:00:00Z');
    const actions = [asked({ type: 'directory.change-user', changes: { expiresAt } })];
    await run(async () => ({ people: [planned(1, { actions })], warnings: [] }));
    expect(performed[0]?.action).toEqual({ type: 'directory.change-user', changes: { expiresAt } });
  });
});

test('somebody restored is a new person, and the former account is acted on by its own id', async () => {
  const user = {
    userName: 'person1',
    upn: 'person1@corp.contoso.test',
    displayName: 'Person 1',
    givenName: '',
    surname: '',
    mustChangePassword: true,
    containerDn: 'OU=Staff',
  };
  const job = await run(async (keep) => ({
    people: [
      planned(1, {
        subject: { ...subjectOf(samplePerson(1)), userId: null },
        formerUserId: sampleUserId(1),
        actions: [
          asked({ type: 'directory.add-user', user, passwordRef: await keep(new Secret('x')) }),
          { ...asked({ type: 'online.restore' }), on: 'former' },
          asked({ type: 'link.create', onlineAccountId: 'account' }),
        ],
      }),
    ],
    warnings: [],
  }));
  expect(performed.map((entry) => entry.userId)).toEqual([undefined, sampleUserId(1), sampleUserId(500)]);
  expect(closed).toEqual([sampleUserId(1)]);
  expect((await itemsOf(job.id))[0]?.user_id).toBe(sampleUserId(1));
});
