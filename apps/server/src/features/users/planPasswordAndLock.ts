import type { DirectoryPasswordPolicy } from '@isthmus/directory';
import { asked, type PlannedCommand } from '../commands/index.ts';
import { directoryPasswordProblem, onlinePasswordProblem, type Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseAdministratorPassword, refuseBuiltIn, refuseRemoved } from './refusals.ts';

/** Pure: one password for both sides. `password` is only looked at, the action holds `passwordRef`. */
export function planResetPassword(
  person: Person,
  request: { readonly password: string; readonly mustChange: boolean; readonly passwordRef: string },
  policy: DirectoryPasswordPolicy,
  context: CommandContext,
): PlannedCommand {
  const online = livingAccount(person);
  const blocked =
    refuseRemoved(person) ??
    refuseBuiltIn(person) ??
    refuseAdministratorPassword(person, context) ??
    directoryPasswordProblem(request.password, policy, person.user) ??
    (online === undefined ? undefined : onlinePasswordProblem(request.password));
  const { passwordRef, mustChange } = request;
  const planned = planFor(person, blocked, () => ({
    actions: [
      asked({ type: 'directory.set-password', passwordRef, mustChange }),
      ...(online === undefined ? [] : [asked({ type: 'online.set-password', passwordRef, mustChange: false })]),
    ],
    warnings:
      online !== undefined && mustChange
        ? [
            {
              code: 'users.must-change-first',
              message: 'The online account gets this password too, until the person has chosen a new one at work.',
            },
          ]
        : othersWarning(person),
  }));
  return { people: [planned], warnings: [] };
}

/** Pure: ends a lockout; harmless when there is none. */
export function planUnlockUser(person: Person): PlannedCommand {
  const actions = person.user.locked ? [asked({ type: 'directory.unlock' })] : [];
  const blocked = refuseRemoved(person) ?? refuseBuiltIn(person);
  return { people: [planFor(person, blocked, () => ({ actions, warnings: [] }))], warnings: [] };
}
