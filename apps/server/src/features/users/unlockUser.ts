import type { CommandResult } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, runCommand } from '../commands/index.ts';
import { readPlanNames } from './commandContext.ts';
import { planUnlockUser } from './planPasswordAndLock.ts';
import { nameOf } from './refusals.ts';

/** Ends a lockout in the directory. */
export async function unlockUser(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  userId: string,
): Promise<CommandResult> {
  const person = await people.get(userId);
  return runCommand(platform, call, {
    kind: 'unlock-user',
    title: `Unlock ${nameOf(person)}`,
    auditAction: 'user.unlock',
    auditVerb: 'Unlocked',
    names: await readPlanNames(platform),
    plan: async () => planUnlockUser(person),
  });
}
