import type { Notice, Plan, PlanItem } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { countActions, plainNames, presentAction, subjectOf } from '../commands/index.ts';
import { findDiffering } from './findDiffering.ts';
import { type GuardedRound, keyOf, type Planned } from './GuardedRound.ts';
import type { PlanReader } from './PlanReader.ts';
import { withoutDestructive } from './planPerson.ts';

const HELD: Notice = {
  code: 'sync.held',
  message: 'The delete guard holds this until you decide: too many people would be blocked or removed at once.',
  remedy: 'Approve or keep it on the page Synchronization.',
};

function presentItem({ person, plan }: Planned, isHeld: boolean): PlanItem {
  const { actions } = isHeld ? withoutDestructive(plan) : plan;
  const notices = isHeld ? [HELD, ...plan.notices] : plan.notices;
  const isBlocked = actions.length === 0;
  return {
    subject: subjectOf(person),
    actions: actions.map((action) => presentAction(action, person, plainNames)),
    warnings: isBlocked ? notices.slice(1) : [...notices],
    blocked: isBlocked ? (notices[0] ?? null) : null,
  };
}

/** What the next pass would do; nothing is changed by asking. */
export async function readSyncPlan(
  platform: Platform,
  parts: { readonly reader: PlanReader; readonly guard: GuardedRound },
): Promise<Plan> {
  const differing = await findDiffering(platform.database, platform.clock.now());
  const planned = await parts.reader.planMany(differing, () => undefined);
  const held = await parts.guard.preview(planned);
  const items = planned
    .map((entry) => presentItem(entry, held.has(keyOf(entry.plan) ?? '')))
    .filter((item) => item.actions.length > 0 || item.blocked !== null || item.warnings.length > 0);
  return { items, counts: countActions(items), warnings: held.size > 0 ? [HELD] : [], blocked: null };
}
