import { userImportOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { type CommandDependencies, definePeopleJob } from '../commands/index.ts';
import { getFirstPasswords, showFirstPasswords } from './firstPasswords.ts';
import { importOnlineAccounts, listImportCandidates } from './importOnlineAccounts.ts';
import { importUsers } from './importUsers.ts';
import { readUserFile } from './readUserFile.ts';
import { userTemplate } from './userTemplate.ts';

/** People worked on at the same time: as many as a domain controller takes without making others wait. */
const CONCURRENCY = 6;

/** The operations of `contracts/userImports.ts`. */
export function registerImports(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  definePeopleJob(platform, dependencies, { kind: 'import-online-accounts', concurrency: CONCURRENCY });
  definePeopleJob(platform, dependencies, { kind: 'import-users', concurrency: CONCURRENCY });
  router.handle(userImportOperations.listImportCandidates, ({ query }) => listImportCandidates(platform, query));
  router.handle(userImportOperations.importOnlineAccounts, (call) => importOnlineAccounts(platform, call, call.body));
  router.handleText(userImportOperations.downloadUserTemplate, async ({ query }) => ({
    fileName: 'users.csv',
    text: await userTemplate(query),
  }));
  router.handle(userImportOperations.readUserFile, async ({ body }) =>
    readUserFile(Buffer.from(body.file, 'base64'), body.mapping),
  );
  router.handle(userImportOperations.importUsers, (call) =>
    importUsers(platform, dependencies.people, call, call.body),
  );
  router.handle(userImportOperations.getFirstPasswords, ({ params, actor }) =>
    getFirstPasswords(platform, params.id, actor),
  );
  router.handle(userImportOperations.showFirstPasswords, async (call) => ({
    items: await showFirstPasswords(platform, call.params.id, call),
  }));
}
