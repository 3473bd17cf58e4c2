import { onlineAccountMatchOperations, onlineAccountOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { bulkCreateOnlineAccounts } from './bulkCreateOnlineAccounts.ts';
import { defineBulkCreateJob } from './defineBulkCreateJob.ts';
import { listMatches } from './listMatches.ts';
import { getOnlineAccount, listOnlineAccounts } from './listOnlineAccounts.ts';
import { listProposals } from './listProposals.ts';
import { onlineAccountColumns } from './onlineAccountColumns.ts';
import { proposalColumns } from './proposalColumns.ts';

/** The operations of `contracts/online-accounts.ts`, but those about linked people, which the users feature has. */
export function registerOnlineAccounts(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  defineBulkCreateJob(platform, dependencies);
  router.handle(onlineAccountOperations.listOnlineAccounts, ({ query, actor }) =>
    listOnlineAccounts(platform, query, actor),
  );
  router.handleText(onlineAccountOperations.exportOnlineAccounts, ({ query, actor }) =>
    exportList(platform.clock, {
      name: 'online-accounts',
      columns: onlineAccountColumns,
      bom: query.bom,
      read: (page) => listOnlineAccounts(platform, { ...query, ...page }, actor),
    }),
  );
  router.handle(onlineAccountOperations.getOnlineAccount, ({ params, actor }) =>
    getOnlineAccount(platform, params.id, actor),
  );
  router.handle(onlineAccountMatchOperations.listMatches, ({ query }) => listMatches(platform, query));
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
