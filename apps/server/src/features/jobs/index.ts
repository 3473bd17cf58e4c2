export { DurableJobs } from './DurableJobs.ts';
export type { ItemOutcome, JobContext, RunningJobItem } from './Jobs.ts';
export { noticeOf } from './noticeOf.ts';
export { registerJobs } from './routes.ts';
