import type { JobKind } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandDependencies, definePeopleJob } from '../commands/index.ts';
import { closeRemoval } from './restoreUser.ts';

/** People worked on at the same time. */
const concurrency: Partial<Record<JobKind, number>> = {
  'add-user': 1,
  'change-user': 1,
  'deactivate-users': 6,
  'activate-users': 6,
  'unassign-online-accounts': 6,
  'unlink-online-accounts': 6,
  'block-online-accounts': 6,
  'allow-online-accounts': 6,
  'change-licenses': 6,
  'change-sign-in-names': 4,
  'remove-online-accounts': 6,
  'restore-online-accounts': 6,
  'assign-online-account': 6,
  'remove-users': 6,
  'offboard-users': 6,
  'reset-password': 1,
  'unlock-user': 1,
};

/** Tells the job engine how each command about people is carried out. */
export function defineUserJobs(platform: Platform, dependencies: CommandDependencies): void {
  for (const [kind, many] of Object.entries(concurrency)) {
    definePeopleJob(platform, dependencies, { kind: kind as JobKind, concurrency: many });
  }
  // In an emergency one side that cannot be reached must not save the other.
  definePeopleJob(platform, dependencies, { kind: 'lock-users', concurrency: 6, afterFailure: 'go-on' });
  definePeopleJob(platform, dependencies, {
    kind: 'restore-users',
    concurrency: 1,
    onDone: async ({ formerUserId }) => {
      if (formerUserId !== undefined) await closeRemoval(platform, formerUserId);
    },
  });
}
