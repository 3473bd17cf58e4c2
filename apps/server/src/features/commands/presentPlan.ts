import type { FieldChange, Plan, PlanItem, PlannedAction as PresentedAction } from '@isthmus/contracts';
import { rdnValueOf } from '@isthmus/directory';
import type { Action, PersonOrAccount } from '../people/index.ts';
import type { PlannedCommand, PlannedPerson } from './PlannedCommand.ts';

/** Names for what actions hold as ids. */
export interface PlanNames {
  readonly licenseName: (skuId: string) => string;
  readonly serviceName: (planId: string) => string;
}

/** Ids as they are, where no plan speaks of products. */
export const plainNames: PlanNames = { licenseName: (skuId) => skuId, serviceName: (planId) => planId };

type Value = string | number | boolean | Date | null | undefined | readonly string[];

function text(value: Value): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(', ') || null : String(value);
}

function change(field: string, before: Value, after: Value): FieldChange {
  return { field, before: text(before), after: text(after) };
}

/** One entry for each field that really becomes another. */
function fieldChanges(before: object | undefined, after: object): FieldChange[] {
  const old = new Map<string, Value>(Object.entries(before ?? {}));
  return Object.entries(after)
    .map(([field, value]: [string, Value]) => change(field, old.get(field), value))
    .filter((entry) => entry.before !== entry.after);
}

type ChangesOf<Type extends Action['type']> = (
  action: Extract<Action, { type: Type }>,
  person: PersonOrAccount | undefined,
  names: PlanNames,
) => FieldChange[];

const nothing = (): FieldChange[] => [];

/** How each action shows before and after; passwords show only that they change. */
const changesOf: { readonly [Type in Action['type']]: ChangesOf<Type> } = {
  'directory.add-user': (action) => fieldChanges(undefined, action.user),
  'directory.change-user': (action, person) => fieldChanges(person?.user, action.changes),
  'directory.enable': () => [change('enabled', false, true)],
  'directory.disable': () => [change('enabled', true, false)],
  'directory.set-password': (action) => [change('mustChangePassword', null, action.mustChange ? true : null)],
  'directory.unlock': () => [change('locked', true, false)],
  'directory.remove-user': (_, person) => [change('dn', person?.user?.dn, null)],
  'directory.add-to-group': (action) => [change('group', null, rdnValueOf(action.groupDn))],
  'directory.remove-from-group': (action) => [change('group', rdnValueOf(action.groupDn), null)],
  'online.create': (action) => fieldChanges(undefined, action.account),
  'online.change': (action, person) => fieldChanges(person?.online, action.changes),
  'online.allow-sign-in': () => [change('signInAllowed', false, true)],
  'online.block-sign-in': () => [change('signInAllowed', true, false)],
  'online.revoke-sessions': nothing,
  'online.set-password': (action) => [change('mustChangePassword', null, action.mustChange ? true : null)],
  'online.set-addresses': (action, person) => {
    const known = (person?.online?.proxyAddresses ?? []).filter((address) => /^smtp:/i.test(address));
    const primary = known.find((address) => address.startsWith('SMTP:'))?.slice(5);
    const aliases = known.filter((address) => address.startsWith('smtp:')).map((address) => address.slice(5));
    return fieldChanges(
      { primaryAddress: primary, aliases },
      { primaryAddress: action.primary, aliases: action.aliases },
    ).filter(({ before, after }) => before !== after);
  },
  'online.change-mailbox': (action) => fieldChanges(undefined, action.changes),
  'online.assign-licenses': (action, person, names) => [
    ...(action.inPlaceOf ?? []).map((skuId) => change('license', names.licenseName(skuId), null)),
    ...action.skuIds
      .filter((skuId) => person?.online?.skuIds.includes(skuId) !== true)
      .map((skuId) => change('license', null, names.licenseName(skuId))),
    ...Object.entries(action.disabledPlans ?? {}).map(([skuId, planIds]) =>
      change(
        `services off in ${names.licenseName(skuId)}`,
        (person?.online?.disabledPlans[skuId] ?? []).map(names.serviceName),
        planIds.map(names.serviceName),
      ),
    ),
  ],
  'online.remove-licenses': (action, _, names) =>
    action.skuIds.map((skuId) => change('license', names.licenseName(skuId), null)),
  'online.remove': (_, person) => [change('address', person?.online?.upn, null)],
  'online.restore': (_, person) => [change('address', null, person?.online?.upn)],
  'link.create': nothing,
  'link.hold': (action) => [change('hold', null, action.hold)],
  'link.release': (_, person) => [change('hold', person?.link?.hold?.reason, null)],
  'link.remove': nothing,
  'license.wait': (action, _, names) => action.skuIds.map((skuId) => change('license', null, names.licenseName(skuId))),
  'license.stop-waiting': (action, _, names) =>
    action.skuIds.map((skuId) => change('license', names.licenseName(skuId), null)),
  'snapshot.take': nothing,
  'offboarding.begin': (action, person) => [
    change('removal', person?.offboarding?.removeAt?.toISOString(), action.removeAt),
  ],
  'offboarding.end': (_, person) => [change('removal', person?.offboarding?.removeAt?.toISOString(), null)],
};

function sideOf(type: Action['type']): PresentedAction['side'] {
  if (type.startsWith('directory.')) return 'directory';
  return type.startsWith('online.') ? 'online' : 'isthmus';
}

function changesOfAction(action: Action, person: PersonOrAccount | undefined, names: PlanNames): FieldChange[] {
  // The table is keyed by the type, so the entry fits its own action; the compiler cannot follow that.
  const present = changesOf[action.type] as ChangesOf<Action['type']>;
  return present(action, person, names).filter((entry) => entry.before !== null || entry.after !== null);
}

export function presentAction(
  reasoned: { readonly action: Action; readonly reason: string },
  person: PersonOrAccount | undefined,
  names: PlanNames,
): PresentedAction {
  const { action, reason } = reasoned;
  return { type: action.type, side: sideOf(action.type), reason, changes: changesOfAction(action, person, names) };
}

function presentPerson(planned: PlannedPerson, names: PlanNames): PlanItem {
  return {
    subject: planned.subject,
    actions: planned.blocked ? [] : planned.actions.map((entry) => presentAction(entry, planned.person, names)),
    warnings: [...planned.warnings],
    blocked: planned.blocked ?? null,
  };
}

export function countActions(items: readonly { readonly actions: readonly { readonly type: string }[] }[]) {
  const counts: Record<string, number> = {};
  for (const { type } of items.flatMap((item) => item.actions)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The plan as the Review step and `--dry-run` show it. */
export function presentPlan(command: PlannedCommand, names: PlanNames): Plan {
  const items = command.people.map((person) => presentPerson(person, names));
  return {
    items,
    counts: countActions(items),
    warnings: [...command.warnings],
    blocked: command.blocked ?? null,
  };
}
