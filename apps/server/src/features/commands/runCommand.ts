import type { CommandResult, Job, JobKind } from '@isthmus/contracts';
import { DomainError, type Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { errorOf } from './errorOf.ts';
import { forgetJobPasswords, keepJobPassword } from './jobPasswords.ts';
import type { PlannedCommand, PlannedPerson } from './PlannedCommand.ts';
import type { JobOrigin, PersonPayload } from './peopleJob.ts';
import { type PlanNames, presentPlan } from './presentPlan.ts';

/** The part of a request that decides how a command is answered. */
export interface CommandCall {
  readonly query: { readonly dryRun: boolean; readonly wait: number };
  readonly actor: Actor;
  readonly requestId: string;
}

export interface Command {
  readonly kind: JobKind;
  /** Title of the job, present tense: `Deactivate 3 people`. */
  readonly title: string;
  readonly auditAction: string;
  readonly auditVerb: string;
  /**
   * Makes the plan; `keep` seals a password for the job and answers its reference. For a dry run nothing is kept.
   */
  readonly plan: (keep: (password: Secret) => Promise<string>) => Promise<PlannedCommand>;
  readonly names: PlanNames;
}

function demandWork(plan: PlannedCommand): void {
  if (plan.blocked !== undefined) throw errorOf(plan.blocked);
  const reasons = plan.people.map((person) => person.blocked).filter((reason) => reason !== undefined);
  const [reason] = reasons;
  if (reason !== undefined && reasons.length === plan.people.length) throw errorOf(reason);
  if (plan.people.length === 0) {
    throw new DomainError({
      code: 'users.nobody-selected',
      message: 'The selection holds nobody.',
      remedy: 'Choose at least one person.',
    });
  }
}

function itemOf(planned: PlannedPerson): {
  readonly name: string;
  readonly userId?: string;
  readonly address?: string;
  readonly payload: PersonPayload;
} {
  const { subject, formerUserId, person } = planned;
  // The sync pass leaves people alone whom a job has in hand; of somebody being restored that is the former account.
  const userId = formerUserId ?? subject.userId;
  return {
    name: subject.name,
    ...(userId === null ? {} : { userId }),
    ...(subject.address === null ? {} : { address: subject.address }),
    payload: {
      userId: subject.userId,
      actions: planned.actions,
      blocked: planned.blocked ?? null,
      ...(person !== undefined && person.user === undefined ? { onlineAccountId: person.online.id } : {}),
      ...(formerUserId === undefined ? {} : { formerUserId }),
    },
  };
}

function startJob(
  platform: Platform,
  call: CommandCall,
  command: Command,
  planned: PlannedCommand,
  secrets: readonly string[],
): Promise<Job> {
  return platform.jobs.start<JobOrigin, PersonPayload>({
    kind: command.kind,
    title: command.title,
    startedBy: call.actor.userName,
    input: {
      address: call.actor.address,
      requestId: call.requestId,
      auditAction: command.auditAction,
      auditVerb: command.auditVerb,
      secrets,
    },
    items: planned.people.map(itemOf),
  });
}

/** Answers the plan of a command, or starts its job and waits for it as long as the caller wishes. */
export async function runCommand(platform: Platform, call: CommandCall, command: Command): Promise<CommandResult> {
  if (call.query.dryRun) {
    const planned = await command.plan(async () => 'dry-run');
    return { kind: 'plan', plan: presentPlan(planned, command.names) };
  }
  const secrets: string[] = [];
  const keep = async (password: Secret): Promise<string> => {
    const reference = await keepJobPassword(platform.secrets, password);
    secrets.push(reference);
    return reference;
  };
  let job: Job;
  try {
    const planned = await command.plan(keep);
    demandWork(planned);
    job = await startJob(platform, call, command, planned, secrets);
  } catch (error) {
    await forgetJobPasswords(platform.secrets, secrets);
    throw error;
  }
  return { kind: 'job', job: call.query.wait > 0 ? await platform.jobs.wait(job.id, call.query.wait) : job };
}
