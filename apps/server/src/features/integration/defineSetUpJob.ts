import type { Platform } from '../../composition/Platform.ts';
import { type ItemOutcome, type JobContext, noticeOf } from '../jobs/index.ts';
import { attemptNotFound } from './attemptRecord.ts';
import { cancelSetUp } from './cancelSetUp.ts';
import type { SetUpJobInput } from './confirmSetUp.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { runSetUp } from './runSetUp.ts';
import type { SetUpAttempt, SetUpStep } from './SetUpAttempt.ts';
import type { SetUpAttempts } from './SetUpAttempts.ts';

const LOOK_AGAIN_SECONDS = 30;

async function whenReached(attempt: SetUpAttempt, step: SetUpStep): Promise<ItemOutcome> {
  while (attempt.stepState(step) !== 'done') {
    if (attempt.ended) {
      const own = attempt.stepState(step) === 'failed';
      const problem = own && attempt.problem !== undefined ? attempt.problem : notReached(attempt);
      return { state: 'failed', problem, step };
    }
    await attempt.nextChange(LOOK_AGAIN_SECONDS);
  }
  return { state: 'done' };
}

function notReached(attempt: SetUpAttempt) {
  return {
    code: 'integration.step-not-reached',
    message: attempt.state === 'cancelled' ? 'The set-up was cancelled.' : 'A step before this one failed.',
    remedy: attempt.problem?.remedy ?? 'Start the set-up again; what it has made already is used.',
  };
}

/** The signal is the same for a cancel and for the end of the server; only a cancel removes what was made. */
async function wasCancelled(platform: Platform, jobId: string): Promise<boolean> {
  const row = await platform.database
    .selectFrom('job')
    .select('cancel_requested')
    .where('id', '=', jobId)
    .executeTakeFirst();
  return row?.cancel_requested === true;
}

async function recordEnd(platform: Platform, attempt: SetUpAttempt, context: JobContext<SetUpJobInput>): Promise<void> {
  const { tenantName, address, requestId } = context.input;
  const done = attempt.state === 'done';
  await platform.audit.record({
    actor: context.startedBy,
    address,
    action: 'integration.set-up',
    sentence: done
      ? `Integrated ${tenantName}`
      : `Integrating ${tenantName} ended: ${attempt.problem?.message ?? attempt.state}`,
    result: done ? 'done' : 'failed',
    requestId,
    jobId: context.jobId,
  });
}

/** The set-up as a job: its items are the steps, carried out by one attempt that lives in memory. */
export function defineSetUpJob(platform: Platform, parts: IntegrationParts, attempts: SetUpAttempts): void {
  platform.jobs.define<SetUpJobInput, { readonly step: SetUpStep }>({
    kind: 'set-up-integration',
    batchSize: 1,
    concurrency: 1,
    processBatch: async (items, context) => {
      const attempt = attempts.find(context.input.attemptId);
      if (attempt === undefined) return items.map(() => ({ state: 'failed', problem: noticeOf(attemptNotFound()) }));
      const { usageLocation } = context.input;
      attempt.run(() => runSetUp({ platform, parts, attempt, usageLocation }));
      const onAbort = async (): Promise<void> => {
        if (await wasCancelled(platform, context.jobId)) await cancelSetUp(platform, attempts, attempt);
        else attempt.abort();
      };
      const listener = (): void => void onAbort();
      context.signal.addEventListener('abort', listener, { once: true });
      try {
        const outcomes: ItemOutcome[] = [];
        for (const item of items) {
          await item.atStep(item.payload.step);
          outcomes.push(await whenReached(attempt, item.payload.step));
        }
        return outcomes;
      } finally {
        context.signal.removeEventListener('abort', listener);
      }
    },
    finish: async (context) => {
      const attempt = attempts.find(context.input.attemptId);
      if (attempt !== undefined) await recordEnd(platform, attempt, context);
    },
  });
}
