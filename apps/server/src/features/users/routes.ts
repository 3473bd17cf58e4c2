import { userOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { addUser } from './addUser.ts';
import { changeUser } from './changeUser.ts';
import { changeUsers } from './changeUsers.ts';
import { getUser } from './getUser.ts';
import { getUserOptions } from './getUserOptions.ts';
import { listUsers } from './listUsers.ts';
import { listUserTimeline } from './listUserTimeline.ts';
import { planActivateUsers } from './planActivateUsers.ts';
import { planDeactivateUsers } from './planDeactivateUsers.ts';
import { removeUsers } from './removeUsers.ts';
import { resetPassword } from './resetPassword.ts';
import { restoreUser } from './restoreUser.ts';
import { unlockUser } from './unlockUser.ts';
import { userColumns } from './userColumns.ts';

/** Registers the operations of `contracts/users.ts`. */
export function registerUserRoutes(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  const { people } = dependencies;
  router.handle(userOperations.listUsers, ({ query, actor }) => listUsers(platform, query, actor));
  router.handleText(userOperations.exportUsers, ({ query, actor }) =>
    exportList(platform.clock, {
      name: 'users',
      columns: userColumns,
      bom: query.bom,
      read: (page) => listUsers(platform, { ...query, ...page }, actor),
    }),
  );
  router.handle(userOperations.getUser, ({ params, actor }) => getUser(platform, people, params.id, actor));
  router.handle(userOperations.getUserTimeline, ({ params, query }) => listUserTimeline(platform, params.id, query));
  router.handle(userOperations.getUserOptions, () => getUserOptions(platform));
  router.handle(userOperations.addUser, (call) => addUser(platform, call, call.body));
  router.handle(userOperations.changeUser, (call) =>
    changeUser(platform, dependencies, call, call.params.id, call.body),
  );
  router.handle(userOperations.deactivateUsers, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'deactivate-users',
      verb: 'Deactivate',
      auditAction: 'user.deactivate',
      auditVerb: 'Deactivated',
      plan: planDeactivateUsers,
    }),
  );
  router.handle(userOperations.activateUsers, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'activate-users',
      verb: 'Activate',
      auditAction: 'user.activate',
      auditVerb: 'Activated',
      plan: planActivateUsers,
    }),
  );
  router.handle(userOperations.removeUsers, (call) => removeUsers(platform, dependencies, call, call.body));
  router.handle(userOperations.restoreUser, (call) => restoreUser(platform, dependencies, call, call.params.id));
  router.handle(userOperations.resetPassword, (call) =>
    resetPassword(platform, dependencies, call, call.params.id, call.body),
  );
  router.handle(userOperations.unlockUser, (call) => unlockUser(platform, dependencies, call, call.params.id));
}
