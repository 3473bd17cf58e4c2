import { setTimeout as sleep } from 'node:timers/promises';
import type { OnlineAccount, Plan } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import { type FakeWorld, minutesAgo, planOf } from './FakeWorld.ts';
import { startJob } from './fakeJobs.ts';
import type { Handlers } from './handlers.ts';
import { guid } from './people.ts';
import { byId, chosenUsers, command } from './userHandlers.ts';

const NAMES = ['Grace Hopper', 'Ada Lovelace', 'Alan Turing', 'Info', 'Barbara Liskov'];
/** How long a search takes, so that older answers are still shown when somebody is quick. */
const SEARCH_MS = 400;

function makeAccount(displayName: string, index: number): OnlineAccount {
  const address = `${displayName.toLowerCase().replace(' ', '.')}@contoso.com`;
  return {
    id: guid(17, index + 1),
    address,
    displayName,
    state: 'active',
    signInAllowed: true,
    hold: null,
    licenses: [],
    usageLocation: 'DE',
    mail: address,
    deletedAt: null,
    sessionsValidFrom: null,
    user: null,
    managedByOthers: false,
    signIn: null,
    createdAt: minutesAgo(50_000),
    may: {
      assign: true,
      unassign: false,
      unlink: false,
      blockOnline: true,
      allowOnline: false,
      restore: false,
      changeLicenses: true,
      changeNames: true,
      changeAddresses: true,
      removeOnline: false,
    },
  };
}

type AccountNames =
  | 'listOnlineAccounts'
  | 'getOnlineAccount'
  | 'getMailAddresses'
  | 'blockOnlineAccounts'
  | 'assignOnlineAccount';
type PersonNames = 'lockUsers' | 'changeLicenses' | 'changeSignInNames';

const blocking = ['online.block-sign-in', 'online.revoke-sessions'] as const;

/** The plan of blocking accounts that nobody has. */
function blockPlan(accounts: readonly OnlineAccount[]): Plan {
  const items = accounts.map(({ id, displayName, address }) => ({
    subject: { userId: null, onlineAccountId: id, name: displayName, userName: null, address },
    actions: blocking.map((type) => ({ type, side: 'online' as const, reason: 'asked', changes: [] })),
    warnings: [],
    blocked: null,
  }));
  const counts = Object.fromEntries(blocking.map((type) => [type, accounts.length]));
  return { items, counts, warnings: [], blocked: null };
}

/** Accounts of the tenant that belong to nobody here. */
const accountHandlers = (world: FakeWorld): Pick<Handlers, AccountNames> => {
  const loose = NAMES.map(makeAccount);
  return {
    listOnlineAccounts: async ({ query }) => {
      if (query.q !== undefined) await sleep(SEARCH_MS);
      const found = loose.filter(({ address }) => address.includes((query.q ?? '').toLowerCase()));
      const counts = { all: 5, linked: 0, 'not-linked': 5, unlicensed: 0, blocked: 0, 'not-signed-in': 0, removed: 0 };
      return {
        items: found.slice(query.offset, query.offset + query.limit),
        total: found.length,
        online: { updatedAt: minutesAgo(1), reachable: true, problem: null },
        counts,
      };
    },
    getOnlineAccount: ({ params }) => {
      const account = loose.find(({ id }) => id === params.id);
      if (account === undefined) throw new FakeProblem(404, 'online.account-not-found', 'There is no such account.');
      return account;
    },
    getMailAddresses: ({ params }) => ({
      primaryAddress: loose.find(({ id }) => id === params.id)?.mail ?? null,
      aliases: ['office@contoso.com'],
      hidden: false,
      forwardTo: null,
      domains: ['contoso.com'],
    }),
    blockOnlineAccounts: ({ query, body: { selection } }) => {
      const accountIds = 'accountIds' in selection ? selection.accountIds : [];
      const chosen = loose.filter(({ id }) => accountIds.includes(id));
      if (query.dryRun) return { kind: 'plan', plan: blockPlan(chosen) };
      const items = chosen.map((account) => ({
        name: account.displayName,
        userId: null,
        address: account.address,
        step: 'online.block-sign-in',
        act: (): undefined => {
          Object.assign(account, { signInAllowed: false, state: 'blocked' });
        },
      }));
      return startJob(world, { kind: 'block-online-accounts', title: 'Block the online sign-in', items }, query.wait);
    },
    assignOnlineAccount: ({ params, query, body }) => {
      const user = byId(world, body.userId);
      const account = loose.find(({ id }) => id === params.id);
      if (query.dryRun) return { kind: 'plan', plan: planOf([user], () => ['link.create', 'online.change']) };
      const act = (): undefined => {
        user.online = account ?? null;
      };
      const item = {
        name: user.displayName,
        userId: user.id,
        address: account?.address ?? null,
        step: 'link.create',
        act,
      };
      return startJob(world, { kind: 'assign-online-account', title: 'Assign an account', items: [item] }, query.wait);
    },
  };
};

/** Commands about the online side of people. */
const personHandlers = (world: FakeWorld): Pick<Handlers, PersonNames> => ({
  lockUsers: ({ query, body }) =>
    command(
      world,
      chosenUsers(world, body.selection),
      {
        kind: 'lock-users',
        title: 'Lock user accounts',
        actions: () => ['directory.disable', 'online.block-sign-in', 'online.revoke-sessions'],
        act: (user) => {
          user.state = 'inactive';
        },
      },
      query,
    ),
  changeLicenses: ({ query, body }) =>
    command(
      world,
      chosenUsers(world, body.selection),
      {
        kind: 'change-licenses',
        title: 'Change licenses',
        actions: () => ['online.assign-licenses'],
        act: (user) => {
          for (const skuId of body.add) {
            user.online?.licenses.push({ skuId, name: 'Product', inherited: false, disabledPlans: [] });
          }
        },
      },
      query,
    ),
  changeSignInNames: ({ query, body }) =>
    command(
      world,
      chosenUsers(world, body.selection),
      {
        kind: 'change-sign-in-names',
        title: 'Change sign-in names',
        actions: () => ['online.change'],
        act: (user) => {
          if (user.online !== null) user.online.address = `${user.userName}@${body.domain ?? ''}`;
        },
      },
      query,
    ),
});

export const onlineAccountHandlers = (world: FakeWorld): Pick<Handlers, AccountNames | PersonNames> => ({
  ...accountHandlers(world),
  ...personHandlers(world),
});
