import type { CommandResult } from '@isthmus/contracts';
import { Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../commands/index.ts';
import { readBannedWords } from '../password-policy/index.ts';
import { changeOneUser } from './changeOneUser.ts';
import { readCommandContext } from './commandContext.ts';
import { planResetPassword } from './planPasswordAndLock.ts';

/** Sets one password on both sides. */
export function resetPassword(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  userId: string,
  request: { readonly password: string; readonly mustChange: boolean },
): Promise<CommandResult> {
  return changeOneUser(platform, dependencies, call, userId, {
    kind: 'reset-password',
    verb: 'Set the password of',
    auditAction: 'user.reset-password',
    auditVerb: 'Set the password of',
    plan: async (person, keep) => {
      const [{ passwordPolicy: policy }, banned, context, passwordRef] = await Promise.all([
        platform.connections.getDirectory().info(),
        readBannedWords(platform.settings),
        readCommandContext(platform, call.actor),
        keep(new Secret(request.password)),
      ]);
      return planResetPassword(person, { ...request, passwordRef }, { policy, banned }, context);
    },
  });
}
