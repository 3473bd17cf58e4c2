import type { Notice } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import type { KnownLicense } from '../online-accounts/index.ts';
import { nameOf, type Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import { endOffboarding, groupsBack, licensesBack, mailboxBack } from './offboarding/planReturn.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseBuiltIn, refuseRemoved } from './refusals.ts';
import { Seats } from './Seats.ts';

function warningsFor(person: Person, now: Date): Notice[] {
  const { expiresAt } = person.user;
  if (expiresAt !== undefined && expiresAt <= now) {
    return [
      {
        code: 'users.still-expired',
        message: `The account of ${nameOf(person)} ended on ${expiresAt.toISOString().slice(0, 10)}; activating does not change that.`,
        remedy: 'Change the end date as well.',
      },
    ];
  }
  if (person.online?.deletedAt !== undefined) {
    return [
      {
        code: 'users.online-account-removed',
        message: `The online account of ${nameOf(person)} is in the recycle bin and stays there.`,
        remedy: 'Restore it as well.',
      },
    ];
  }
  return [];
}

function actionsFor(person: Person, now: Date, back: readonly PlannedAction[]): PlannedAction[] {
  const ended = person.user.expiresAt !== undefined && person.user.expiresAt <= now;
  const online = livingAccount(person);
  // Unassigned is no emergency: that is lifted by assigning again, with the licenses.
  const hold = person.link?.hold?.reason;
  if (hold === 'unassigned') return person.user.enabled ? [] : [asked({ type: 'directory.enable' })];
  return [
    ...endOffboarding(person),
    ...(hold === undefined ? [] : [asked({ type: 'link.release' })]),
    ...(person.user.enabled ? [] : [asked({ type: 'directory.enable' })]),
    ...(online !== undefined && !online.signInAllowed && !ended ? [asked({ type: 'online.allow-sign-in' })] : []),
    ...back,
    ...mailboxBack(person),
    ...groupsBack(person),
  ];
}

/**
 * Pure: the user account is enabled; the online account may sign in again unless the account has ended. Whoever was
 * off-boarded gets licenses and groups back.
 */
export function planActivateUsers(
  people: readonly Person[],
  context: CommandContext,
  licenses: readonly KnownLicense[],
): PlannedCommand {
  const seats = new Seats(licenses);
  const planned = people.map((person) =>
    planFor(person, refuseRemoved(person) ?? refuseBuiltIn(person), () => {
      const isOffboarded = person.link?.hold?.reason === 'off-boarded';
      const back = isOffboarded ? licensesBack(person, seats) : { actions: [], warnings: [] };
      return {
        actions: actionsFor(person, context.now, back.actions),
        warnings: [...warningsFor(person, context.now), ...othersWarning(person), ...back.warnings],
      };
    }),
  );
  return { people: planned, warnings: [] };
}
