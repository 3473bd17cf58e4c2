/** Milliseconds between 1601-01-01, where FILETIME begins, and 1970-01-01. */
const EPOCH_DISTANCE_MS = 11_644_473_600_000n;

/** Version (`pwdLastSet`) of a password that was set at that time. */
export function passwordVersionOf(changedAt: Date): string {
  return ((BigInt(changedAt.getTime()) + EPOCH_DISTANCE_MS) * 10_000n).toString();
}

/**
 * Orders the passwords of one person. Milliseconds, because a time read as `Date` has no more of `pwdLastSet`; so what
 * the dashboard just set equals what the agent reports of it. A password that must be changed has version 0 and is
 * ordered by the time at which it was seen.
 */
export function passwordOrder(password: { readonly version: string; readonly changedAt: Date }): bigint {
  const version = /^\d+$/.test(password.version) ? BigInt(password.version) : 0n;
  return version > 0n ? version / 10_000n - EPOCH_DISTANCE_MS : BigInt(password.changedAt.getTime());
}

/**
 * Whether a version is the end of the second in which the password was written, which the agent reports of accounts that
 * must change it: for those `pwdLastSet` tells no time.
 */
export function isStampOfWrite(version: string): boolean {
  return /^\d+9999999$/.test(version);
}
