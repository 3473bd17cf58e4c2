import type { Notice } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import type { KnownLicense } from '../online-accounts/index.ts';
import { nameOf, type Person, type PersonOrAccount } from '../people/index.ts';
import { endOffboarding, groupsBack, licensesBack, mailboxBack } from './offboarding/planReturn.ts';
import { planFor } from './planFor.ts';
import { onlineConsequence } from './planRemoveUsers.ts';
import { refuseBuiltIn, refuseRemoved } from './refusals.ts';
import { Seats } from './Seats.ts';

export type Online = NonNullable<Person['online']>;

export function refusal(code: string, message: string, remedy: string): Notice {
  return { code, message, remedy };
}

/** Commands about the online side alone need an account there that is ours to change. */
export function refuseWithoutAccount(person: PersonOrAccount): Notice | undefined {
  const { online } = person;
  if (online === undefined) {
    return refusal('users.not-linked', `${nameOf(person)} has no online account.`, 'Create or assign one first.');
  }
  if (online.deletedAt !== undefined) {
    return refusal('users.online-account-removed', `${online.upn} is in the recycle bin.`, 'Restore it first.');
  }
  return refuseKeptByOthers(online);
}

function refuseKeptByOthers(online: Online): Notice | undefined {
  if (!online.synchronizedByOthers) return undefined;
  return refusal(
    'users.managed-by-others',
    `Another tool (Entra Connect or Cloud Sync) keeps ${online.upn}, so Isthmus does not change it.`,
    'Change it there, or end that synchronization for the account.',
  );
}

export function planEach<Who extends PersonOrAccount>(
  people: readonly Who[],
  refuse: (person: Who) => Notice | undefined,
  plan: (
    person: Who,
    online: Online,
  ) => { readonly actions: readonly PlannedAction[]; readonly warnings: readonly Notice[] },
): PlannedCommand {
  const planned = people.map((person) => {
    const blocked = refuseRemoved(person) ?? refuseBuiltIn(person) ?? refuse(person);
    return planFor(person, blocked, () =>
      person.online === undefined ? { actions: [], warnings: [] } : plan(person, person.online),
    );
  });
  return { people: planned, warnings: [] };
}

function administratorWarning(person: PersonOrAccount): Notice[] {
  const isAdministrator = person.accessLevel === 'administrator' || person.tenantRole !== undefined;
  if (!isAdministrator && person.user?.protectedAdministrator !== true) return [];
  const message = `${nameOf(person)} is an administrator and will not be able to sign in online.`;
  return [refusal('users.administrator-blocked', message, 'Make sure that another administrator of the tenant can.')];
}

function close(online: Online): PlannedAction[] {
  const block = online.signInAllowed ? [asked({ type: 'online.block-sign-in' })] : [];
  return [...block, asked({ type: 'online.revoke-sessions' })];
}

/** Pure: the licenses become free and the sign-in is blocked; the link remembers both. */
export function planUnassign(people: readonly Person[]): PlannedCommand {
  return planEach(people, refuseWithoutAccount, (person, online) => {
    if (person.link?.hold?.reason === 'unassigned' && !online.signInAllowed && online.skuIds.length === 0) {
      return { actions: [], warnings: [] };
    }
    const licenses =
      online.skuIds.length === 0 ? [] : [asked({ type: 'online.remove-licenses', skuIds: online.skuIds })];
    const hold = asked({ type: 'link.hold', hold: 'unassigned', skuIds: online.skuIds });
    return { actions: [hold, ...close(online), ...licenses], warnings: administratorWarning(person) };
  });
}

/** A Global Administrator without a user is what gets an organization back into its tenant. */
function refuseEmergencyAccess(person: PersonOrAccount): Notice | undefined {
  if (person.user !== undefined || person.tenantRole !== 'global-administrator') return undefined;
  return refusal(
    'users.global-administrator',
    `${nameOf(person)} is a Global Administrator that no user has; such accounts are never blocked from here.`,
    'If it must be, block it in the Microsoft 365 admin center, and make sure that another Global Administrator can sign in.',
  );
}

