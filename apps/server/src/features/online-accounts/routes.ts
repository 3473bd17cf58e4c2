import { onlineAccountOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { bulkCreateOnlineAccounts } from './bulkCreateOnlineAccounts.ts';
import { defineBulkCreateJob } from './defineBulkCreateJob.ts';
import { listProposals } from './listProposals.ts';

/** Registers the operations of `contracts/online-accounts.ts`. */
export function registerOnlineAccounts(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  defineBulkCreateJob(platform, dependencies);
  router.handle(onlineAccountOperations.listProposals, ({ query }) => listProposals(platform, query));
  router.handle(onlineAccountOperations.bulkCreateOnlineAccounts, (call) =>
    bulkCreateOnlineAccounts(platform, dependencies.people, call, call.body),
  );
}
