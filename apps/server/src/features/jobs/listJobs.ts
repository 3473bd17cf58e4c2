import type { Job, JobItem } from '@isthmus/contracts';
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import type { JobItemRow, JobStore } from './JobStore.ts';
import { presentJob, presentJobItem } from './presentJob.ts';

interface ListQuery {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface Page<Item> {
  items: Item[];
  total: number;
}

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

export async function listJobs(database: Kysely<Database>, store: JobStore, query: ListQuery): Promise<Page<Job>> {
  let found = database.selectFrom('job');
  if (query.filter === 'running') found = found.where('ended_at', 'is', null);
  if (query.filter === 'problems') found = found.where('state', 'in', ['failed', 'done-with-problems']);
  if (query.q !== undefined) found = found.where('title', 'ilike', like(query.q));
  const rows = await found
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .offset(query.offset)
    .limit(query.limit)
    .execute();
  const { total } = await found.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
  const counts = await store.countsOf(rows.map((row) => row.id));
  return {
    items: rows.flatMap((row) => {
      const count = counts.get(row.id);
      return count === undefined ? [] : [presentJob(row, count)];
    }),
    total: Number(total),
  };
}

const statesOfFilter: Readonly<Record<string, readonly JobItemRow['state'][]>> = {
  failed: ['failed'],
  done: ['done', 'unchanged'],
  waiting: ['waiting', 'running'],
};

export async function listJobItems(
  database: Kysely<Database>,
  jobId: string,
  query: ListQuery,
): Promise<Page<JobItem>> {
  let found = database.selectFrom('job_item').where('job_id', '=', jobId);
  const states = statesOfFilter[query.filter ?? ''];
  if (states !== undefined) found = found.where('state', 'in', states);
  if (query.q !== undefined) found = found.where('name', 'ilike', like(query.q));
  const rows = await found.selectAll().orderBy('position').offset(query.offset).limit(query.limit).execute();
  const { total } = await found.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
  return { items: rows.map(presentJobItem), total: Number(total) };
}

export async function listAllJobItems(database: Kysely<Database>, jobId: string): Promise<readonly JobItem[]> {
  const rows = await database
    .selectFrom('job_item')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('position')
    .execute();
  return rows.map(presentJobItem);
}
