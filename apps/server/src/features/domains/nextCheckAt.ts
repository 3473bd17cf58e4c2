const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often a domain is looked at: seldom the longer nothing has happened. `[age up to, interval]` */
const WHILE_UNPROVED = [
  [10 * MINUTE, 20 * SECOND],
  [HOUR, 2 * MINUTE],
  [DAY, 10 * MINUTE],
  [3 * DAY, HOUR],
] as const;
const WHILE_INCOMPLETE = [
  [HOUR, MINUTE],
  [DAY, 10 * MINUTE],
] as const;
const LATER = 6 * HOUR;

/** After so long without a proof somebody has to look into it. */
export const STUCK_AFTER_MS = 3 * DAY;

export interface CheckTimes {
  readonly addedAt: Date;
  readonly verifiedAt: Date | null;
  /** Every record that is needed was found. */
  readonly isComplete: boolean;
}

/** When to look at a domain again. */
export function nextCheckAt({ addedAt, verifiedAt, isComplete }: CheckTimes, now: Date): Date {
  const interval = (): number => {
    if (verifiedAt !== null && isComplete) return DAY;
    const [since, steps] = verifiedAt === null ? [addedAt, WHILE_UNPROVED] : [verifiedAt, WHILE_INCOMPLETE];
    const age = now.getTime() - since.getTime();
    return steps.find(([limit]) => age < limit)?.[1] ?? LATER;
  };
  return new Date(now.getTime() + interval());
}
