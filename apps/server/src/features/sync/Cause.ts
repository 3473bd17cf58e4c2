/** Why a person is looked at. */
export interface Cause {
  /** Whose change it was; undefined when nobody's in particular. */
  readonly changedOn: 'directory' | 'online' | undefined;
  /** The latest moment at which the change was certainly not there yet. */
  readonly causedAt: Date | undefined;
}

/** Of two causes the earlier one counts, so that no delay looks shorter than it was. */
export function earlier(one: Cause | undefined, other: Cause): Cause {
  if (one?.causedAt === undefined) return other;
  return other.causedAt !== undefined && other.causedAt < one.causedAt ? other : one;
}
