import { type Check, type Job, permissionsOf } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import type { FakeWorld } from './FakeWorld.ts';
import { minutesAgo } from './FakeWorld.ts';
import { startJob } from './fakeJobs.ts';
import type { Handlers } from './handlers.ts';
import { guid } from './people.ts';

const setUpCode = '7QK4-M2XD';

const sessionOf = (world: FakeWorld, current: boolean, index: number) => ({
  id: guid(6, index),
  userId: guid(1, 0),
  userName: 'ana',
  displayName: 'Ana Abe',
  role: world.role,
  permissions: [...permissionsOf[world.role]],
  kind: index === 2 ? ('token' as const) : ('browser' as const),
  createdAt: minutesAgo(100 * index),
  expiresAt: minutesAgo(-400),
  lastUsedAt: minutesAgo(index),
  address: `192.0.2.${index}`,
  client: index === 2 ? 'isthmus CLI on linux' : 'Chromium on Linux',
  current,
});

const signInCodes = [
  'account-disabled',
  'account-expired',
  'password-expired',
  'must-change-password',
  'account-locked',
  'not-allowed',
  'too-many-attempts',
  'directory-unreachable',
  'not-set-up',
];

const sessions = (world: FakeWorld): Partial<Handlers> => ({
  getSession: () => ({
    session: world.signedIn ? sessionOf(world, true, 1) : null,
    organization: world.directoryConnected ? 'Contoso' : '',
    directoryConnected: world.directoryConnected,
    version: '0.1.0',
  }),
  signIn: ({ body }) => {
    const code = signInCodes.find((known) => known === body.userName);
    if (code !== undefined) throw new FakeProblem(401, `session.${code}`, 'Refused.');
    if (body.password !== 'Passw0rd!') throw new FakeProblem(401, 'session.wrong-name-or-password', 'Refused.');
    world.signedIn = true;
    return { session: sessionOf(world, true, 1) };
  },
  signOut: () => {
    world.signedIn = false;
  },
  listSessions: () => ({
    items: [1, 2, 3].map((index) => sessionOf(world, index === 1, index)),
    total: 3,
  }),
  endSession: () => undefined,
});

const rightChecks = (): Check[] => [
  {
    id: 'connect',
    title: 'Connection',
    state: 'passed',
    detail: 'Connected to dc1.contoso.com over TLS.',
    remedy: null,
    commands: [],
  },
  { id: 'read', title: 'Read people', state: 'passed', detail: '27 people were read.', remedy: null, commands: [] },
  {
    id: 'reset-password',
    title: 'Reset passwords',
    state: 'failed',
    detail: 'The service account may not reset passwords in OU=People.',
    remedy: 'Run one of these commands as a domain administrator, then test again.',
    commands: [
      {
        label: 'Samba',
        command:
          "samba-tool dsacl set --objectdn='OU=People,DC=contoso,DC=com' --sddl='(OA;CI;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)'",
      },
      {
        label: 'Windows',
        command: 'dsacls "OU=People,DC=contoso,DC=com" /I:S /G "CONTOSO\\isthmus:CA;Reset Password;user"',
      },
    ],
  },
];

const setups = (world: FakeWorld): Partial<Handlers> => {
  let tested = 0;
  const needCode = (code: string): void => {
    if (code !== setUpCode)
      throw new FakeProblem(403, 'setup.wrong-code', 'This is not the set-up code that the server printed.', {
        field: 'code',
      });
  };
  return {
    getSetup: () => ({
      state: world.directoryConnected ? 'done' : 'open',
      source: world.directoryConnected ? 'setup-page' : 'none',
    }),
    discoverDirectory: ({ body }) => {
      needCode(body.code);
      return {
        servers: [
          { host: 'dc1.contoso.com', addresses: ['192.0.2.10'], latencyMs: 1.2 },
          { host: 'dc2.contoso.com', addresses: ['192.0.2.11'], latencyMs: 14 },
        ],
        problem: null,
      };
    },
    inspectDirectoryCertificate: ({ body }) => {
      needCode(body.code);
      const certificate = {
        validFrom: '2026-01-01T00:00:00.000Z',
        validTo: '2036-01-01T00:00:00.000Z',
        pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      };
      return {
        chain: [
          {
            ...certificate,
            subject: `CN=${body.host}`,
            issuer: 'CN=Contoso CA',
            fingerprint: `${'AA:01:'.repeat(15)}AA:01`,
            isAuthority: false,
          },
          {
            ...certificate,
            subject: 'CN=Contoso CA',
            issuer: 'CN=Contoso CA',
            fingerprint: `${'5C:9E:'.repeat(15)}5C:9E`,
            isAuthority: true,
          },
        ],
      };
    },
    testDirectory: ({ body }) => {
      needCode(body.code);
      tested += 1;
      const checks = rightChecks();
      return {
        checks:
          tested > 1 ? checks.map((check) => ({ ...check, state: 'passed', remedy: null, commands: [] })) : checks,
      };
    },
    connectDirectory: ({ body }) => {
      needCode(body.code);
      world.directoryConnected = true;
      return { checks: rightChecks().map((check) => ({ ...check, state: 'passed', remedy: null, commands: [] })) };
    },
  };
};

