import type { Notice, Subject } from '@isthmus/contracts';
import { nameOf, type PersonOrAccount, type ReasonedAction } from '../people/index.ts';

/**
 * An action on one person. `former`: on the removed account that the person had before; a restored person begins as a
 * new account of the directory while the online account still hangs on the former one.
 */
export interface PlannedAction extends ReasonedAction {
  readonly on?: 'former';
  /** What comes behind is done even when this one fails. */
  readonly afterFailure?: 'go-on';
}

/** What a command would do to one person, or to an online account that no user has, and what stands against it. */
export interface PlannedPerson {
  readonly subject: Subject;
  /** The removed account of somebody who is being restored. */
  readonly formerUserId?: string;
  /** The person as the mirrors know it; undefined for somebody who is only about to be added. */
  readonly person?: PersonOrAccount | undefined;
  readonly actions: readonly PlannedAction[];
  readonly warnings: readonly Notice[];
  /** Nothing is done for this one, and why. */
  readonly blocked?: Notice | undefined;
}

/** The value every planner of a command makes: shown as Review, or carried out as a job. */
export interface PlannedCommand {
  readonly people: readonly PlannedPerson[];
  readonly warnings: readonly Notice[];
  /** The plan as a whole must not run, and why. */
  readonly blocked?: Notice | undefined;
}

export function subjectOf(person: PersonOrAccount): Subject {
  return {
    userId: person.user?.id ?? null,
    onlineAccountId: person.online?.id ?? null,
    name: nameOf(person),
    userName: person.user?.userName ?? null,
    address: person.online?.upn ?? null,
  };
}

/** An action on one person, on which nothing that follows depends. */
export function askedApart(action: ReasonedAction['action']): PlannedAction {
  return { ...asked(action), afterFailure: 'go-on' };
}

/** An action that a person asked for. */
export function asked(action: ReasonedAction['action']): PlannedAction {
  return { action, reason: 'asked' };
}
