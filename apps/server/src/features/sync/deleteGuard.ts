export interface GuardLimits {
  /** So many may always be taken away. */
  readonly minimum: number;
  /** Of all linked accounts. */
  readonly share: number;
  /** What was taken away by passes this long ago still counts, so that a slow mass removal is caught too. */
  readonly windowMs: number;
}

export const GUARD_LIMITS: GuardLimits = { minimum: 5, share: 0.05, windowMs: 10 * 60_000 };

export function guardLimitOf(linked: number, limits: GuardLimits): number {
  return Math.max(limits.minimum, Math.floor(linked * limits.share));
}

/**
 * Must what takes something away wait for a person's approval? `recent`: people from whom passes took something
 * within the window. Blocking one person again and again counts once.
 */
export function isHeld(request: {
  readonly planned: readonly string[];
  readonly recent: ReadonlySet<string>;
  readonly limit: number;
}): boolean {
  if (request.planned.length === 0) return false;
  return new Set([...request.recent, ...request.planned]).size > request.limit;
}
