const MINUTE_MS = 60_000;
const WAITS_MS = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);

/** Milliseconds to wait after so many failures in a row: a minute at first, never more than an hour. */
export function waitAfter(failedAttempts: number): number {
  return WAITS_MS[Math.min(failedAttempts, WAITS_MS.length) - 1] ?? 0;
}
