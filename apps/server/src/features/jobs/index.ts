export { DurableJobs, type DurableJobsOptions } from './DurableJobs.ts';
export type {
  ItemOutcome,
  JobContext,
  JobDefinition,
  Jobs,
  NewJob,
  NewJobItem,
  RunningJobItem,
} from './Jobs.ts';
export { noticeOf } from './noticeOf.ts';
export { type JobRouteOptions, registerJobs } from './routes.ts';
