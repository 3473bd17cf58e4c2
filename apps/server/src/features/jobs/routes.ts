import { jobOperations } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Actor } from '../../http/Actor.ts';
import { exportList, writeCsv } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { Database } from '../../storage/schema.ts';
import type { Audit } from '../audit/index.ts';
import type { DurableJobs } from './DurableJobs.ts';
import { JobStore } from './JobStore.ts';
import { jobColumns, jobItemColumns } from './jobColumns.ts';
import { listAllJobItems, listJobItems, listJobs } from './listJobs.ts';

export interface JobRouteOptions {
  readonly database: Kysely<Database>;
  readonly clock: Clock;
  readonly jobs: DurableJobs;
  readonly audit: Audit;
}

/** Registers the operations of `contracts/jobs.ts`. */
export function registerJobs(router: Router, { database, clock, jobs, audit }: JobRouteOptions): void {
  const store = new JobStore(database, clock);
  const recorded = (actor: Actor, requestId: string, action: string, sentence: string, jobId: string) =>
    audit.record({ actor: actor.userName, address: actor.address, action, sentence, result: 'done', requestId, jobId });

  router.handle(jobOperations.listJobs, ({ query }) => listJobs(database, store, query));
  router.handleText(jobOperations.exportJobs, ({ query }) =>
    exportList(clock, {
      name: 'jobs',
      columns: jobColumns,
      bom: query.bom,
      read: (page) => listJobs(database, store, { ...query, ...page }),
    }),
  );
  router.handle(jobOperations.getJob, ({ params, query }) => jobs.wait(params.id, query.wait));
  router.handle(jobOperations.listJobItems, async ({ params, query }) => {
    await jobs.get(params.id);
    return listJobItems(database, params.id, query);
  });
  router.handleText(jobOperations.downloadJobResults, async ({ params, query }) => {
    const job = await jobs.get(params.id);
    const text = await writeCsv(await listAllJobItems(database, params.id), jobItemColumns, query);
    return { fileName: `${job.kind}-${job.createdAt.slice(0, 10)}.csv`, text };
  });
  router.handle(jobOperations.cancelJob, async ({ params, actor, requestId }) => {
    const job = await jobs.cancel(params.id);
    await recorded(actor, requestId, 'job.cancel', `Cancelled the job ${job.title}`, job.id);
    return job;
  });
  router.handle(jobOperations.retryJob, async ({ params, actor, requestId }) => {
    const job = await jobs.retry(params.id, actor.userName);
    await recorded(actor, requestId, 'job.retry', `Started the failed part of the job ${job.title} again`, job.id);
    return job;
  });
}
