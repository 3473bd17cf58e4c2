import type { CommandResult, UserChanges } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, runCommand } from '../commands/index.ts';
import { readTenantFacts } from '../online-accounts/index.ts';
import { readCommandContext, readPlanNames } from './commandContext.ts';
import { findNameHolders } from './findNameHolders.ts';
import { planChangeUser } from './planChangeUser.ts';
import { nameOf } from './refusals.ts';

/** Changes properties of one person; the online account takes over what it carries too. */
export async function changeUser(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  userId: string,
  request: UserChanges,
): Promise<CommandResult> {
  const person = await people.get(userId);
  return runCommand(platform, call, {
    kind: 'change-user',
    title: `Change ${nameOf(person)}`,
    auditAction: 'user.change',
    auditVerb: 'Changed',
    names: await readPlanNames(platform),
    plan: async () => {
      const wanted = { userName: request.userName, upn: request.upn };
      const [info, holders, tenant, context] = await Promise.all([
        platform.connections.getDirectory().info(),
        findNameHolders(platform, wanted, person.user.id),
        readTenantFacts(platform),
        readCommandContext(platform, call.actor),
      ]);
      return planChangeUser(person, request, { upnSuffixes: info.upnSuffixes, ...holders, ...tenant }, context);
    },
  });
}
