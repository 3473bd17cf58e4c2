import type { Notice } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { livingAccount, othersWarning } from './livingAccount.ts';
import { planFor } from './planFor.ts';
import { type CommandContext, refuseGoing } from './refusals.ts';
import { RESTORABLE_DAYS } from './userAccount.ts';

/** From this many people on, the number has to be typed. */
const CONFIRMED_FROM = 11;

const directoryConsequence: Notice = {
  code: 'users.remove-directory',
  message: `The user account goes. For ${RESTORABLE_DAYS} days it can be made again with its properties and groups, but as a new account: Windows profiles, file permissions and the password are not part of it.`,
  remedy: 'Deactivate instead to keep everything.',
};

export const onlineConsequence: Notice = {
  code: 'users.remove-online',
  message: `The online account goes to Microsoft's recycle bin and its licenses become free. After ${RESTORABLE_DAYS} days mailbox and files are lost for good.`,
  remedy: 'Deactivate instead to keep mail and files.',
};

function actionsFor(person: Person): PlannedAction[] {
  return [
    asked({ type: 'snapshot.take' }),
    // The directory first: it is what lets people in here, and it can be reached without the internet.
    asked({ type: 'directory.remove-user' }),
    ...(livingAccount(person) === undefined ? [] : [asked({ type: 'online.remove' })]),
  ];
}

/** Pure: a snapshot, then the user account, then the online account. */
export function planRemoveUsers(people: readonly Person[], context: CommandContext): PlannedCommand {
  const refuse = refuseGoing(people, context);
  const planned = people.map((person) =>
    planFor(person, refuse(person), () => ({ actions: actionsFor(person), warnings: othersWarning(person) })),
  );
  const going = planned.filter((entry) => entry.blocked === undefined);
  const warnings = going.length === 0 ? [] : [directoryConsequence];
  const online = going.some((entry) => entry.actions.some(({ action }) => action.type === 'online.remove'));
  return { people: planned, warnings: online ? [...warnings, onlineConsequence] : warnings };
}

/** Removing many by one click needs the number typed; undefined = confirmed or not needed. */
export function confirmationProblem(plan: PlannedCommand, confirmation: string | undefined): Notice | undefined {
  const count = plan.people.filter((person) => person.blocked === undefined).length;
  if (count < CONFIRMED_FROM || confirmation?.trim() === String(count)) return undefined;
  return {
    code: 'users.confirmation-needed',
    message: `${count} people would be removed.`,
    remedy: `Confirm by giving the number ${count}.`,
    field: 'confirmation',
  };
}
