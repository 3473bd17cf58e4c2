import type { Platform } from '../../composition/Platform.ts';
import { plainNames, presentAction, subjectOf } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { type GuardLimits, guardLimitOf, isHeld } from './deleteGuard.ts';
import { type HeldItem, type HeldPasses, heldKey } from './HeldPasses.ts';
import type { SyncPlan } from './planPerson.ts';
import type { RecentLosses } from './RecentLosses.ts';

export interface Planned {
  readonly person: Person;
  readonly plan: SyncPlan;
}

export function keyOf(plan: SyncPlan): string | undefined {
  return plan.destructive && heldKey(plan.destructive, plan.userId);
}

function heldItem({ person, plan }: Planned, key: string): HeldItem {
  return {
    key,
    userId: plan.userId,
    subject: subjectOf(person),
    actions: plan.actions.map((action) => presentAction(action, person, plainNames)),
    warnings: [],
    blocked: null,
  };
}

/** The delete guard over one round of plans: what may be taken away, and what waits for a person. */
export class GuardedRound {
  readonly #platform: Platform;
  readonly #held: HeldPasses;
  readonly #recent: RecentLosses;
  readonly #limits: GuardLimits;

  constructor(platform: Platform, parts: { held: HeldPasses; recent: RecentLosses; limits: GuardLimits }) {
    this.#platform = platform;
    this.#held = parts.held;
    this.#recent = parts.recent;
    this.#limits = parts.limits;
  }

  /** What would be held if this were done now; changes nothing. */
  async preview(planned: readonly Planned[]): Promise<ReadonlySet<string>> {
    const keys = this.#free(planned).map(({ key }) => key);
    const isStopped = this.#held.isOpen || (await this.#isTooMuch(planned)).held;
    return new Set(isStopped ? keys : []);
  }

  /** Decides, remembers what is held, and forgets what is over. @returns keys of what may be taken away */
  async decide(planned: readonly Planned[]): Promise<ReadonlySet<string>> {
    await this.#forgetWhatIsOver(planned);
    const free = this.#free(planned);
    const { held, limit } = free.length === 0 ? { held: false, limit: 0 } : await this.#isTooMuch(planned);
    const isStopped = free.length > 0 && (this.#held.isOpen || held);
    if (isStopped)
      await this.#held.hold(
        free.map(({ entry, key }) => heldItem(entry, key)),
        limit,
      );
    // Counted when allowed, not when done: many small rounds may follow each other faster than the cloud answers.
    else for (const { entry } of free) this.#recent.note(entry.plan.userId);
    const approved = planned.map(({ plan }) => keyOf(plan)).filter((key) => key && this.#held.isApproved(key));
    const allowed = [...approved, ...(isStopped ? [] : free.map(({ key }) => key))];
    return new Set(allowed.filter((key) => key !== undefined));
  }

  /** What takes something away and was neither approved nor ruled out by a person. */
  #free(planned: readonly Planned[]): { entry: Planned; key: string }[] {
    return planned.flatMap((entry) => {
      const key = keyOf(entry.plan);
      if (key === undefined || this.#held.isKept(key) || this.#held.isApproved(key)) return [];
      return [{ entry, key }];
    });
  }

  async #isTooMuch(planned: readonly Planned[]): Promise<{ readonly held: boolean; readonly limit: number }> {
    const row = await this.#platform.database
      .selectFrom('link')
      .select(({ fn }) => fn.countAll<string>().as('linked'))
      .executeTakeFirstOrThrow();
    const limit = guardLimitOf(Number(row.linked), this.#limits);
    const userIds = this.#free(planned).map(({ entry }) => entry.plan.userId);
    return { held: isHeld({ planned: userIds, recent: this.#recent.people(), limit }), limit };
  }

  async #forgetWhatIsOver(planned: readonly Planned[]): Promise<void> {
    const over: string[] = [];
    const keptOver: string[] = [];
    for (const { plan } of planned) {
      const key = keyOf(plan);
      const others = (['remove', 'block'] as const).map((kind) => heldKey(kind, plan.userId)).filter((k) => k !== key);
      over.push(...others);
      keptOver.push(...others.filter((other) => this.#held.isKept(other)));
    }
    await this.#held.drop(over);
    await this.#held.forgetKept(keptOver);
  }
}
