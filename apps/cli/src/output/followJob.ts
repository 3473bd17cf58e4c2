import type { ApiClient } from '@isthmus/api-client';
import type { Job, JobItem } from '@isthmus/contracts';
import { ExitCode } from '../ExitCode.ts';
import type { Output } from './Output.ts';

const ENDED: readonly Job['state'][] = ['done', 'done-with-problems', 'failed', 'cancelled'];
const WAIT_SECONDS = 10;
const PAGE = 500;

const hasEnded = (job: Job): boolean => ENDED.includes(job.state);

export function exitCodeOf(job: Job): number {
  switch (job.state) {
    case 'done-with-problems':
      return ExitCode.partlyFailed;
    case 'failed':
    case 'cancelled':
      return ExitCode.failed;
    default:
      return ExitCode.ok;
  }
}

function progress(output: Output, job: Job): void {
  const { done, unchanged, failed, total } = job.counts;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  output.note(
    `${job.title}: ${done + unchanged} of ${total} done${failures}${job.step === null ? '' : `, ${job.step}`}`,
  );
}

export async function allItems(api: ApiClient, jobId: string, filter?: string): Promise<JobItem[]> {
  const items: JobItem[] = [];
  for (;;) {
    const page = await api.call('listJobItems', {
      params: { id: jobId },
      query: { offset: items.length, limit: PAGE, ...(filter === undefined ? {} : { filter }) },
    });
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

/** Shows the progress of a job until it ends, then its result. @returns the exit code */
export async function followJob(api: ApiClient, output: Output, started: Job): Promise<number> {
  let job = started;
  let last = '';
  while (!hasEnded(job)) {
    const now = JSON.stringify([job.counts, job.step]);
    if (now !== last) progress(output, job);
    last = now;
    job = await api.call('getJob', {
      params: { id: job.id },
      query: { wait: job.counts.total > 1 ? 1 : WAIT_SECONDS },
    });
  }
  const failed = job.counts.failed === 0 ? [] : await allItems(api, job.id, 'failed');
  output.result({ ...job, failed }, () => {
    output.line(
      `${job.title}: ${job.state} (${job.counts.done} done, ${job.counts.unchanged} unchanged, ${job.counts.failed} failed)`,
    );
    if (job.problem !== null) output.notice('Problem', job.problem);
    for (const item of failed) {
      if (item.problem !== null) output.notice(item.name, item.problem);
    }
    if (failed.length > 0) output.note(`Mend the causes, then run: isthmus job retry ${job.id}`);
  });
  return exitCodeOf(job);
}
