import { answerDelta } from '../delta/answerDelta.ts';
import { directoryDialect } from '../delta/directoryDialect.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

/** GET /users/delta */
export function deltaUsers(call: GraphCall): GraphAnswer {
  const { tenant, settings } = call;
  return answerDelta(call, {
    type: userType,
    dialect: directoryDialect,
    changes: tenant.userChanges,
    lagMs: settings.lagMs.users ?? 0,
    visible: () => tenant.users.visibleValues(),
    find: (id) => tenant.users.get(id),
    read: readUser,
    changedAt: (user, name) => user.changed[name] ?? 0,
    isRestorable: (id) => tenant.deletedItems.get(id) !== undefined,
  });
}
