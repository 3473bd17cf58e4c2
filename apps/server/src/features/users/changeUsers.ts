import type { CommandResult, JobKind, Selection } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, type PlannedCommand, runCommand } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { readCommandContext, readPlanNames, resolveSelection, titleFor, withUnknown } from './commandContext.ts';
import { type CommandContext, nameOf } from './refusals.ts';

/** One kind of change that can be made to many people at once. */
export interface BulkChange {
  readonly kind: JobKind;
  readonly verb: string;
  readonly auditAction: string;
  readonly auditVerb: string;
  readonly plan: (people: readonly Person[], context: CommandContext) => PlannedCommand;
}

/** Plans a change for a selection of people, and starts it unless only the plan was wanted. */
export async function changeUsers(
  platform: Platform,
  { people: store }: CommandDependencies,
  call: CommandCall,
  selection: Selection,
  change: BulkChange,
): Promise<CommandResult> {
  const [{ people, unknownIds }, context, names] = await Promise.all([
    resolveSelection(platform, store, selection),
    readCommandContext(platform, call.actor),
    readPlanNames(platform),
  ]);
  return runCommand(platform, call, {
    kind: change.kind,
    title: titleFor(
      change.verb,
      people.map((person) => ({ name: nameOf(person) })),
    ),
    auditAction: change.auditAction,
    auditVerb: change.auditVerb,
    names,
    plan: async () => withUnknown(change.plan(people, context), unknownIds),
  });
}
