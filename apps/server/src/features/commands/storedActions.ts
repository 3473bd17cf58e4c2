import type { UserAccountChanges } from '@isthmus/directory';
import type { Action } from '../people/index.ts';
import type { PlannedAction } from './PlannedCommand.ts';

/** JSON has no dates: the one date in the vocabulary comes back as text and is made a date again. */
function reviveChanges(changes: UserAccountChanges): UserAccountChanges {
  const { expiresAt } = changes;
  return expiresAt === undefined || expiresAt === null ? changes : { ...changes, expiresAt: new Date(expiresAt) };
}

function reviveAction(action: Action): Action {
  return action.type === 'directory.change-user' ? { ...action, changes: reviveChanges(action.changes) } : action;
}

/** Actions as they were before a job stored them. */
export function reviveActions(actions: readonly PlannedAction[]): PlannedAction[] {
  return actions.map((entry) => ({ ...entry, action: reviveAction(entry.action) }));
}
