import type { FieldChange, Notice } from '@isthmus/contracts';

export interface NewTimelineEntry {
  readonly userId: string | null;
  readonly onlineAccountId?: string | null;
  readonly side: 'directory' | 'online' | 'isthmus';
  /** Stable code such as `online.sign-in-blocked`. */
  readonly event: string;
  readonly sentence: string;
  readonly actor: string;
  readonly reason?: string | null;
  /** From the cause to the proof. */
  readonly durationMs?: number | null;
  readonly changes?: readonly FieldChange[];
  readonly problem?: Notice | null;
  readonly requestId?: string | null;
  readonly jobId?: string | null;
}

/** Per person: what happened on both sides. */
export interface Timeline {
  record(entries: readonly NewTimelineEntry[]): Promise<void>;
}
