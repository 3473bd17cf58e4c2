import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from '@isthmus/contracts';
import { type Clock, DomainError, type Logger } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Engine } from '../../engine/Engine.ts';
import { WorkInterrupted } from '../../engine/WorkInterrupted.ts';
import type { LiveEvents } from '../../events/LiveEvents.ts';
import type { Database } from '../../storage/schema.ts';
import { JobStore, kindOf } from './JobStore.ts';
import type { JobDefinition, Jobs, NewJob } from './Jobs.ts';
import { presentJob } from './presentJob.ts';
import { type AnyJobDefinition, runJob } from './runJob.ts';
import { Throttled } from './Throttled.ts';

export interface DurableJobsOptions {
  readonly database: Kysely<Database>;
  readonly engine: Engine;
  readonly events: LiveEvents;
  readonly clock: Clock;
  readonly logger: Logger;
}

const WORKFLOW = 'job';
const PROGRESS_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Jobs whose items are rows: what is done is in the table, so a restart simply goes on with the rest. The engine
 * starts each job once and brings it back after a crash.
 */
export class DurableJobs implements Jobs {
  readonly #options: DurableJobsOptions;
  readonly #store: JobStore;
  readonly #definitions = new Map<string, AnyJobDefinition>();
  readonly #running = new Map<string, AbortController>();
  readonly #ended = new EventEmitter().setMaxListeners(0);
  readonly #progress: Throttled;
  #stopping = false;

  constructor(options: DurableJobsOptions) {
    this.#options = options;
    this.#store = new JobStore(options.database, options.clock);
    this.#progress = new Throttled(PROGRESS_MS, (id) => options.events.publish({ topic: 'job', id }));
    options.engine.define<{ jobId: string }>(WORKFLOW, async ({ jobId }, step) => {
      await step('work', () => this.#work(jobId).then(() => null));
    });
  }

  define<Input extends object, Payload extends object>(definition: JobDefinition<Input, Payload>): void {
    // Input and payload come back from the database exactly as this kind of job stored them.
    this.#definitions.set(definition.kind, definition as unknown as AnyJobDefinition);
  }

  async start<Input extends object, Payload extends object>(job: NewJob<Input, Payload>): Promise<Job> {
    if (!this.#definitions.has(job.kind)) throw new TypeError(`No job ${job.kind} is defined`);
    const id = randomUUID();
    await this.#store.insert(
      id,
      job,
      job.items.map(() => randomUUID()),
    );
    await this.#options.engine.run(WORKFLOW, `job:${id}`, { jobId: id });
    this.#options.events.publish({ topic: 'jobs' });
    return this.get(id);
  }

  async get(id: string): Promise<Job> {
    const row = await this.#store.find(id);
    const counts = (await this.#store.countsOf([id])).get(id);
    if (row === undefined || counts === undefined) throw notFound();
    return presentJob(row, counts);
  }

  async wait(id: string, seconds: number): Promise<Job> {
    const timeout = AbortSignal.timeout(Math.max(0, seconds) * 1000);
    // Listen first, look then: an end between the two is not missed.
    const ended = once(this.#ended, id, { signal: timeout }).catch(() => undefined);
    const job = await this.get(id);
    if (job.endedAt !== null || seconds <= 0) return job;
    await ended;
    return this.get(id);
  }

  /** Stops before the next item; what is done stays done. */
  async cancel(id: string): Promise<Job> {
    await this.get(id);
    if (!(await this.#store.requestCancel(id))) {
      throw new DomainError({
        code: 'jobs.already-ended',
        message: 'This job has ended already.',
        remedy: 'Look at its results.',
      });
    }
    this.#running.get(id)?.abort();
    this.#announce(id);
    return this.get(id);
  }

  /** A new job for the failed items of an ended one. */
  async retry(id: string, startedBy: string): Promise<Job> {
    const row = await this.#store.find(id);
    if (row === undefined) throw notFound();
    const failed = row.ended_at === null ? [] : await this.#store.listFailedItems(id);
    if (failed.length === 0) {
      throw new DomainError({
        code: 'jobs.nothing-to-retry',
        message: 'No item of this job has failed, or the job still runs.',
        remedy: 'Wait for its end; if items have failed then, try them again.',
      });
    }
    return this.start({
      kind: kindOf(row),
      title: row.title,
      startedBy,
      input: row.input,
      items: failed.map((item) => ({
        name: item.name,
        payload: item.payload,
        ...(item.user_id === null ? {} : { userId: item.user_id }),
        ...(item.address === null ? {} : { address: item.address }),
      })),
    });
  }

  /** Before the engine starts: what a crash left as running is not running now. */
  async prepare(): Promise<void> {
    await this.#store.markInterrupted();
  }

  /** After the engine started: takes up jobs that a crash cut off before the engine knew them. */
  async resume(): Promise<void> {
    for (const id of await this.#store.listUnfinished()) {
      await this.#options.engine.run(WORKFLOW, `job:${id}`, { jobId: id });
    }
  }

  /** Before the engine stops: running batches end, no new one begins. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const controller of this.#running.values()) controller.abort();
    this.#progress.clear();
  }

  /** Repeats over faults of the database until the job has ended or the server stops. */
  async #work(id: string): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        if (this.#isStopping()) throw new WorkInterrupted();
        try {
          await this.#workOnce(id, controller.signal);
          return;
        } catch (error) {
          if (this.#isStopping() || error instanceof WorkInterrupted) throw new WorkInterrupted();
          this.#options.logger.warn({ jobId: id, error }, 'a job was interrupted; it goes on in a moment');
          await delay(pause);
        }
      }
    } finally {
      this.#running.delete(id);
      if (this.#stopping) await this.#store.markInterrupted().catch(() => undefined);
    }
  }

  async #workOnce(id: string, signal: AbortSignal): Promise<void> {
    const job = await this.#store.find(id);
    if (job === undefined || job.ended_at !== null) return;
    const definition = this.#definitions.get(job.kind);
    if (definition === undefined) {
      const message = `This release does not know jobs of the kind ${job.kind}.`;
      await this.#store.end(id, 'failed', { code: 'jobs.unknown-kind', message });
    } else {
      this.#options.events.publish({ topic: 'jobs' });
      await runJob({
        store: this.#store,
        definition,
        job,
        signal,
        isStopping: () => this.#isStopping(),
        onProgress: () => this.#progress.call(id),
        logger: this.#options.logger,
      });
    }
    this.#ended.emit(id);
    this.#announce(id);
  }

  /** Asked anew each time: it changes while we wait. */
  #isStopping(): boolean {
    return this.#stopping;
  }

  #announce(id: string): void {
    this.#options.events.publish({ topic: 'job', id });
    this.#options.events.publish({ topic: 'jobs' });
  }
}

function notFound(): DomainError {
  return new DomainError({
    code: 'jobs.not-found',
    message: 'There is no such job.',
    remedy: 'Open the list of jobs again.',
  });
}
