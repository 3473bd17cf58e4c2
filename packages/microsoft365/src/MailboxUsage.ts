/** How full a mailbox was on the day of a report. */
export interface MailboxUsage {
  /** User principal name, or what stands for it where the tenant hides names in reports. */
  readonly upn: string;
  readonly displayName: string;
  readonly storageBytes: number;
  /** Above it nothing can be sent any more; undefined when the report does not tell. */
  readonly quotaBytes: number | undefined;
}

/** Usage of all mailboxes, as Microsoft counts it once a day. */
export interface MailboxUsageReport {
  /** Day of the figures, `2026-05-30`; undefined when there are none yet. */
  readonly day: string | undefined;
  /** Names are replaced by codes: a setting of the tenant. */
  readonly namesAreHidden: boolean;
  /** Those that exist; in no order. */
  readonly mailboxes: readonly MailboxUsage[];
}
