import {
  licenseOperations,
  onlineAccountMatchOperations,
  onlineAccountOperations,
  signInNameOperations,
  userOperations,
} from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { readLicenses } from '../online-accounts/index.ts';
import { addUser } from './addUser.ts';
import { assignOnlineAccounts } from './assignOnlineAccounts.ts';
import { changeLicenses } from './changeLicenses.ts';
import { changeUser } from './changeUser.ts';
import { changeAccounts, changeUsers } from './changeUsers.ts';
import { getUser } from './getUser.ts';
import { getUserOptions } from './getUserOptions.ts';
import { listUsers } from './listUsers.ts';
import { listUserTimeline } from './listUserTimeline.ts';
import { offboardUsers } from './offboarding/offboardUsers.ts';
import { planActivateUsers } from './planActivateUsers.ts';
import { planDeactivateUsers } from './planDeactivateUsers.ts';
import { planLockUsers } from './planLockUsers.ts';
import {
  planAllowOnline,
  planBlockOnline,
  planRemoveOnline,
  planRestoreOnline,
  planUnassign,
  planUnlink,
} from './planOnlineSide.ts';
import { removeUsers } from './removeUsers.ts';
import { resetPassword } from './resetPassword.ts';
import { restoreUser } from './restoreUser.ts';
import { changeSignInNames } from './sign-in-names/changeSignInNames.ts';
import { unlockUser } from './unlockUser.ts';
import { userColumns } from './userColumns.ts';

/** Commands about the online side of people. */
function registerLinkedSide(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  router.handle(onlineAccountOperations.assignOnlineAccount, (call) =>
    assignOnlineAccounts(platform, dependencies, call, [{ userId: call.body.userId, onlineAccountId: call.params.id }]),
  );
  router.handle(onlineAccountMatchOperations.matchOnlineAccounts, (call) =>
    assignOnlineAccounts(platform, dependencies, call, call.body.pairs),
  );
  router.handle(onlineAccountOperations.unassignOnlineAccounts, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'unassign-online-accounts',
      verb: 'Unassign the online account of',
      auditAction: 'online-account.unassign',
      auditVerb: 'Unassigned the online account of',
      plan: planUnassign,
    }),
  );
  router.handle(onlineAccountOperations.unlinkOnlineAccounts, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'unlink-online-accounts',
      verb: 'Unlink the online account of',
      auditAction: 'online-account.unlink',
      auditVerb: 'Unlinked the online account of',
      plan: planUnlink,
    }),
  );
  router.handle(onlineAccountOperations.removeOnlineAccounts, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'remove-online-accounts',
      verb: 'Remove the online account of',
      auditAction: 'online-account.remove',
      auditVerb: 'Removed the online account of',
      plan: planRemoveOnline,
    }),
  );
}

/** Commands about the online side, whether a user has the account or not. */
function registerOnlineSide(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  router.handle(signInNameOperations.changeSignInNames, (call) =>
    changeSignInNames(platform, dependencies, call, call.body),
  );
  router.handle(licenseOperations.changeLicenses, (call) => changeLicenses(platform, dependencies, call, call.body));
  router.handle(onlineAccountOperations.blockOnlineAccounts, (call) =>
    changeAccounts(platform, dependencies, call, call.body.selection, {
      kind: 'block-online-accounts',
      verb: 'Block the online sign-in of',
      auditAction: 'online-account.block',
      auditVerb: 'Blocked the online sign-in of',
      plan: planBlockOnline,
    }),
  );
  router.handle(onlineAccountOperations.restoreOnlineAccounts, (call) =>
    changeAccounts(
      platform,
      dependencies,
      call,
      { ids: [], accountIds: call.body.accountIds },
      {
        kind: 'restore-online-accounts',
        verb: 'Restore the online account of',
        auditAction: 'online-account.restore',
        auditVerb: 'Restored the online account of',
        plan: planRestoreOnline,
      },
    ),
  );
  router.handle(onlineAccountOperations.allowOnlineAccounts, async (call) => {
    const licenses = await readLicenses(platform);
    return changeAccounts(platform, dependencies, call, call.body.selection, {
      kind: 'allow-online-accounts',
      verb: 'Allow the online sign-in of',
      auditAction: 'online-account.allow',
      auditVerb: 'Allowed the online sign-in of',
      plan: (selected, { now }) => planAllowOnline(selected, { now, licenses }),
    });
  });
}

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
  router.handle(userOperations.addUser, (call) => addUser(platform, people, call, call.body));
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
  router.handle(userOperations.lockUsers, (call) =>
    changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'lock-users',
      verb: 'Lock',
      auditAction: 'user.lock',
      auditVerb: 'Locked',
      plan: planLockUsers,
    }),
  );
  router.handle(userOperations.activateUsers, async (call) => {
    const licenses = await readLicenses(platform);
    return changeUsers(platform, dependencies, call, call.body.selection, {
      kind: 'activate-users',
      verb: 'Activate',
      auditAction: 'user.activate',
      auditVerb: 'Activated',
      plan: (selected, context) => planActivateUsers(selected, context, licenses),
    });
  });
  router.handle(userOperations.offboardUsers, (call) => offboardUsers(platform, dependencies, call, call.body));
  router.handle(userOperations.removeUsers, (call) => removeUsers(platform, dependencies, call, call.body));
  router.handle(userOperations.restoreUser, (call) => restoreUser(platform, dependencies, call, call.params.id));
  router.handle(userOperations.resetPassword, (call) =>
    resetPassword(platform, dependencies, call, call.params.id, call.body),
  );
  router.handle(userOperations.unlockUser, (call) => unlockUser(platform, dependencies, call, call.params.id));
  registerLinkedSide(router, platform, dependencies);
  registerOnlineSide(router, platform, dependencies);
}
