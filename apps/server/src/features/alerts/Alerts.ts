import type { Alert } from '@isthmus/contracts';

export interface NewAlert {
  readonly code: string;
  readonly severity: Alert['severity'];
  readonly title: string;
  readonly detail: string;
  readonly remedy?: string;
  /** The person; for codes that begin with `groups.` the group. */
  readonly subjectUserId?: string;
  readonly subject?: string;
}

/** Conditions that need a person. At most one open alert for a code and subject. */
export interface Alerts {
  /** Raises it, or brings the open one up to date. */
  raise(alert: NewAlert): Promise<void>;
  /** The condition is over; nothing open counts as resolved. */
  resolve(code: string, subjectUserId?: string): Promise<void>;
}
