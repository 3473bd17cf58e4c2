import type { Notice, NotManagedReason } from '@isthmus/contracts';
import type { OnlineAccount } from '@isthmus/microsoft365';
import type { Person, PersonPlan, ReasonedAction } from '../people/index.ts';
import { planAddress } from './planAddress.ts';
import { planFields } from './planFields.ts';
import { whyNotManaged } from './scope.ts';
import { driftPolicyOf, type SyncSettings } from './syncSettings.ts';

export interface PlanInput {
  readonly person: Person;
  readonly settings: SyncSettings;
  readonly now: Date;
  /** Which side's change made us look; undefined = a compare of everything. */
  readonly changedOn?: 'directory' | 'online' | undefined;
  /** Does somebody or something else in the tenant have this address? */
  readonly isAddressTaken: (address: string) => boolean;
}

/** What the sync pass would do for one person. */
export interface SyncPlan extends PersonPlan {
  /** Set when the plan takes something away; then the delete guard counts it. */
  readonly destructive: 'remove' | 'block' | undefined;
  /** Set when the person is outside the scope and therefore left alone. */
  readonly notManaged: NotManagedReason | undefined;
  /** What is not done, and why; for a person to look at. */
  readonly notices: readonly Notice[];
}

interface Draft {
  readonly actions: readonly ReasonedAction[];
  readonly notices: readonly Notice[];
  readonly destructive?: 'remove' | 'block' | undefined;
}

/** Somebody may come back while the removal is under way. */
const RETURN_TOLERANCE_MS = 60_000;

const NOTHING: Draft = { actions: [], notices: [] };

function only(code: string, message: string, remedy: string): Draft {
  return { actions: [], notices: [{ code, message, remedy }] };
}

function act(
  reason: string,
  ...types: (
    | 'snapshot.take'
    | 'online.block-sign-in'
    | 'online.revoke-sessions'
    | 'online.remove'
    | 'online.restore'
    | 'online.allow-sign-in'
  )[]
): ReasonedAction[] {
  return types.map((type) => ({ action: { type }, reason }));
}

/** Administrators are never blocked or removed by a pass: a mistake would lock everybody out. */
function isProtected(person: Person): boolean {
  return (
    person.user.protectedAdministrator || person.accessLevel === 'administrator' || person.tenantRole !== undefined
  );
}

/** Why the person must not sign in, if so. */
export function inactiveReason(person: Person, now: Date): string | undefined {
  const { enabled, expiresAt } = person.user;
  if (!enabled) return 'user-disabled';
  return expiresAt !== undefined && expiresAt <= now ? 'user-expired' : undefined;
}

function planRemoval(person: Person, online: OnlineAccount): Draft {
  if (isProtected(person)) {
    return only(
      'sync.protected-not-removed',
      'The user account of this administrator was removed; the online account was not touched.',
      'Remove the online account yourself when it is no longer needed.',
    );
  }
  const block = online.signInAllowed
    ? act('user-removed', 'online.block-sign-in', 'online.revoke-sessions')
    : act('user-removed', ...(person.link?.revokeDue ? (['online.revoke-sessions'] as const) : []));
  return {
    actions: [...act('user-removed', 'snapshot.take'), ...block, ...act('user-removed', 'online.remove')],
    notices: [],
    destructive: 'remove',
  };
}

function planInactive(person: Person, online: OnlineAccount, reason: string): Draft {
  if (!online.signInAllowed) {
    return person.link?.revokeDue ? { actions: act(reason, 'online.revoke-sessions'), notices: [] } : NOTHING;
  }
  if (isProtected(person)) {
    return only(
      'sync.protected-not-blocked',
      'The user account of this administrator may not sign in any more; the online sign-in was not touched.',
      'Block the online sign-in yourself if that is meant.',
    );
  }
  return {
    actions: act(reason, 'online.block-sign-in', 'online.revoke-sessions'),
    notices: [],
    destructive: 'block',
  };
}

function planActive(person: Person, online: OnlineAccount, settings: SyncSettings): Draft {
  const ours = person.link?.blockedByUs === true;
  // Allowed already, and yet marked as ours: the mark of a block that never came about is taken back.
  if (online.signInAllowed) {
    return ours || person.link?.revokeDue
      ? { actions: act('user-enabled', 'online.allow-sign-in'), notices: [] }
      : NOTHING;
  }
  const policy = driftPolicyOf(settings, 'signInAllowed');
  if (ours || policy === 'overwrite') return { actions: act('user-enabled', 'online.allow-sign-in'), notices: [] };
  if (policy === 'leave') return NOTHING;
  return only(
    'sync.blocked-online',
    'The sign-in was blocked in Microsoft 365, not by Isthmus, although the user account is active.',
    'Find out why; then activate the person here, or deactivate the user account too.',
  );
}