/** Pure: the sign-in alone is blocked and stays so, although the user account, if any, is active. */
export function planBlockOnline(people: readonly PersonOrAccount[]): PlannedCommand {
  const refuse = (person: PersonOrAccount) => refuseWithoutAccount(person) ?? refuseEmergencyAccess(person);
  return planEach(people, refuse, (person, online) => {
    // Nothing but a link can be held: an account without a user stays blocked by itself.
    const isHeld = person.user === undefined || person.link?.hold !== undefined;
    if (isHeld && !online.signInAllowed) return { actions: [], warnings: [] };
    const hold = isHeld ? [] : [asked({ type: 'link.hold', hold: 'blocked', skuIds: [] })];
    return { actions: [...hold, ...close(online)], warnings: administratorWarning(person) };
  });
}

function refuseInactive(person: PersonOrAccount, now: Date): Notice | undefined {
  if (person.user === undefined) return undefined;
  const { enabled, expiresAt } = person.user;
  if (enabled && (expiresAt === undefined || expiresAt > now)) return undefined;
  const message = `The user account of ${nameOf(person)} is not active, so the online sign-in stays blocked.`;
  return refusal('users.inactive', message, 'Activate the person: that allows both.');
}

/** Pure: what a hold took is given back; for a product without a seat the person waits. */
export function planAllowOnline(
  people: readonly PersonOrAccount[],
  { now, licenses }: { readonly now: Date; readonly licenses: readonly KnownLicense[] },
): PlannedCommand {
  const seats = new Seats(licenses);
  return planEach(
    people,
    (person) => refuseWithoutAccount(person) ?? refuseInactive(person, now),
    (person, online) => {
      const allow = online.signInAllowed ? [] : [asked({ type: 'online.allow-sign-in' })];
      if (person.user === undefined) return { actions: allow, warnings: [] };
      const back = licensesBack(person, seats);
      return {
        actions: [
          ...endOffboarding(person),
          ...(person.link?.hold === undefined ? [] : [asked({ type: 'link.release' })]),
          ...allow,
          ...back.actions,
          ...mailboxBack(person),
          ...groupsBack(person),
        ],
        warnings: back.warnings,
      };
    },
  );
}

function refuseGlobalAdministrator(person: Person): Notice | undefined {
  if (person.tenantRole !== 'global-administrator') return undefined;
  return refusal(
    'users.global-administrator',
    `${nameOf(person)} is a Global Administrator of the tenant; such accounts are never removed from here.`,
    'Take the role away in the Microsoft 365 admin center first.',
  );
}

/** Pure: the online account alone goes to the recycle bin. The hold keeps the pass from asking why it is gone. */
export function planRemoveOnline(people: readonly Person[]): PlannedCommand {
  const planned = planEach(
    people,
    (person) => refuseWithoutAccount(person) ?? refuseGlobalAdministrator(person),
    (person, online) => ({
      actions: [
        asked({ type: 'link.hold', hold: 'unassigned', skuIds: online.skuIds }),
        asked({ type: 'online.remove' }),
      ],
      warnings: administratorWarning(person),
    }),
  );
  return planned.people.every(({ actions }) => actions.length === 0)
    ? planned
    : { ...planned, warnings: [onlineConsequence] };
}

/** Pure: accounts without a user leave the recycle bin. Those of people come back with the person, on both sides. */
export function planRestoreOnline(accounts: readonly PersonOrAccount[]): PlannedCommand {
  const people = accounts.map((account) => {
    const blocked =
      account.user === undefined
        ? refuseKeptByOthers(account.online)
        : refusal(
            'users.restore-person',
            `${account.online?.upn ?? nameOf(account)} belongs to ${nameOf(account)}.`,
            'Restore the person: that brings the online account back with it.',
          );
    return planFor(account, blocked, () => ({
      actions: account.online?.deletedAt === undefined ? [] : [asked({ type: 'online.restore' })],
      warnings: [],
    }));
  });
  return { people, warnings: [] };
}

/** Pure: the two accounts are strangers to each other from then on; neither is changed otherwise. */
export function planUnlink(people: readonly Person[]): PlannedCommand {
  const unlinked = (person: Person) =>
    person.online === undefined
      ? refusal('users.not-linked', `${nameOf(person)} has no online account.`, 'There is nothing to unlink.')
      : undefined;
  return planEach(people, unlinked, (person, online) => {
    const blocked = !online.signInAllowed && person.link?.hold !== undefined;
    const message = `The sign-in of ${online.upn} stays blocked, and nothing lifts that any more.`;
    return {
      actions: [asked({ type: 'link.remove' })],
      warnings: blocked
        ? [refusal('users.stays-blocked', message, 'Allow it first if it shall be used on its own.')]
        : [],
    };
  });
}
