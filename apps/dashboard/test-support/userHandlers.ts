import type {
  AccountSelection,
  ActionType,
  JobKind,
  Notice,
  Plan,
  Selection,
  User,
  UserFilter,
} from '@isthmus/contracts';
import { userFilterSchema } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import type { FakeWorld } from './FakeWorld.ts';
import { minutesAgo, planOf } from './FakeWorld.ts';
import { type FakeItem, startJob } from './fakeJobs.ts';
import type { Handlers } from './handlers.ts';
import { detailsOf, guid, makePerson, mayOf } from './people.ts';

const filters: Readonly<Record<UserFilter, (user: User) => boolean>> = {
  all: (user) => user.state !== 'removed',
  active: (user) => user.state === 'active',
  inactive: (user) => user.state === 'inactive',
  'without-online-account': (user) => user.online === null && user.state !== 'removed',
  'with-online-account': (user) => user.online !== null && user.state !== 'removed',
  'password-not-in-step': (user) => !['in-step', 'not-linked'].includes(user.password.state),
  administrators: (user) => user.accessLevel === 'administrator',
  'needs-attention': (user) => user.locked || user.state === 'expired' || user.password.state === 'rejected',
  'license-unused': (user) => (user.online?.licenses.length ?? 0) > 0 && user.online?.signInAllowed === false,
  leaving: (user) => user.online?.hold === 'off-boarded',
  removed: (user) => user.state === 'removed',
};

const sorters: Readonly<Record<string, (user: User) => string>> = {
  displayName: (user) => user.displayName,
  userName: (user) => user.userName,
  address: (user) => user.online?.address ?? '',
  state: (user) => user.state,
  department: (user) => user.department,
  lastSignInAt: (user) => user.lastSignInAt ?? '',
};

/** A tenth of the time of `localeCompare`, which counts with ten thousand people. */
const order = new Intl.Collator('en');

export function findUsers(world: FakeWorld, filter: UserFilter, q: string | undefined, sort?: string): User[] {
  const wanted = (q ?? '').trim().toLowerCase();
  const isWanted = (user: User): boolean =>
    wanted === '' || `${user.displayName} ${user.userName} ${user.department}`.toLowerCase().includes(wanted);
  const found = world.users.filter((user) => filters[filter](user) && isWanted(user));
  const down = sort?.startsWith('-') === true;
  const key = sorters[(sort ?? 'displayName').replace('-', '')] ?? ((user: User) => user.displayName);
  found.sort((a, b) => order.compare(key(a), key(b)) * (down ? -1 : 1));
  return found;
}

export function chosenUsers(world: FakeWorld, selection: Selection | AccountSelection): User[] {
  if ('ids' in selection) return world.users.filter((user) => selection.ids.includes(user.id));
  return findUsers(world, userFilterSchema.catch('all').parse(selection.filter), selection.q);
}

export function byId(world: FakeWorld, id: string): User {
  const user = world.user(id);
  if (user === undefined) throw new FakeProblem(404, 'users.not-found', 'This person no longer exists.');
  return user;
}

export interface BulkChange {
  readonly kind: JobKind;
  readonly title: string;
  readonly actions: (user: User) => readonly ActionType[];
  readonly act: (user: User) => void;
  readonly blocked?: (user: User) => Notice | null;
}

export async function command(
  world: FakeWorld,
  people: readonly User[],
  change: BulkChange,
  query: { dryRun: boolean; wait: number },
) {
  const blocked = change.blocked ?? (() => null);
  const plan: Plan = planOf(people, (user) => (blocked(user) === null ? change.actions(user) : []), blocked);
  if (query.dryRun) return { kind: 'plan' as const, plan };
  const items = people
    .filter((user) => blocked(user) === null)
    .map<FakeItem>((user) => ({
      name: user.displayName,
      userId: user.id,
      address: user.online?.address ?? null,
      step: change.actions(user)[0] ?? '',
      act: () => {
        change.act(user);
        user.may = mayOf(user);
        return undefined;
      },
    }));
  return startJob(world, { kind: change.kind, title: change.title, items }, query.wait);
}

const onlineActions = (user: User, ...types: ActionType[]): ActionType[] => (user.online === null ? [] : types);

