import type { RecordCheck, ZoneChange } from '@isthmus/dns';

/** A check as it is kept, with what was found out beside it. */
export interface CheckedRecord extends RecordCheck {
  /** Questions that a receiver of mail has to ask; of sender policies. */
  readonly lookups?: number;
}

/** What was written last, so that it can be taken back. */
export interface ZoneWrite {
  readonly providerId: string;
  readonly providerName: string;
  readonly zone: string;
  readonly changes: readonly ZoneChange[];
  readonly at: string;
  readonly by: string;
  readonly undone: boolean;
}