const homes = (world: FakeWorld): Partial<Handlers> => ({
  getHome: () => {
    const people = world.users.filter((user) => user.state !== 'removed');
    const without = people.filter((user) => user.online === null).length;
    const integrated = world.integration.state === 'integrated';
    const all = world.options.allSetUp;
    const good = { checkedAt: minutesAgo(1), notice: null };
    return {
      organization: 'Contoso',
      tasks: [
        { id: 'connect-directory', state: 'done', count: null },
        { id: 'integrate', state: integrated || all ? 'done' : 'not-started', count: null },
        { id: 'add-online-accounts', state: all ? 'done' : 'not-started', count: without },
        { id: 'capture-passwords', state: all ? 'done' : 'in-progress', count: null },
        { id: 'second-administrator', state: all ? 'not-needed' : 'not-started', count: null },
      ],
      health: [
        { id: 'directory', state: 'good', ...good },
        { id: 'microsoft365', state: integrated ? 'good' : 'not-set-up', ...good },
        {
          id: 'passwords',
          state: 'warning',
          checkedAt: minutesAgo(3),
          notice: {
            code: 'x',
            message: 'One password was refused by Microsoft 365.',
            remedy: 'Open the alert to see whose.',
          },
        },
        {
          id: 'licenses',
          state: 'bad',
          checkedAt: minutesAgo(3),
          notice: { code: 'x', message: 'No license is free.', remedy: 'Buy more licenses.' },
        },
        { id: 'server-certificate', state: 'good', ...good },
        { id: 'database', state: 'unknown', checkedAt: null, notice: null },
      ],
      counts: {
        people: people.length,
        active: people.filter((user) => user.state === 'active').length,
        linked: people.length - without,
        withoutOnlineAccount: without,
      },
      alerts: world.alerts,
      runningJobs: world.jobs.filter((job) => job.state === 'running').length,
    };
  },
  listAlerts: () => ({ items: world.alerts, total: world.alerts.length }),
  ignoreAlert: ({ params }) => setAlert(world, params.id, 'ignored'),
  enableAlert: ({ params }) => setAlert(world, params.id, 'active'),
});

function setAlert(world: FakeWorld, id: string, state: 'ignored' | 'active') {
  const alert = world.alerts.find((known) => known.id === id);
  if (alert === undefined) throw new FakeProblem(404, 'alerts.not-found', 'This alert is gone.');
  alert.state = state;
  return alert;
}

function jobById(world: FakeWorld, id: string): Job {
  const job = world.jobs.find((known) => known.id === id);
  if (job === undefined) throw new FakeProblem(404, 'jobs.not-found', 'This job is gone.');
  return job;
}

const jobs = (world: FakeWorld): Partial<Handlers> => ({
  listJobs: ({ query }) => {
    const found = world.jobs.filter(
      (job) =>
        (query.filter !== 'running' || job.state === 'running') &&
        (query.filter !== 'problems' || job.counts.failed > 0),
    );
    return { items: found.slice(query.offset, query.offset + query.limit), total: found.length };
  },
  getJob: ({ params }) => jobById(world, params.id),
  listJobItems: ({ params, query }) => {
    const items = (world.items.get(params.id) ?? []).filter(
      (item) => query.filter === undefined || item.state === query.filter,
    );
    return { items: items.slice(query.offset, query.offset + query.limit), total: items.length };
  },
  cancelJob: ({ params }) => Object.assign(jobById(world, params.id), { state: 'cancelled' }),
  retryJob: async ({ params }) => {
    const before = jobById(world, params.id);
    const failed = (world.items.get(params.id) ?? []).filter((item) => item.state === 'failed');
    const items = failed.map((item) => ({
      name: item.name,
      userId: item.subjectUserId,
      address: item.address,
      step: item.step ?? '',
      act: () => undefined,
    }));
    const result = await startJob(world, { kind: before.kind, title: `${before.title} (again)`, items }, 0);
    if (result.kind !== 'job') throw new Error('A started job is a job');
    return result.job;
  },
  listAudit: ({ query }) => {
    const all = Array.from({ length: 450 }, (_, index) => ({
      id: guid(5, index),
      sequence: 450 - index,
      at: minutesAgo(index * 37),
      actor: index % 3 === 0 ? 'Isthmus' : 'Ana Abe',
      address: index % 3 === 0 ? null : '192.0.2.1',
      action: 'user.deactivate',
      sentence: index % 2 === 0 ? 'Deactivated Hana Abe.' : 'Changed the department of Björn Smith.',
      subjectUserId: guid(1, 7),
      subject: 'Hana Abe',
      result: index % 9 === 4 ? ('failed' as const) : ('done' as const),
      changes: index % 2 === 0 ? [] : [{ field: 'department', before: 'Sales', after: 'Finance' }],
      requestId: guid(8, index),
      jobId: null,
    })).filter((entry) => entry.sentence.toLowerCase().includes((query.q ?? '').toLowerCase()));
    return { items: all.slice(query.offset, query.offset + query.limit), total: all.length };
  },
  verifyAudit: () => ({ intact: true, entries: 450, firstBroken: null }),
});

export const otherHandlers = (world: FakeWorld): Partial<Handlers> => ({
  ...sessions(world),
  ...setups(world),
  ...homes(world),
  ...jobs(world),
});
