import { onlineAccountOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { bulkCreateOnlineAccounts } from './bulkCreateOnlineAccounts.ts';
import { defineBulkCreateJob } from './defineBulkCreateJob.ts';
import { listProposals } from './listProposals.ts';
import { proposalColumns } from './proposalColumns.ts';

/** Registers the operations of `contracts/online-accounts.ts`. */
export function registerOnlineAccounts(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  defineBulkCreateJob(platform, dependencies);
  router.handle(onlineAccountOperations.listProposals, ({ query }) => listProposals(platform, query));
  router.handleText(onlineAccountOperations.exportProposals, ({ query }) =>
    exportList(platform.clock, {
      name: 'online-account-proposals',
      columns: proposalColumns,
      bom: query.bom,
      read: (page) => listProposals(platform, { ...query, ...page }),
    }),
  );
  router.handle(onlineAccountOperations.bulkCreateOnlineAccounts, (call) =>
    bulkCreateOnlineAccounts(platform, dependencies.people, call, call.body),
  );
}
