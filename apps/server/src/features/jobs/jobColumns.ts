import type { Job, JobItem } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The list of jobs as a file. */
export const jobColumns: readonly CsvColumn<Job>[] = [
  { name: 'createdAt', value: (job) => job.createdAt },
  { name: 'kind', value: (job) => job.kind },
  { name: 'title', value: (job) => job.title },
  { name: 'state', value: (job) => job.state },
  { name: 'startedBy', value: (job) => job.startedBy },
  { name: 'endedAt', value: (job) => job.endedAt },
  { name: 'total', value: (job) => job.counts.total },
  { name: 'done', value: (job) => job.counts.done },
  { name: 'unchanged', value: (job) => job.counts.unchanged },
  { name: 'failed', value: (job) => job.counts.failed },
  { name: 'id', value: (job) => job.id },
];

/** What a job did for each one, as a file. */
export const jobItemColumns: readonly CsvColumn<JobItem>[] = [
  { name: 'position', value: (item) => item.position + 1 },
  { name: 'name', value: (item) => item.name },
  { name: 'address', value: (item) => item.address },
  { name: 'state', value: (item) => item.state },
  { name: 'step', value: (item) => item.step },
  { name: 'code', value: (item) => item.problem?.code },
  { name: 'problem', value: (item) => item.problem?.message },
  { name: 'remedy', value: (item) => item.problem?.remedy },
  { name: 'endedAt', value: (item) => item.endedAt },
];