/** Somebody decided that this sign-in stays blocked; only an administrator of Isthmus lifts that. */
function planHeld(person: Person, online: OnlineAccount): Draft {
  if (online.signInAllowed) {
    return { actions: act('online-held', 'online.block-sign-in', 'online.revoke-sessions'), notices: [] };
  }
  return person.link?.revokeDue ? { actions: act('online-held', 'online.revoke-sessions'), notices: [] } : NOTHING;
}

function planState(input: PlanInput, online: OnlineAccount): Draft {
  if (input.person.link?.hold !== undefined) return planHeld(input.person, online);
  const reason = inactiveReason(input.person, input.now);
  return reason === undefined
    ? planActive(input.person, online, input.settings)
    : planInactive(input.person, online, reason);
}

function planProperties(input: PlanInput, online: OnlineAccount): Draft {
  const { person, settings, changedOn } = input;
  const reason = changedOn === 'online' ? 'changed-online' : changedOn === 'directory' ? 'user-changed' : 'differs';
  const { changes, notices } = planFields(person.user, online, settings);
  const { upn, notice } = planAddress({ ...person, online }, settings, input.isAddressTaken);
  const actions: ReasonedAction[] = [];
  if (Object.keys(changes).length > 0) actions.push({ action: { type: 'online.change', changes }, reason });
  // Alone, because a refused address would take the other changes down with it.
  if (upn !== undefined) actions.push({ action: { type: 'online.change', changes: { upn } }, reason: 'user-renamed' });
  return { actions, notices: notice === undefined ? notices : [...notices, notice] };
}

function planAlive(input: PlanInput, online: OnlineAccount): Draft {
  if (input.person.removedAt !== undefined) return planRemoval(input.person, online);
  const state = planState(input, online);
  const properties = planProperties(input, online);
  return {
    actions: [...state.actions, ...properties.actions],
    notices: [...state.notices, ...properties.notices],
    destructive: state.destructive,
  };
}

/** Both moments are of our clock: the tenant's may be hours away from it. */
function cameBackSince({ returnedAt, onlineGoneAt }: Person): boolean {
  if (returnedAt === undefined || onlineGoneAt === undefined) return false;
  return returnedAt.getTime() + RETURN_TOLERANCE_MS >= onlineGoneAt.getTime();
}

function planDeleted(input: PlanInput, online: OnlineAccount): Draft {
  const { person } = input;
  // Removed by a command of ours: that is known, and restoring lifts it.
  if (person.removedAt !== undefined || person.link?.hold !== undefined) return NOTHING;
  if (cameBackSince(person)) {
    const after = planAlive(input, { ...online, deletedAt: undefined });
    return { ...after, actions: [...act('user-returned', 'online.restore'), ...after.actions] };
  }
  return only(
    'sync.online-account-removed',
    'The online account was removed in Microsoft 365, but the user account is still there.',
    'Restore the online account within 30 days, or remove the user account too.',
  );
}

function planLinked(input: PlanInput, online: OnlineAccount): Draft {
  const draft = online.deletedAt === undefined ? planAlive(input, online) : planDeleted(input, online);
  if (!online.synchronizedByOthers || draft.actions.length === 0) return draft;
  return only(
    'sync.managed-by-others',
    'Another tool (Entra Connect or Cloud Sync) keeps this online account, so Isthmus does not change it.',
    'End that synchronization for the account, or change it there.',
  );
}

/**
 * What brings the online account of one person into line with the directory. Pure: carrying the actions out and
 * planning again gives no actions.
 */
export function planPerson(input: PlanInput): SyncPlan {
  const { user, online } = input.person;
  const notManaged = whyNotManaged(user, input.settings.scope);
  const draft = online === undefined || notManaged !== undefined ? NOTHING : planLinked(input, online);
  return {
    userId: user.id,
    name: user.displayName || user.userName,
    actions: draft.actions,
    notices: draft.notices,
    destructive: draft.actions.length === 0 ? undefined : draft.destructive,
    notManaged,
  };
}

/** The plan without what the delete guard holds back. */
export function withoutDestructive(plan: SyncPlan): SyncPlan {
  if (plan.destructive === undefined) return plan;
  // Nothing can be changed about an account that would have to be restored or removed first.
  const isWhole = plan.actions.some(
    ({ action }) => action.type === 'online.restore' || action.type === 'online.remove',
  );
  const harmless = isWhole ? [] : plan.actions.filter(({ action }) => action.type === 'online.change');
  return { ...plan, actions: harmless, destructive: undefined };
}