const deactivation: BulkChange = {
  kind: 'deactivate-users',
  title: 'Deactivate user accounts',
  actions: (user) => ['directory.disable', ...onlineActions(user, 'online.block-sign-in', 'online.revoke-sessions')],
  act: (user) => {
    user.state = 'inactive';
    if (user.online !== null) Object.assign(user.online, { state: 'blocked', signInAllowed: false });
  },
  blocked: (user) =>
    user.id === guid(1, 0) ? { code: 'users.yourself', message: 'You cannot deactivate your own account.' } : null,
};
const activation: BulkChange = {
  kind: 'activate-users',
  title: 'Activate user accounts',
  actions: (user) => ['directory.enable', ...onlineActions(user, 'online.allow-sign-in')],
  act: (user) => {
    user.state = 'active';
    if (user.online !== null) Object.assign(user.online, { state: 'active', signInAllowed: true });
  },
};
const removal: BulkChange = {
  kind: 'remove-users',
  title: 'Remove user accounts',
  actions: (user) => [
    'snapshot.take',
    ...onlineActions(user, 'online.remove-licenses', 'online.remove'),
    'directory.remove-user',
  ],
  act: (user) => {
    user.state = 'removed';
    if (user.online !== null) user.online.state = 'removed';
  },
};

const offboarding: BulkChange = {
  kind: 'offboard-users',
  title: 'Off-board people',
  actions: (user) => [
    'offboarding.begin',
    'directory.disable',
    ...onlineActions(user, 'link.hold', 'online.block-sign-in', 'online.revoke-sessions', 'online.remove-licenses'),
    'directory.remove-from-group',
  ],
  act: (user) => {
    user.state = 'inactive';
    const closed = { state: 'blocked', signInAllowed: false, hold: 'off-boarded', licenses: [] };
    if (user.online !== null) Object.assign(user.online, closed);
  },
};

function newPerson(
  world: FakeWorld,
  body: {
    displayName: string;
    userName: string;
    givenName?: string | undefined;
    surname?: string | undefined;
    online?: { address: string } | null | undefined;
  },
): User {
  const user = makePerson(world.users.length + 1000);
  Object.assign(user, {
    displayName: body.displayName,
    userName: body.userName,
    upn: `${body.userName}@contoso.com`,
    givenName: body.givenName ?? '',
    surname: body.surname ?? '',
    state: 'active',
    locked: false,
    online: user.online === null || body.online == null ? null : { ...user.online, address: body.online.address },
  });
  user.may = mayOf(user);
  return user;
}

const readHandlers = (world: FakeWorld): Partial<Handlers> => ({
  listUsers: ({ query }) => {
    const found = findUsers(world, query.filter, query.q, query.sort);
    const fresh = { updatedAt: minutesAgo(2), reachable: true, problem: null };
    const counts = Object.fromEntries(
      userFilterSchema.options.map((name) => [name, world.users.filter(filters[name]).length]),
    ) as Record<UserFilter, number>;
    return {
      items: found.slice(query.offset, query.offset + query.limit),
      total: found.length,
      directory: fresh,
      online: fresh,
      counts,
    };
  },
  getUser: ({ params }) => detailsOf(byId(world, params.id)),
  getUserTimeline: ({ params }) => {
    const user = byId(world, params.id);
    const entry = { reason: null, durationMs: null, changes: [], problem: null, requestId: guid(8, 1), jobId: null };
    return {
      items: [
        {
          ...entry,
          id: guid(4, 1),
          at: minutesAgo(5),
          side: 'online',
          event: 'online.set-password',
          sentence: `The password of ${user.displayName} was set online.`,
          actor: 'Isthmus',
          durationMs: 412,
          reason: 'The password was changed in the directory.',
        },
        {
          ...entry,
          id: guid(4, 2),
          at: minutesAgo(5),
          side: 'directory',
          event: 'directory.set-password',
          sentence: `${user.displayName} changed the password.`,
          actor: user.userName,
        },
        {
          ...entry,
          id: guid(4, 3),
          at: minutesAgo(900),
          side: 'directory',
          event: 'directory.change-user',
          sentence: 'The department was changed.',
          actor: 'Ana Abe',
          changes: [{ field: 'department', before: 'Sales', after: user.department }],
        },
      ],
      total: 3,
    };
  },
  listUserTemplates: () => ({ items: world.userTemplates }),
  getUserOptions: () => ({
    upnSuffixes: ['contoso.com', 'contoso.local'],
    groups: ['Staff', 'Sales', 'Engineering', 'Operations', 'Finance'].map((name) => ({
      dn: `CN=${name},OU=Groups,DC=contoso,DC=com`,
      name,
      description: name === 'Staff' ? 'Everybody' : '',
    })),
    containers: [{ dn: 'OU=Staff,DC=contoso,DC=com', name: 'Staff' }],
    managedOu: 'OU=Staff,DC=contoso,DC=com',
    passwordPolicy: { minimumLength: 8, complexity: true, historyLength: 24 },
  }),
});

