import type { FieldChange } from '@isthmus/contracts';

export interface NewAuditEntry {
  readonly actor: string;
  readonly address?: string | null;
  /** Stable code such as `user.deactivate`. */
  readonly action: string;
  /** English, past tense: `Deactivated Ada Lovelace`. */
  readonly sentence: string;
  readonly subjectUserId?: string | null;
  readonly subject?: string | null;
  readonly result: 'done' | 'failed' | 'refused' | 'started';
  readonly changes?: readonly FieldChange[];
  readonly requestId?: string | null;
  readonly jobId?: string | null;
}

/** The append-only, hash-chained record of who did what. */
export interface Audit {
  /** All of them in one step of the chain, in the order given. */
  record(...entries: readonly NewAuditEntry[]): Promise<void>;
  verify(): Promise<{ readonly intact: boolean; readonly entries: number; readonly firstBroken: number | null }>;
}
