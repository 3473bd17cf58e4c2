import type { ActionType, Notice, Plan, PlanItem, SyncPerson } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { countActions, plainNames, presentAction, subjectOf } from '../commands/index.ts';
import { findDiffering } from './findDiffering.ts';
import { type GuardedRound, keyOf, type Planned } from './GuardedRound.ts';
import type { PlanReader } from './PlanReader.ts';
import { withoutDestructive } from './planPerson.ts';
import { presentSetAside } from './readSyncStatus.ts';
import type { SetAside } from './SetAside.ts';
import type { SyncSettings } from './syncSettings.ts';

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

function presentItems(planned: readonly Planned[], held: ReadonlySet<string>): PlanItem[] {
  return planned
    .map((entry) => presentItem(entry, held.has(keyOf(entry.plan) ?? '')))
    .filter((item) => item.actions.length > 0 || item.blocked !== null || item.warnings.length > 0);
}

/**
 * What the next pass would do, by the settings of now or by the given ones; nothing is changed by asking.
 */
export async function readSyncPlan(
  platform: Platform,
  parts: { readonly reader: PlanReader; readonly guard: GuardedRound },
  given?: SyncSettings,
): Promise<Plan> {
  const settings = given ?? (await parts.reader.settings());
  const differing = await findDiffering(platform.database, platform.clock.now(), settings);
  const planned = await parts.reader.plan(await parts.reader.people(differing), () => undefined, settings);
  const held = await parts.guard.preview(planned);
  const items = presentItems(planned, held);
  return { items, counts: countActions(items), warnings: held.size > 0 ? [HELD] : [], blocked: null };
}

/** One person as the pass sees the person now. @throws DomainError `users.not-found` */
export async function readSyncPerson(
  sync: { readonly reader: PlanReader; readonly guard: GuardedRound; readonly setAside: SetAside },
  userId: string,
  done: readonly ActionType[] = [],
): Promise<SyncPerson> {
  const [planned] = await sync.reader.planMany([userId], () => undefined);
  if (planned === undefined) {
    throw new DomainError({
      code: 'users.not-found',
      message: 'There is no person with this id.',
      remedy: 'Refresh the list of people, and choose the person there.',
    });
  }
  const { plan } = planned;
  const setAside = sync.setAside.find(userId);
  const [item] = presentItems([planned], await sync.guard.preview([planned]));
  return {
    userId,
    name: plan.name,
    notManaged: plan.notManaged ?? null,
    setAside: setAside === undefined ? null : presentSetAside(setAside),
    item: item ?? null,
    done: [...done],
  };
}
