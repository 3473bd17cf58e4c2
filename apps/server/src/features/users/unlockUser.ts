import type { CommandResult } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../commands/index.ts';
import { changeOneUser } from './changeOneUser.ts';
import { planUnlockUser } from './planPasswordAndLock.ts';

/** Ends a lockout in the directory. */
export function unlockUser(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  userId: string,
): Promise<CommandResult> {
  return changeOneUser(platform, dependencies, call, userId, {
    kind: 'unlock-user',
    verb: 'Unlock',
    auditAction: 'user.unlock',
    auditVerb: 'Unlocked',
    plan: async (person) => planUnlockUser(person),
  });
}
