import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseGoing } from './refusals.ts';

function actionsFor(person: Person): PlannedAction[] {
  const online = livingAccount(person);
  return [
    ...(person.user.enabled ? [asked({ type: 'directory.disable' })] : []),
    ...(online?.signInAllowed === true
      ? [asked({ type: 'online.block-sign-in' }), asked({ type: 'online.revoke-sessions' })]
      : []),
  ];
}

/** Pure: the user account is disabled, the online account blocked, open sessions end; nothing is lost. */
export function planDeactivateUsers(people: readonly Person[], context: CommandContext): PlannedCommand {
  const refuse = refuseGoing(people, context);
  const planned = people.map((person) =>
    planFor(person, refuse(person), () => ({ actions: actionsFor(person), warnings: othersWarning(person) })),
  );
  return { people: planned, warnings: [] };
}
