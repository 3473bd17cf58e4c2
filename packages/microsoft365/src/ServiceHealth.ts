/** Trouble of a Microsoft service that is not over yet. */
export interface ServiceIssue {
  readonly id: string;
  /** Microsoft's name of the service: "Exchange Online". */
  readonly service: string;
  readonly title: string;
  /** What people notice. */
  readonly impact: string;
  /** True while something does not work, false for what is only looked at. */
  readonly isIncident: boolean;
  readonly startedAt: Date | undefined;
}

/** Something that Microsoft announces to administrators. */
export interface ServiceMessage {
  readonly id: string;
  readonly services: readonly string[];
  readonly title: string;
  readonly isMajorChange: boolean;
  /** Until when something has to be done. */
  readonly actionBy: Date | undefined;
  readonly updatedAt: Date | undefined;
}
