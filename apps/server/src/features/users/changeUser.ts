import type { CommandResult, UserChanges } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../commands/index.ts';
import { readTenantFacts } from '../online-accounts/index.ts';
import { PlanReader } from '../sync/index.ts';
import { changeOneUser } from './changeOneUser.ts';
import { readCommandContext } from './commandContext.ts';
import { findNameHolders } from './findNameHolders.ts';
import { planChangeUser } from './planChangeUser.ts';

/** Changes properties of one person; the online account takes over what it carries too. */
export function changeUser(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  userId: string,
  request: UserChanges,
): Promise<CommandResult> {
  return changeOneUser(platform, dependencies, call, userId, {
    kind: 'change-user',
    verb: 'Change',
    auditAction: 'user.change',
    auditVerb: 'Changed',
    plan: async (person) => {
      const wanted = { userName: request.userName, upn: request.upn };
      const [{ map }, info, holders, tenant, context] = await Promise.all([
        new PlanReader(platform, dependencies.people).settings(),
        platform.connections.getDirectory().info(),
        findNameHolders(platform, wanted, person.user.id),
        readTenantFacts(platform),
        readCommandContext(platform, call.actor),
      ]);
      return planChangeUser(person, request, { upnSuffixes: info.upnSuffixes, ...holders, ...tenant, map }, context);
    },
  });
}
