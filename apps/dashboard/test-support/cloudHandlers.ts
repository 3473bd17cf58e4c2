import {
  attributeSources,
  type Check,
  type Drift,
  type DriftPolicy,
  type ManagedField,
  managedFields,
  mappedFields,
  type Plan,
  type SetUpAttempt,
  type SyncPerson,
  type SyncSettingsView,
  type SyncStatus,
} from '@isthmus/contracts';
import { disableHandlers } from './disableHandlers.ts';
import { domainHandlers } from './domainHandlers.ts';
import { FakeProblem } from './FakeProblem.ts';
import { type FakeWorld, integrationOf, minutesAgo, planOf } from './FakeWorld.ts';
import { startJob } from './fakeJobs.ts';
import type { Handlers } from './handlers.ts';
import { guid, mayOf, premiumSku, standardSku } from './people.ts';
import { subscriptionHandlers } from './subscriptionHandlers.ts';
import { findUsers } from './userHandlers.ts';

const teamsPlan = guid(9, 3);

const requirementChecks: readonly Check[] = [
  {
    id: 'directory',
    title: 'Directory',
    state: 'passed',
    detail: 'dc1.contoso.com is reachable and writable.',
    remedy: null,
    commands: [],
  },
  { id: 'clock', title: 'Clock', state: 'passed', detail: 'The clock differs by 40 ms.', remedy: null, commands: [] },
  {
    id: 'capture',
    title: 'Password capture',
    state: 'warning',
    detail: 'The agent is not installed on a domain controller yet.',
    remedy: 'Passwords set in the dashboard reach Microsoft 365; install the agent for all others.',
    commands: [{ label: 'Install', command: 'isthmus-agent install --server https://isthmus.contoso.com' }],
  },
  {
    id: 'endpoints',
    title: 'Microsoft 365',
    state: 'passed',
    detail: 'login.microsoftonline.com and graph.microsoft.com answer.',
    remedy: null,
    commands: [],
  },
];

const steps = ['application', 'service-principal', 'permissions', 'directory-role', 'certificate-sign-in', 'read-back'];

function newAttempt(world: FakeWorld): SetUpAttempt {
  return {
    id: world.nextId(),
    state: 'waiting-for-sign-in',
    prompt: { userCode: 'FJ3K9Q2LM', verificationUri: 'https://microsoft.com/devicelogin', expiresAt: minutesAgo(-15) },
    administrator: null,
    tenant: null,
    missingRoles: [],
    suggestedUsageLocation: null,
    steps: steps.map((step) => ({ step, state: 'waiting', endedAt: null })),
    leftOver: [],
    problem: null,
    job: null,
  };
}

/** What the emulator's sign-in page does in the real system: the administrator typed the code. */
export function administratorSignsIn(world: FakeWorld): void {
  if (world.attempt === undefined) throw new Error('No attempt waits for a sign-in');
  Object.assign(world.attempt, {
    state: 'signed-in',
    administrator: 'admin@contoso.onmicrosoft.com',
    tenant: {
      tenantId: guid(7, 1),
      displayName: 'Contoso',
      initialDomain: 'contoso.onmicrosoft.com',
      domains: ['contoso.com', 'contoso.onmicrosoft.com'],
      synchronizedByOthers: false,
    },
  });
  world.tell({ topic: 'integration' });
}

async function register(world: FakeWorld, attempt: SetUpAttempt): Promise<void> {
  attempt.state = 'registering';
  for (const step of attempt.steps) {
    step.state = 'running';
    world.tell({ topic: 'integration' });
    await new Promise((resolve) => setTimeout(resolve, world.options.itemMs * 5));
    step.state = 'done';
    step.endedAt = new Date().toISOString();
  }
  attempt.state = 'done';
  world.integration = integrationOf(true);
  world.tell({ topic: 'integration' });
}

const attemptById = (world: FakeWorld, id: string): SetUpAttempt => {
  if (world.attempt?.id !== id) throw new FakeProblem(404, 'integration.no-attempt', 'This set-up is gone.');
  return world.attempt;
};

