import type { CommandResult, JobKind } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import {
  type Command,
  type CommandCall,
  type CommandDependencies,
  type PlannedCommand,
  runCommand,
} from '../commands/index.ts';
import { nameOf, type Person } from '../people/index.ts';
import { readPlanNames } from './commandContext.ts';

interface SingleChange {
  readonly kind: JobKind;
  readonly verb: string;
  readonly auditAction: string;
  readonly auditVerb: string;
  readonly plan: (person: Person, keep: Parameters<Command['plan']>[0]) => Promise<PlannedCommand>;
}

/** Plans a change for one person, and starts it unless only the plan was wanted. */
export async function changeOneUser(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  userId: string,
  { kind, verb, auditAction, auditVerb, plan }: SingleChange,
): Promise<CommandResult> {
  const person = await people.get(userId);
  return runCommand(platform, call, {
    kind,
    title: `${verb} ${nameOf(person)}`,
    auditAction,
    auditVerb,
    names: await readPlanNames(platform),
    plan: (keep) => plan(person, keep),
  });
}
