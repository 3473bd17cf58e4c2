import { GUARD_LIMITS, guardLimitOf } from '../sync/index.ts';

export interface GroupMembersFacts {
  /** Online accounts of the people who are members in the directory. */
  readonly wanted: ReadonlySet<string>;
  /** Members of the online group now. */
  readonly current: ReadonlySet<string>;
  /** Online accounts that are linked to somebody: of the others we know nothing, so they stay. */
  readonly linked: ReadonlySet<string>;
  /** Whose removal a person has approved. */
  readonly approved: ReadonlySet<string>;
}

export interface GroupMembersPlan {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** To be removed, but so many at once that a person has to approve it. */
  readonly held: readonly string[];
}

/**
 * Pure: what brings the online group into step with the directory group. Accounts that exist only online are left alone.
 * More than max(5, 5 %) removals at once wait for approval; additions never do.
 */
export function planGroupMembers({ wanted, current, linked, approved }: GroupMembersFacts): GroupMembersPlan {
  const add = [...wanted].filter((id) => !current.has(id));
  const leaving = [...current].filter((id) => linked.has(id) && !wanted.has(id));
  const unapproved = leaving.filter((id) => !approved.has(id));
  const isHeld = unapproved.length > guardLimitOf(current.size, GUARD_LIMITS);
  const held = isHeld ? unapproved : [];
  return { add, remove: leaving.filter((id) => !held.includes(id)), held };
}
