import { asked, type PlannedAction, type PlannedCommand, type PlannedPerson, subjectOf } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import {
  type CommandContext,
  refuseBuiltIn,
  refuseLastAdministrators,
  refuseOneself,
  refuseProtected,
  refuseRemoved,
} from './refusals.ts';

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
  const refuseLast = refuseLastAdministrators(people, context);
  const plan = (person: Person): PlannedPerson => {
    const blocked =
      refuseRemoved(person) ??
      refuseBuiltIn(person) ??
      refuseOneself(person, context) ??
      refuseProtected(person) ??
      refuseLast(person);
    return {
      subject: subjectOf(person),
      person,
      actions: blocked === undefined ? actionsFor(person) : [],
      warnings: othersWarning(person),
      ...(blocked === undefined ? {} : { blocked }),
    };
  };
  return { people: people.map(plan), warnings: [] };
}
