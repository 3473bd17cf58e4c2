import type { PlannedPerson } from './PlannedCommand.ts';

/** Somebody of a selection whom the mirror does not know. */
export function unknownPerson(userId: string, name = userId): PlannedPerson {
  return {
    subject: { userId, onlineAccountId: null, name, userName: null, address: null },
    actions: [],
    warnings: [],
    blocked: {
      code: 'users.not-found',
      message: `No user account has the id ${userId}.`,
      remedy: 'Load the list again; the person may have been removed.',
    },
  };
}
