import type { Notice, OffboardRequest } from '@isthmus/contracts';
import type { MailboxChanges } from '@isthmus/microsoft365';
import { asked, askedApart, type PlannedAction, type PlannedCommand } from '../../commands/index.ts';
import { nameOf, type Person } from '../../people/index.ts';
import { livingAccount, othersWarning } from '../livingAccount.ts';
import { planFor } from '../planFor.ts';
import { type CommandContext, refuseGoing } from '../refusals.ts';
import { DAY_MS, RESTORABLE_DAYS } from '../userAccount.ts';

type Options = Omit<OffboardRequest, 'selection'>;

const mailWithoutLicense: Notice = {
  code: 'users.offboard-mail',
  message: `Without a license, Microsoft 365 keeps mail and files for ${RESTORABLE_DAYS} days.`,
  remedy: 'Leave the licenses when somebody still needs what is in them, or take it over within that time.',
};

function forwardWarning(forwardTo: string, verifiedDomains: ReadonlySet<string>): Notice[] {
  if (verifiedDomains.has(forwardTo.split('@').at(-1)?.toLowerCase() ?? '')) return [];
  return [
    {
      code: 'users.offboard-forward-outside',
      message: `${forwardTo} is outside the organization. Many tenants forbid sending mail on to there.`,
      remedy: 'Choose somebody of the organization, or ask whoever keeps the rules for outgoing mail.',
    },
  ];
}

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

function mailboxChanges({ shareMailbox, forwardTo, hide }: Options): MailboxChanges {
  return {
    ...(shareMailbox ? { kind: 'shared' as const } : {}),
    ...(hide ? { hidden: true } : {}),
    ...(forwardTo === null ? {} : { forwardTo, keepsForwarded: true }),
  };
}

/** What the off-boarding did not do about the mailbox yet. */
function openMailboxChanges(person: Person, options: Options): MailboxChanges {
  if (livingAccount(person) === undefined) return {};
  const done: MailboxChanges = person.offboarding?.mailbox ?? {};
  const wanted = Object.entries(mailboxChanges(options));
  return Object.fromEntries(wanted.filter(([field, value]) => Reflect.get(done, field) !== value));
}

function changeMailbox(changes: MailboxChanges): PlannedAction[] {
  if (Object.keys(changes).length === 0) return [];
  const action = { type: 'online.change-mailbox', changes } as const;
  // The license goes only when the mailbox can do without; everything else may fail without holding that up.
  return [changes.kind === 'shared' ? asked(action) : askedApart(action)];
}

function closeOnline(person: Person, taken: readonly string[], mailbox: MailboxChanges): PlannedAction[] {
  const online = livingAccount(person);
  if (online === undefined) return [];
  const { hold } = person.link ?? {};
  const isHeld = hold?.reason === 'off-boarded' && taken.every((skuId) => hold.skuIds.includes(skuId));
  return [
    ...(isHeld ? [] : [asked({ type: 'link.hold', hold: 'off-boarded', skuIds: taken })]),
    ...(online.signInAllowed
      ? [asked({ type: 'online.block-sign-in' }), asked({ type: 'online.revoke-sessions' })]
      : []),
    ...changeMailbox(mailbox),
    ...(taken.length === 0 ? [] : [asked({ type: 'online.remove-licenses', skuIds: taken })]),
  ];
}

function actionsFor(person: Person, options: Options, removeAt: string | undefined): PlannedAction[] {
  const groupDns = options.leaveGroups ? person.user.groupDns : [];
  const taken = options.takeLicenses ? directLicenses(person) : [];
  const mailbox = openMailboxChanges(person, options);
  const hasNews = groupDns.length > 0 || Object.keys(mailbox).length > 0;
  const isNoted = person.offboarding !== undefined && person.offboarding.removeAt?.toISOString() === removeAt;
  return [
    ...(isNoted && !hasNews
      ? []
      : [asked({ type: 'offboarding.begin', groupDns, mailbox, ...(removeAt === undefined ? {} : { removeAt }) })]),
    // The directory first: it is what lets people in here, and it can be reached without the internet.
    ...(person.user.enabled ? [asked({ type: 'directory.disable' })] : []),
    ...closeOnline(person, taken, mailbox),
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
export function planOffboarding(
  people: readonly Person[],
  options: Options,
  context: CommandContext,
  verifiedDomains: ReadonlySet<string>,
): PlannedCommand {
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
    warnings: [
      ...(takesLicenses && !options.shareMailbox ? [mailWithoutLicense] : []),
      ...(options.forwardTo !== null && going.length > 0 ? forwardWarning(options.forwardTo, verifiedDomains) : []),
      ...(isRemoved ? [removalWarning(removeAt)] : []),
    ],
  };
}
