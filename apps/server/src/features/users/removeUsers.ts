import type { CommandResult, Selection } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, errorOf } from '../commands/index.ts';
import { changeUsers } from './changeUsers.ts';
import { confirmationProblem, planRemoveUsers } from './planRemoveUsers.ts';

/** Removes people on both sides after a snapshot; many at once only with their number confirmed. */
export function removeUsers(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  request: { readonly selection: Selection; readonly confirmation?: string | undefined },
): Promise<CommandResult> {
  return changeUsers(platform, dependencies, call, request.selection, {
    kind: 'remove-users',
    verb: 'Remove',
    auditAction: 'user.remove',
    auditVerb: 'Removed',
    plan: (people, context) => {
      const plan = planRemoveUsers(people, context);
      const problem = call.query.dryRun ? undefined : confirmationProblem(plan, request.confirmation);
      if (problem !== undefined) throw errorOf(problem);
      return plan;
    },
  });
}
