import type { SyncStatus } from '@isthmus/contracts';
import { minutesAgo } from './FakeWorld.ts';
import { guid } from './people.ts';

type Directory = SyncStatus['directory'];

const directoryAt = (server: string, controller: Partial<NonNullable<Directory['controller']>>): Directory => ({
  updatedAt: minutesAgo(1),
  reachable: true,
  problem: null,
  server,
  people: 60,
  controller: { since: minutesAgo(190), reason: 'chosen', previous: null, missing: 0, ...controller },
});

const setAside = (number: number, name: string, attempts: number, message: string, remedy: string) => ({
  userId: guid(1, number),
  name,
  attempts,
  nextAt: minutesAgo(-4 * attempts),
  problem: { code: 'online.refused', message, remedy },
});

/** Days on which the page of the synchronization has more to say than that all is well. */
export const syncStates = {
  failedOver: {
    directory: directoryAt('dc2.branch-office.corp.contoso.com', {
      reason: 'failed-over',
      previous: 'dc1.head-office.corp.contoso.com',
      missing: 3,
    }),
  },
  restored: { directory: directoryAt('dc1.contoso.com', { reason: 'restored', missing: 1 }) },
  windows: {
    directory: directoryAt('win-dc1.contoso.com', {}),
    passwordCapture: {
      state: 'not-possible',
      detail: 'Windows domain controllers do not hand out passwords. Set them in the dashboard or by the CLI.',
      lastSeenAt: null,
      waiting: 0,
      rejected: 0,
    },
  },
  unreachable: {
    state: 'offline',
    directory: {
      ...directoryAt('dc1.contoso.com', {}),
      updatedAt: minutesAgo(75),
      reachable: false,
      problem: { code: 'directory.unreachable', message: 'No domain controller answers.', remedy: 'Start one.' },
    },
    problem: {
      code: 'online.unreachable',
      message: 'Microsoft 365 cannot be reached from this server.',
      remedy: 'Check the internet connection. Everything is done as soon as it is back.',
    },
  },
  setAside: {
    setAside: [
      setAside(
        2,
        'Chloé Abe',
        3,
        'Microsoft 365 refused the address chloe@contoso.com, as somebody else has it.',
        'Give one of the two another address.',
      ),
      setAside(
        6,
        'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine',
        1,
        'Microsoft 365 answered “Request_BadRequest”.',
        'Try again in a minute.',
      ),
      setAside(5, 'מרים כהן', 12, 'The account is kept by another tool.', 'End that synchronization for the account.'),
    ],
  },
} satisfies Record<string, Partial<SyncStatus>>;
