import { type Logger, silentLogger } from '@isthmus/kernel';
import { WorkInterrupted } from '../../engine/WorkInterrupted.ts';
import type { FinalState, JobCounts, JobItemRow, JobRow, JobStore } from './JobStore.ts';
import type { ItemOutcome, JobContext, JobDefinition, RunningJobItem } from './Jobs.ts';
import { noticeOf } from './noticeOf.ts';

export type AnyJobDefinition = JobDefinition<object, object>;

export interface RunJobOptions {
  readonly store: JobStore;
  readonly definition: AnyJobDefinition;
  readonly job: JobRow;
  /** Aborted on cancel and on stop. */
  readonly signal: AbortSignal;
  /** True when the server stops, so that the rest is kept for the next start. */
  readonly isStopping: () => boolean;
  readonly onProgress: () => void;
  readonly logger?: Logger;
}

/** Works through the items that are not done yet, ends the job and says how it ended. */
export async function runJob(options: RunJobOptions): Promise<FinalState> {
  const { store, definition, job } = options;
  const context = contextOf(options);
  await store.begin(job.id);
  options.onProgress();
  const workers = Array.from({ length: Math.max(1, definition.concurrency) }, () => work(options, context));
  const settled = await Promise.allSettled(workers);
  const broken = settled.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  if (options.isStopping()) throw new WorkInterrupted();
  await store.cancelWaitingItems(job.id);
  await definition.finish?.(context);
  const counts = (await store.countsOf([job.id])).get(job.id);
  const state = counts === undefined ? 'done' : finalState(counts);
  await store.end(job.id, state, null);
  return state;
}

/** The end of a job follows from its items alone. */
function finalState(counts: JobCounts): FinalState {
  if (counts.cancelled > 0) return 'cancelled';
  if (counts.failed === 0) return 'done';
  return counts.done + counts.unchanged === 0 ? 'failed' : 'done-with-problems';
}

function contextOf({ job, signal, store, onProgress }: RunJobOptions): JobContext<object> {
  return {
    jobId: job.id,
    input: job.input,
    startedBy: job.started_by,
    signal,
    atStep: async (step) => {
      await store.setStep(job.id, step);
      onProgress();
    },
    itemsAtStep: async (itemIds, step) => {
      await store.setItemStep(itemIds, step);
      onProgress();
    },
  };
}

async function work(options: RunJobOptions, context: JobContext<object>): Promise<void> {
  const { store, definition, job } = options;
  while (!options.signal.aborted) {
    const rows = await store.claim(job.id, definition.batchSize);
    if (rows.length === 0) return;
    const outcomes = await process(options, context, rows);
    await store.saveOutcomes(rows.map((row, index) => ({ itemId: row.id, outcome: outcomes[index] ?? unanswered })));
    options.onProgress();
  }
}

const unanswered: ItemOutcome = { state: 'failed', problem: noticeOf(undefined) };

async function process(
  options: RunJobOptions,
  context: JobContext<object>,
  rows: readonly JobItemRow[],
): Promise<readonly ItemOutcome[]> {
  try {
    return await options.definition.processBatch(
      rows.map((row) => runningItem(row, context)),
      context,
    );
  } catch (error) {
    // A batch that was torn away by the stop is not a failed one: its items stay in hand and are given again.
    if (options.isStopping() || error instanceof WorkInterrupted) throw new WorkInterrupted();
    (options.logger ?? silentLogger).warn({ jobId: options.job.id, error }, 'a batch of a job failed');
    return rows.map(() => ({ state: 'failed', problem: noticeOf(error) }));
  }
}

function runningItem(row: JobItemRow, context: JobContext<object>): RunningJobItem<object> {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    payload: row.payload,
    ...(row.user_id === null ? {} : { userId: row.user_id }),
    ...(row.address === null ? {} : { address: row.address }),
    atStep: (step) => context.itemsAtStep([row.id], step),
  };
}
