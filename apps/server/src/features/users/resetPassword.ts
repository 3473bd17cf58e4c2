import type { CommandResult } from '@isthmus/contracts';
import { Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, runCommand } from '../commands/index.ts';
import { readCommandContext, readPlanNames } from './commandContext.ts';
import { planResetPassword } from './planPasswordAndLock.ts';
import { nameOf } from './refusals.ts';

/** Sets one password on both sides. */
export async function resetPassword(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  userId: string,
  request: { readonly password: string; readonly mustChange: boolean },
): Promise<CommandResult> {
  const person = await people.get(userId);
  return runCommand(platform, call, {
    kind: 'reset-password',
    title: `Set the password of ${nameOf(person)}`,
    auditAction: 'user.reset-password',
    auditVerb: 'Set the password of',
    names: await readPlanNames(platform),
    plan: async (keep) => {
      const [{ passwordPolicy }, context, passwordRef] = await Promise.all([
        platform.connections.getDirectory().info(),
        readCommandContext(platform, call.actor),
        keep(new Secret(request.password)),
      ]);
      return planResetPassword(person, { ...request, passwordRef }, passwordPolicy, context);
    },
  });
}
