import type { Notice, OffboardRequest } from '@isthmus/contracts';
import { asked, askedApart, type PlannedAction, type PlannedCommand } from '../../commands/index.ts';
import type { Person } from '../../people/index.ts';
import { livingAccount, othersWarning } from '../livingAccount.ts';
import { planFor } from '../planFor.ts';
import { type CommandContext, nameOf, refuseGoing } from '../refusals.ts';
import { DAY_MS, RESTORABLE_DAYS } from '../userAccount.ts';

type Options = Omit<OffboardRequest, 'selection'>;

const mailWithoutLicense: Notice = {
  code: 'users.offboard-mail',
  message: `Without a license, Microsoft 365 keeps mail and files for ${RESTORABLE_DAYS} days.`,
  remedy: 'Leave the licenses when somebody still needs what is in them, or take it over within that time.',
};

function removalWarning(removeAt: string): Notice {
  return {
    code: 'users.offboard-removal',
    message: `Both accounts are removed on ${removeAt.slice(0, 10)}, without another question.`,
    remedy: 'Activating the person before that day ends it. Removed people can be restored for 30 days.',
  };
}

/** The first midnight (UTC) after so many days, so that asking twice on one day changes nothing. */
function endOfDay(now: Date, days: number): string {
  return new Date((Math.floor(now.getTime() / DAY_MS) + days + 1) * DAY_MS).toISOString();
}

function directLicenses(person: Person): readonly string[] {
  const online = livingAccount(person);
  return online?.skuIds.filter((skuId) => !online.inheritedSkuIds.includes(skuId)) ?? [];
}

function closeOnline(person: Person, taken: readonly string[]): PlannedAction[] {
  const online = livingAccount(person);
  if (online === undefined) return [];
  const { hold } = person.link ?? {};
  const isHeld = hold?.reason === 'off-boarded' && taken.every((skuId) => hold.skuIds.includes(skuId));
  return [
    ...(isHeld ? [] : [asked({ type: 'link.hold', hold: 'off-boarded', skuIds: taken })]),
    ...(online.signInAllowed
      ? [asked({ type: 'online.block-sign-in' }), asked({ type: 'online.revoke-sessions' })]
      : []),
    ...(taken.length === 0 ? [] : [asked({ type: 'online.remove-licenses', skuIds: taken })]),
  ];
}

function actionsFor(person: Person, options: Options, removeAt: string | undefined): PlannedAction[] {
  const groupDns = options.leaveGroups ? person.user.groupDns : [];
  const taken = options.takeLicenses ? directLicenses(person) : [];
  const isNoted = person.offboarding !== undefined && person.offboarding.removeAt?.toISOString() === removeAt;
  return [
    ...(isNoted && groupDns.length === 0
      ? []
      : [asked({ type: 'offboarding.begin', groupDns, ...(removeAt === undefined ? {} : { removeAt }) })]),
    // The directory first: it is what lets people in here, and it can be reached without the internet.
    ...(person.user.enabled ? [asked({ type: 'directory.disable' })] : []),
    ...closeOnline(person, taken),
    // Last and apart: a group that we may not change saves neither the licenses nor the other groups.
    ...groupDns.map((groupDn) => askedApart({ type: 'directory.remove-from-group', groupDn })),
  ];
}

function warningsFor(person: Person): Notice[] {
  const online = livingAccount(person);
  const inherited = online?.skuIds.filter((skuId) => online.inheritedSkuIds.includes(skuId)) ?? [];
  const byGroup: Notice[] =
    inherited.length === 0
      ? []
      : [
          {
            code: 'users.offboard-inherited',
            message: `A group of the tenant gives ${nameOf(person)} a license; it becomes free when the person leaves that group.`,
            remedy: 'Take the person out of the group in the Microsoft 365 admin center, or remove the account.',
          },
        ];
  return [...othersWarning(person), ...byGroup];
}

/** Pure: both sides are closed in order, licenses and groups taken and remembered, and the removal is set for its day. */
export function planOffboarding(people: readonly Person[], options: Options, context: CommandContext): PlannedCommand {
  const { removeAfterDays } = options;
  const removeAt = removeAfterDays === null ? undefined : endOfDay(context.now, removeAfterDays);
  const refuse = refuseGoing(people, context);
  const planned = people.map((person) =>
    planFor(person, refuse(person), () => ({
      actions: actionsFor(person, options, removeAt),
      warnings: warningsFor(person),
    })),
  );
  const going = planned.filter((entry) => entry.blocked === undefined);
  const takesLicenses = going.some((entry) =>
    entry.actions.some(({ action }) => action.type === 'online.remove-licenses'),
  );
  const isRemoved = removeAt !== undefined && going.length > 0;
  return {
    people: planned,
    warnings: [...(takesLicenses ? [mailWithoutLicense] : []), ...(isRemoved ? [removalWarning(removeAt)] : [])],
  };
}
