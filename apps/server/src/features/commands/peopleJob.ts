import type { JobKind, Notice } from '@isthmus/contracts';
import { isDomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { NewAuditEntry } from '../audit/index.ts';
import { noticeOf } from '../jobs/index.ts';
import type { PerformContext, Performer, PerformResult, PersonStore, SyncTrigger } from '../people/index.ts';
import { forgetJobPasswords } from './jobPasswords.ts';
import type { PlannedAction } from './PlannedCommand.ts';
import { reviveActions } from './storedActions.ts';

/** Who asked for a job, so that its audit entries can say it; stored with the job. */
export interface JobOrigin {
  readonly address: string;
  readonly requestId: string;
  /** Code of the audit entries, such as `user.deactivate`. */
  readonly auditAction: string;
  /** Past tense, for the sentence of the audit entries: `Deactivated`. */
  readonly auditVerb: string;
  /** References of passwords that the job holds. */
  readonly secrets: readonly string[];
}

/** What a job keeps of one planned person. */
export interface PersonPayload {
  /** Null for somebody about to be added, and for an online account that no user has. */
  readonly userId: string | null;
  /** Of an account that no user has. */
  readonly onlineAccountId?: string;
  /** The removed account that actions with `on: former` are about. */
  readonly formerUserId?: string;
  readonly actions: readonly PlannedAction[];
  readonly blocked: Notice | null;
}

/** What the command features need of each other's work. */
export interface CommandDependencies {
  readonly people: PersonStore;
  readonly performer: Performer;
  readonly sync: SyncTrigger;
}

export interface PersonWork {
  readonly name: string;
  readonly address?: string;
  readonly payload: PersonPayload;
  readonly atStep: (step: string) => Promise<void>;
}

export type PersonOutcome =
  | { readonly state: 'done' | 'unchanged'; readonly userId: string | undefined }
  | { readonly state: 'failed'; readonly problem: Notice; readonly step?: string; readonly userId: string | undefined };

const LATER_BY_ITSELF = 'Nothing to do: Isthmus does it by itself as soon as Microsoft 365 answers again.';

/** The sync pass brings the online side into line, so a failure there that time heals needs nobody. */
function problemOf(error: unknown, step: string, userId: string | undefined): Notice {
  const notice = noticeOf(error);
  const healsItself = isDomainError(error) && error.retryable && step !== 'online.create' && userId !== undefined;
  return healsItself && step.startsWith('online.') ? { ...notice, remedy: LATER_BY_ITSELF } : notice;
}

/** Carries out the actions of one person in order; after one that fails it stops, unless told to go on. */
export async function performActions(
  work: PersonWork,
  context: PerformContext,
  performer: Performer,
  afterFailure: 'stop' | 'go-on' = 'stop',
): Promise<PersonOutcome> {
  const { payload } = work;
  let userId = payload.userId ?? undefined;
  if (payload.blocked !== null) return { state: 'failed', problem: payload.blocked, userId };
  let changed = false;
  let failure: PersonOutcome | undefined;
  const perform = async (planned: PlannedAction): Promise<PerformResult> => {
    const isNew = planned.action.type === 'directory.add-user';
    const subject = planned.on === 'former' ? payload.formerUserId : userId;
    await work.atStep(planned.action.type);
    if (payload.onlineAccountId !== undefined) {
      return performer.performOnAccount(payload.onlineAccountId, planned, context);
    }
    return performer.perform(isNew ? undefined : subject, planned, context);
  };
  for (const planned of reviveActions(payload.actions)) {
    try {
      const result = await perform(planned);
      if (planned.on !== 'former') userId = result.userId;
      changed ||= result.state === 'done';
    } catch (error) {
      const step = planned.action.type;
      failure ??= { state: 'failed', problem: problemOf(error, step, userId), step, userId };
      if (afterFailure === 'stop' && planned.afterFailure !== 'go-on') break;
    }
  }
  return failure ?? { state: changed ? 'done' : 'unchanged', userId };
}

/** Writes an audit entry for everybody with whom something happened. */
export async function recordOutcomes(
  platform: Platform,
  job: { readonly jobId: string; readonly startedBy: string; readonly input: JobOrigin },
  outcomes: readonly { readonly name: string; readonly outcome: PersonOutcome }[],
): Promise<void> {
  const origin = job.input;
  const told = outcomes.filter(({ outcome }) => outcome.state !== 'unchanged');
  await platform.audit.record(
    ...told.map(({ name, outcome }): NewAuditEntry => {
      const failure = outcome.state === 'failed' ? `: failed. ${outcome.problem.message}` : '';
      return {
        actor: job.startedBy,
        address: origin.address,
        action: origin.auditAction,
        sentence: `${origin.auditVerb} ${name}${failure}`,
        subjectUserId: outcome.userId ?? null,
        subject: name,
        result: failure === '' ? 'done' : 'failed',
        requestId: origin.requestId,
        jobId: job.jobId,
      };
    }),
  );
}

/** Defines the job of one command that works person by person. */
export function definePeopleJob(
  platform: Platform,
  dependencies: CommandDependencies,
  choice: {
    readonly kind: JobKind;
    readonly concurrency: number;
    /** `stop` when left out. */
    readonly afterFailure?: 'stop' | 'go-on';
    /** Once all actions of a person are done. */
    readonly onDone?: (payload: PersonPayload) => Promise<void>;
  },
): void {
  platform.jobs.define<JobOrigin, PersonPayload>({
    kind: choice.kind,
    batchSize: 1,
    concurrency: choice.concurrency,
    processBatch: async (items, context) => {
      const outcomes: PersonOutcome[] = [];
      for (const item of items) {
        const performContext: PerformContext = {
          actor: context.startedBy,
          lane: 'interactive',
          jobId: context.jobId,
          requestId: context.input.requestId,
        };
        const outcome = await performActions(item, performContext, dependencies.performer, choice.afterFailure);
        if (outcome.state !== 'failed') await choice.onDone?.(item.payload);
        await recordOutcomes(platform, context, [{ name: item.name, outcome }]);
        if (outcome.userId !== undefined) dependencies.sync.lookAgain([outcome.userId]);
        outcomes.push(outcome);
      }
      return outcomes;
    },
    finish: async (context) => forgetJobPasswords(platform.secrets, context.input.secrets),
  });
}
