import type { Notice } from '@isthmus/contracts';
import type { OnlineAccount } from '@isthmus/microsoft365';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import { nameOf, type Person } from '../people/index.ts';
import { planFor } from './planFor.ts';
import { refuseBuiltIn, refuseRemoved } from './refusals.ts';

export interface AssignFacts {
  readonly account: OnlineAccount;
  /** The living person who has the account now. */
  readonly holder: Person | undefined;
  /** What the sync pass does with the two once they are linked. */
  readonly afterwards: readonly PlannedAction[];
}

/** Why an online account cannot be linked to anybody. */
export function accountProblem({ account, holder }: Pick<AssignFacts, 'account' | 'holder'>): Notice | undefined {
  if (holder !== undefined) {
    return {
      code: 'users.link-taken',
      message: `${account.upn} is linked to ${nameOf(holder)}.`,
      remedy: 'Unlink it there first.',
    };
  }
  if (account.deletedAt !== undefined) {
    return {
      code: 'users.online-account-removed',
      message: `${account.upn} is in the recycle bin.`,
      remedy: 'Restore it in the Microsoft 365 admin center first.',
    };
  }
  if (!account.synchronizedByOthers) return undefined;
  return {
    code: 'users.managed-by-others',
    message: `Another tool (Entra Connect or Cloud Sync) keeps ${account.upn}.`,
    remedy: 'End that synchronization for the account first.',
  };
}

function refuse(person: Person, facts: AssignFacts): Notice | undefined {
  const { account } = facts;
  if (person.online === undefined) return accountProblem(facts);
  return {
    code: 'users.link-taken',
    message:
      person.online.id === account.id
        ? `${nameOf(person)} is linked to ${account.upn} already.`
        : `${nameOf(person)} is linked to ${person.online.upn}.`,
    remedy: person.online.id === account.id ? 'There is nothing to do.' : 'Unlink it first.',
  };
}

/** The mark of another user account would be overwritten. */
export function foreignMark(account: AssignFacts['account'], anchor: string | undefined): Notice[] {
  if (account.immutableId === undefined || account.immutableId === anchor) return [];
  return [
    {
      code: 'users.other-anchor',
      message: `${account.upn} bears the mark of another user account or tool; it will be overwritten.`,
      remedy: 'Make sure that the account belongs to this person.',
    },
  ];
}

function warningsFor(person: Person, { account }: AssignFacts): Notice[] {
  const password: Notice = {
    code: 'users.password-unknown',
    message: `Until ${nameOf(person)} sets a new password, the online account keeps its own.`,
    remedy: 'Let the password be changed once; from then on it is the same on both sides.',
  };
  return [...foreignMark(account, person.user.anchor), ...(person.password?.state === 'waiting' ? [] : [password])];
}

/** Pure: the link, and what following the directory then overwrites in the online account. */
export function planAssign(person: Person, facts: AssignFacts): PlannedCommand {
  const blocked = refuseRemoved(person) ?? refuseBuiltIn(person) ?? refuse(person, facts);
  const planned = planFor(person, blocked, () => ({
    actions: [asked({ type: 'link.create', onlineAccountId: facts.account.id }), ...facts.afterwards],
    warnings: warningsFor(person, facts),
  }));
  const subject = { ...planned.subject, onlineAccountId: facts.account.id, address: facts.account.upn };
  // The plan shows values before and after: those of the account that is about to be linked.
  return { people: [{ ...planned, subject, person: { ...person, online: facts.account } }], warnings: [] };
}
