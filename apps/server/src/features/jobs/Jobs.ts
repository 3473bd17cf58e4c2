import type { Job, JobKind, Notice } from '@isthmus/contracts';

/** One person or thing of a job. */
export interface NewJobItem<Payload extends object> {
  readonly name: string;
  readonly userId?: string;
  readonly address?: string;
  /** Stored: never a secret. */
  readonly payload: Payload;
}

export interface RunningJobItem<Payload extends object> extends NewJobItem<Payload> {
  readonly id: string;
  readonly position: number;
  /** Shows what happens to this item now. */
  readonly atStep: (step: string) => Promise<void>;
}

/** `unchanged`: it was already as wanted. */
export type ItemOutcome =
  | { readonly state: 'done' | 'unchanged' }
  | { readonly state: 'failed'; readonly problem: Notice; readonly step?: string };

export interface JobContext<Input extends object> {
  readonly jobId: string;
  readonly input: Input;
  readonly startedBy: string;
  /** Aborted when the job is cancelled or the server stops; finish the item in hand, begin no new one. */
  readonly signal: AbortSignal;
  readonly atStep: (step: string) => Promise<void>;
  /** Shows what happens to several items now. */
  readonly itemsAtStep: (itemIds: readonly string[], step: string) => Promise<void>;
}

/**
 * How one kind of job works on its items. After a crash a batch may be given again, so what it does must be
 * idempotent. A thrown error fails the items of the batch, not the job; a `DomainError` gives its notice.
 */
export interface JobDefinition<Input extends object, Payload extends object> {
  readonly kind: JobKind;
  /** Items given to `processBatch` at once. */
  readonly batchSize: number;
  /** Batches worked on at the same time. */
  readonly concurrency: number;
  readonly processBatch: (
    items: readonly RunningJobItem<Payload>[],
    context: JobContext<Input>,
  ) => Promise<readonly ItemOutcome[]>;
  /** Once, after the last batch, also when items failed or the job was cancelled: release what the job held. */
  readonly finish?: (context: JobContext<Input>) => Promise<void>;
}

export interface NewJob<Input extends object, Payload extends object> {
  readonly kind: JobKind;
  readonly title: string;
  readonly startedBy: string;
  /** Stored: never a secret. */
  readonly input: Input;
  readonly items: readonly NewJobItem<Payload>[];
}

/** Durable jobs: they survive kill -9 and go on at the next start. */
export interface Jobs {
  /** Before the server starts. */
  define<Input extends object, Payload extends object>(definition: JobDefinition<Input, Payload>): void;
  start<Input extends object, Payload extends object>(job: NewJob<Input, Payload>): Promise<Job>;
  get(id: string): Promise<Job>;
  /** Answers when the job ended or `seconds` are over. */
  wait(id: string, seconds: number): Promise<Job>;
}