async function change(attempt: SetUpAttempt, seconds: number): Promise<SetUpAttempt> {
  const before = JSON.stringify(attempt);
  for (let waited = 0; waited < seconds * 1000 && JSON.stringify(attempt) === before; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return attempt;
}

const integration = (world: FakeWorld): Partial<Handlers> => ({
  getIntegration: () => world.integration,
  ...disableHandlers(world),
  checkRequirements: () => ({ checks: [...requirementChecks], ready: true }),
  startSetUp: () => {
    world.attempt = newAttempt(world);
    return world.attempt;
  },
  getSetUpAttempt: ({ params, query }) => change(attemptById(world, params.id), query.wait),
  confirmSetUp: ({ params }) => {
    const attempt = attemptById(world, params.id);
    void register(world, attempt);
    return attempt;
  },
  rotateCertificate: () => world.integration,
  removeRegistration: ({ params }) => {
    attemptById(world, params.id).state = 'done';
    if (world.integration.disabled !== null) world.integration.disabled.leftOver = [];
    return world.integration;
  },
  cancelSetUp: ({ params }) => Object.assign(attemptById(world, params.id), { state: 'cancelled' }),
  ...domainHandlers(world),
  ...subscriptionHandlers,
  listWaiting: () => ({ items: [], total: 0 }),
  listLicenses: () => ({
    items: [
      {
        skuId: standardSku,
        skuPartNumber: 'O365_BUSINESS_PREMIUM',
        name: 'Microsoft 365 Business Standard',
        total: 60,
        used: 41,
        free: 19,
        waiting: 0,
        notSignedIn: 4,
        state: 'enabled',
        servicePlans: [{ id: teamsPlan, name: 'Microsoft Teams' }],
      },
      {
        skuId: premiumSku,
        skuPartNumber: 'SPB',
        name: 'Microsoft 365 Business Premium',
        total: 5,
        used: 5,
        free: 0,
        waiting: 2,
        notSignedIn: 0,
        state: 'enabled',
        servicePlans: [{ id: teamsPlan, name: 'Microsoft Teams' }],
      },
    ],
    total: 2,
  }),
});

const heldItems = (world: FakeWorld) =>
  planOf(world.users.slice(2, 9), () => ['online.remove']).items.map((item) => ({
    ...item,
    key: item.subject.userId ?? '',
  }));

function syncStatus(world: FakeWorld): SyncStatus {
  const items = world.syncState === 'held' ? heldItems(world).filter((item) => !world.heldKeys.has(item.key)) : [];
  return {
    state: world.syncState,
    directory: {
      updatedAt: minutesAgo(1),
      reachable: true,
      problem: null,
      server: 'dc1.contoso.com',
      controller: { since: '2026-06-01T08:00:00.000Z', reason: 'chosen', previous: null, missing: 0 },
      people: world.users.length,
    },
    online: { updatedAt: minutesAgo(2), reachable: true, problem: null, people: 48 },
    linked: 48,
    lastPass: { at: minutesAgo(1), durationMs: 84, actions: 3, failed: 0 },
    held: items.length === 0 ? null : { id: guid(10, 1), heldAt: minutesAgo(30), limit: 5, items },
    setAside: [],
    passwordCapture: {
      state: 'ready',
      detail: 'The agent on dc1 reported 20 seconds ago.',
      lastSeenAt: minutesAgo(1),
      waiting: 1,
      rejected: 1,
    },
    problem: null,
    ...world.sync,
  };
}

function syncPerson(world: FakeWorld, userId: string): SyncPerson {
  const name = world.users.find(({ id }) => id === userId)?.displayName ?? '';
  return { userId, name, notManaged: null, setAside: null, item: null, done: [] };
}

function syncSettings(world: FakeWorld): SyncSettingsView {
  return {
    scope: { units: [], groups: [], rules: [], excluded: [] },
    map: mappedFields.map((field) => ({
      field,
      source: attributeSources[field][0],
      choices: [...attributeSources[field], 'off'],
      isStandard: true,
      policy: world.driftPolicies[field] ?? 'overwrite',
      limit: 64,
    })),
    nightly: { hour: 2, lastAt: minutesAgo(300) },
    managed: 48,
    notManaged: [],
    notManagedTotal: 0,
  };
}

const sync = (world: FakeWorld): Partial<Handlers> => ({
  getSyncStatus: () => syncStatus(world),
  getSyncPlan: () => planOf(world.users.slice(0, 3), () => ['online.change']),
  runSync: () => syncStatus(world),
  listSyncPasses: () => ({
    items: [
      {
        id: guid(11, 1),
        at: minutesAgo(1),
        cause: 'directory-changed',
        durationMs: 84,
        looked: 1,
        corrected: 0,
        actions: 1,
        failed: 0,
        people: world.users
          .slice(0, 1)
          .map(({ id, displayName }) => ({ userId: id, name: displayName, done: ['online.change'], problem: null })),
      },
    ],
    total: 1,
  }),
  getSyncPerson: ({ params }) => syncPerson(world, params.id),
  runSyncPerson: ({ params }) => syncPerson(world, params.id),
  getSyncSettings: () => syncSettings(world),
  changeSyncSettings: ({ body, query }) => {
    if (query.dryRun !== true)
      for (const field of managedFields) world.driftPolicies[field] = body.drift?.[field] ?? world.driftPolicies[field];
    const leaving = (body.exclude ?? []).map((userId) => ({ userId, name: userId }));
    return { settings: syncSettings(world), effect: { entering: [], leaving, plan: planOf([], () => []) } };
  },
  pauseSync: () => {
    world.syncState = 'paused';
    return syncStatus(world);
  },
  resumeSync: () => {
    world.syncState = 'in-step';
    return syncStatus(world);
  },
  getDrift: () => driftOf(world),
  decideHeldPass: ({ body }) => {
    for (const key of [...body.approve, ...body.keep]) world.heldKeys.add(key);
    const status = syncStatus(world);
    if (status.held === null) world.syncState = 'in-step';
    return syncStatus(world);
  },
});

function driftOf(world: FakeWorld): Drift {
  const standard = (field: ManagedField): DriftPolicy => (field === 'signInAllowed' ? 'warn' : 'overwrite');
  const policies = managedFields.map((field) => {
    const policy = world.driftPolicies[field] ?? standard(field);
    return { field, policy, isStandard: policy === standard(field) };
  });
  const differences = [{ field: 'jobTitle' as const, directory: 'Head of Sales', online: null }];
  const people = world.users.slice(1, 3).map(({ id, displayName }) => ({ userId: id, name: displayName, differences }));
  return { policies, people, total: 2 };
}

function bulkPlan(world: FakeWorld, accounts: readonly { userId: string; address: string }[], licensed: boolean): Plan {
  const addresses = new Map(accounts.map((account) => [account.userId, account.address]));
  const people = world.users.filter((user) => addresses.has(user.id));
  const plan = planOf(
    people,
    (user) =>
      addresses.get(user.id)?.startsWith('admin@') === true
        ? []
        : ['online.create', ...(licensed ? (['online.assign-licenses'] as const) : []), 'link.create'],
    (user) =>
      addresses.get(user.id)?.startsWith('admin@') === true
        ? {
            code: 'online.address-taken',
            message: 'This address is already used in Microsoft 365.',
            remedy: 'Choose another address.',
          }
        : null,
  );
  for (const item of plan.items) item.subject.address = addresses.get(item.subject.userId ?? '') ?? null;
  return plan;
}

const bulk = (world: FakeWorld): Partial<Handlers> => ({
  listProposals: ({ query }) => {
    const people = findUsers(world, 'without-online-account', query.q);
    const items = people.slice(query.offset, query.offset + query.limit).map((user, index) => ({
      userId: user.id,
      userName: user.userName,
      displayName: user.displayName,
      department: user.department,
      address: `${user.userName}@${query.domain ?? 'contoso.com'}`,
      selected: user.state === 'active',
      warnings:
        index === 1
          ? [
              {
                code: 'online.similar',
                message: 'An online account with the same name exists.',
                remedy: 'Link it instead of creating a second one.',
              },
            ]
          : user.state === 'active'
            ? []
            : [{ code: 'users.inactive', message: 'This person is inactive.' }],
    }));
    return { items, total: people.length };
  },
  bulkCreateOnlineAccounts: ({ query, body }) => {
    const plan = bulkPlan(world, body.accounts, body.skuIds.length > 0);
    if (query.dryRun) return { kind: 'plan', plan };
    const items = plan.items
      .filter((item) => item.blocked === null)
      .map((item, index) => ({
        name: item.subject.name,
        userId: item.subject.userId,
        address: item.subject.address,
        step: 'online.create',
        act: () => {
          if (index === 2)
            return {
              code: 'online.refused',
              message: 'Microsoft 365 answered “Request_BadRequest”.',
              remedy: 'Try again in a minute.',
            };
          const user = world.user(item.subject.userId ?? '');
          if (user !== undefined) {
            user.online = {
              id: guid(2, 5000 + index),
              address: item.subject.address ?? '',
              state: 'active',
              signInAllowed: true,
              hold: null,
              licenses: [],
              usageLocation: 'DE',
              mail: null,
              deletedAt: null,
              sessionsValidFrom: null,
            };
            user.may = mayOf(user);
          }
          return undefined;
        },
      }));
    return startJob(
      world,
      { kind: 'create-online-accounts', title: `Create ${items.length} online accounts`, items },
      query.wait,
    );
  },
});

export const cloudHandlers = (world: FakeWorld): Partial<Handlers> => ({
  ...integration(world),
  ...sync(world),
  ...bulk(world),
});
