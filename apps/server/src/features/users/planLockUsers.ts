import type { Notice } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import { nameOf, type Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseLocking } from './refusals.ts';

const TICKETS: Notice = {
  code: 'users.tickets-stay',
  message: 'Kerberos tickets that were given out already open servers of the domain until they end, at most 10 hours.',
  remedy: 'Restart or disconnect the computers and sessions of the person; set a new password before activating again.',
};

function actionsFor(person: Person): PlannedAction[] {
  const online = livingAccount(person);
  // Sessions end even when the sign-in is blocked already: whoever got in keeps a token otherwise.
  const block = online?.signInAllowed === true ? [asked({ type: 'online.block-sign-in' })] : [];
  const held = person.link?.hold === undefined ? [asked({ type: 'link.hold', hold: 'locked', skuIds: [] })] : [];
  return [
    ...(person.user.enabled ? [asked({ type: 'directory.disable' })] : []),
    ...(online === undefined ? [] : [...held, ...block, asked({ type: 'online.revoke-sessions' })]),
  ];
}

function warningsFor(person: Person): Notice[] {
  const others = othersWarning(person).map((warning) => ({
    ...warning,
    message: `Another tool keeps ${person.online?.upn ?? nameOf(person)} online: block that sign-in in the Microsoft 365 admin center at once.`,
  }));
  return [TICKETS, ...others];
}

/**
 * Pure: the emergency. Both sides are closed, each whether or not the other can be reached, and stay so until somebody
 * activates the person. Unlike deactivating it also takes administrators, save the last one and oneself.
 */
export function planLockUsers(people: readonly Person[], context: CommandContext): PlannedCommand {
  const refuse = refuseLocking(people, context);
  const planned = people.map((person) =>
    planFor(person, refuse(person), () => ({
      actions: actionsFor(person),
      warnings: warningsFor(person),
    })),
  );
  return { people: planned, warnings: [] };
}
