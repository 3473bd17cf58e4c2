import type { CommandResult, Job, JobItem, JobKind, Notice } from '@isthmus/contracts';
import type { FakeWorld } from './FakeWorld.ts';

export interface FakeItem {
  readonly name: string;
  readonly userId: string | null;
  readonly address: string | null;
  readonly step: string;
  /** The change to make, or why it fails. */
  readonly act: () => Notice | undefined;
}

export interface JobRequest {
  readonly kind: JobKind;
  readonly title: string;
  readonly items: readonly FakeItem[];
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function newJob(world: FakeWorld, { kind, title, items }: JobRequest): Job {
  const now = new Date().toISOString();
  return {
    id: world.nextId(),
    kind,
    title,
    state: 'running',
    startedBy: 'Ana Abe',
    createdAt: now,
    startedAt: now,
    endedAt: null,
    step: items[0]?.step ?? null,
    counts: { total: items.length, done: 0, unchanged: 0, failed: 0 },
    problem: null,
    may: { cancel: true, retry: false },
  };
}

async function run(world: FakeWorld, job: Job, items: readonly FakeItem[], rows: readonly JobItem[]): Promise<void> {
  for (const [index, item] of items.entries()) {
    const row = rows[index];
    if (row === undefined) break;
    if (job.state === 'cancelled') {
      row.state = 'cancelled';
      continue;
    }
    row.state = 'running';
    await pause(world.options.itemMs);
    const problem = item.act();
    row.state = problem === undefined ? 'done' : 'failed';
    row.problem = problem ?? null;
    row.endedAt = new Date().toISOString();
    job.counts[problem === undefined ? 'done' : 'failed'] += 1;
    world.tell({ topic: 'job', id: job.id });
    world.tell({ topic: 'users', ids: null });
  }
  if (job.state === 'running') job.state = endState(job);
  job.endedAt = new Date().toISOString();
  job.step = null;
  job.may = { cancel: false, retry: job.counts.failed > 0 };
  world.tell({ topic: 'job', id: job.id });
  world.tell({ topic: 'jobs' });
}

function endState(job: Job): Job['state'] {
  if (job.counts.failed === 0) return 'done';
  return job.counts.failed === job.counts.total ? 'failed' : 'done-with-problems';
}

/** Starts a job that works through its items one by one, and waits for it at most so long. */
export async function startJob(world: FakeWorld, request: JobRequest, waitSeconds: number): Promise<CommandResult> {
  const job = newJob(world, request);
  const rows = request.items.map<JobItem>((item, position) => ({
    id: world.nextId(),
    position,
    name: item.name,
    subjectUserId: item.userId,
    address: item.address,
    state: 'waiting',
    step: item.step,
    problem: null,
    endedAt: null,
  }));
  world.jobs.unshift(job);
  world.items.set(job.id, rows);
  world.tell({ topic: 'jobs' });
  const ended = run(world, job, request.items, rows);
  await Promise.race([ended, pause(waitSeconds * 1000)]);
  return { kind: 'job', job };
}
