import type { AccountSelection, CommandResult, JobKind, Selection } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, type PlannedCommand, runCommand } from '../commands/index.ts';
import { nameOf, type Person, type PersonOrAccount } from '../people/index.ts';
import {
  type ResolvedSelection,
  readCommandContext,
  readPlanNames,
  resolveAccounts,
  resolveSelection,
  titleFor,
  withUnknown,
} from './commandContext.ts';
import type { CommandContext } from './refusals.ts';

/** One kind of change that can be made to many people at once. */
export interface BulkChange<Who extends PersonOrAccount = Person> {
  readonly kind: JobKind;
  readonly verb: string;
  readonly auditAction: string;
  readonly auditVerb: string;
  readonly plan: (people: readonly Who[], context: CommandContext) => PlannedCommand;
}

async function change<Who extends PersonOrAccount>(
  platform: Platform,
  call: CommandCall,
  selected: Promise<ResolvedSelection<Who>>,
  { plan, verb, ...command }: BulkChange<Who>,
): Promise<CommandResult> {
  const [{ people, unknownIds }, context, names] = await Promise.all([
    selected,
    readCommandContext(platform, call.actor),
    readPlanNames(platform),
  ]);
  return runCommand(platform, call, {
    ...command,
    title: titleFor(
      verb,
      people.map((person) => ({ name: nameOf(person) })),
    ),
    names,
    plan: async () => withUnknown(plan(people, context), unknownIds),
  });
}

/** Plans a change for a selection of people, and starts it unless only the plan was wanted. */
export function changeUsers(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  selection: Selection,
  bulk: BulkChange,
): Promise<CommandResult> {
  return change(platform, call, resolveSelection(platform, people, selection), bulk);
}

/** The same for a change of the online side, which accounts without a user can have, too. */
export function changeAccounts(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  selection: AccountSelection,
  bulk: BulkChange<PersonOrAccount>,
): Promise<CommandResult> {
  return change(platform, call, resolveAccounts(platform, people, selection), bulk);
}
