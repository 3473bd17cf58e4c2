import type { Notice } from '@isthmus/contracts';
import { type PlannedPerson, subjectOf } from '../commands/index.ts';
import type { PersonOrAccount } from '../people/index.ts';

/** What is planned for one person: nothing but the reason when it is refused. */
export function planFor(
  person: PersonOrAccount,
  blocked: Notice | undefined,
  plan: () => Pick<PlannedPerson, 'actions' | 'warnings'>,
): PlannedPerson {
  const subject = subjectOf(person);
  return blocked === undefined
    ? { subject, person, ...plan() }
    : { subject, person, actions: [], warnings: [], blocked };
}