const changeHandlers = (world: FakeWorld): Partial<Handlers> => ({
  addUser: ({ query, body }) => {
    const taken = world.users.some((user) => user.userName === body.userName);
    if (taken) {
      throw new FakeProblem(409, 'directory.user-name-taken', `The user name ${body.userName} is already used.`, {
        field: 'userName',
        remedy: 'Choose another one.',
      });
    }
    const user = newPerson(world, body);
    const actions: ActionType[] = ['directory.add-user', 'directory.set-password'];
    if ((body.groupDns ?? []).length > 0) actions.push('directory.add-to-group');
    if (body.online != null) actions.push('online.create', 'online.assign-licenses', 'link.create');
    const plan = planOf([user], () => actions);
    if (query.dryRun) return { kind: 'plan', plan };
    const act = (): undefined => void world.users.push(user);
    const items = [
      {
        name: user.displayName,
        userId: user.id,
        address: user.online?.address ?? null,
        step: 'directory.add-user',
        act,
      },
    ];
    return startJob(world, { kind: 'add-user', title: `Add ${user.displayName}`, items }, query.wait);
  },
  changeUser: ({ params, query, body }) => {
    const user = byId(world, params.id);
    const plan = planOf([user], () => ['directory.change-user']);
    if (query.dryRun) return { kind: 'plan', plan };
    const act = (): undefined => void Object.assign(user, body);
    const items = [{ name: user.displayName, userId: user.id, address: null, step: 'directory.change-user', act }];
    return startJob(world, { kind: 'change-user', title: `Change ${user.displayName}`, items }, query.wait);
  },
  deactivateUsers: ({ query, body }) => command(world, chosenUsers(world, body.selection), deactivation, query),
  activateUsers: ({ query, body }) => command(world, chosenUsers(world, body.selection), activation, query),
  offboardUsers: ({ query, body }) => command(world, chosenUsers(world, body.selection), offboarding, query),
  removeUsers: ({ query, body }) => {
    const people = chosenUsers(world, body.selection);
    if (!query.dryRun && people.length > 10 && body.confirmation !== String(people.length)) {
      throw new FakeProblem(422, 'users.confirmation-missing', 'Type the number of people to remove them.');
    }
    return command(world, people, removal, query);
  },
});

const singleHandlers = (world: FakeWorld): Partial<Handlers> => ({
  restoreUser: ({ params, query }) =>
    command(
      world,
      [byId(world, params.id)],
      {
        kind: 'restore-users',
        title: 'Restore a user account',
        actions: (user) => ['directory.add-user', ...onlineActions(user, 'online.restore')],
        act: (user) => {
          user.state = 'active';
          if (user.online !== null) user.online.state = 'active';
        },
      },
      query,
    ),
  resetPassword: ({ params, query }) =>
    command(
      world,
      [byId(world, params.id)],
      {
        kind: 'reset-password',
        title: 'Reset a password',
        actions: (user) => ['directory.set-password', ...onlineActions(user, 'online.set-password')],
        act: (user) => {
          user.password = { ...user.password, state: user.online === null ? 'not-linked' : 'in-step' };
        },
      },
      query,
    ),
  unlockUser: ({ params, query }) =>
    command(
      world,
      [byId(world, params.id)],
      {
        kind: 'unlock-user',
        title: 'Unlock a user account',
        actions: () => ['directory.unlock'],
        act: (user) => {
          user.locked = false;
        },
      },
      query,
    ),
});

export const userHandlers = (world: FakeWorld): Partial<Handlers> => ({
  ...readHandlers(world),
  ...changeHandlers(world),
  ...singleHandlers(world),
});
