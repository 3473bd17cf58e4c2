import type { CommandResult } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, type PlannedPerson, runCommand } from '../commands/index.ts';
import { nameOf } from '../people/index.ts';
import { readPlanNames, titleFor, withUnknown } from './commandContext.ts';
import { planAssign } from './planAssign.ts';
import { readAssignFacts } from './readAssignFacts.ts';

/** A user account and an online account, by their ids. */
export interface Pair {
  readonly userId: string;
  readonly onlineAccountId: string;
}

function refuseRepeated(pairs: readonly Pair[]): void {
  const users = new Set(pairs.map(({ userId }) => userId.toLowerCase()));
  const accounts = new Set(pairs.map(({ onlineAccountId }) => onlineAccountId.toLowerCase()));
  if (users.size === pairs.length && accounts.size === pairs.length) return;
  throw new DomainError({
    code: 'online-accounts.pair-repeated',
    message: 'A user account or an online account is in more than one pair.',
    remedy: 'Name each of them once: a link is one to one.',
    field: 'pairs',
  });
}

/** Links online accounts that are there already to people. */
export async function assignOnlineAccounts(
  platform: Platform,
  { people: store }: CommandDependencies,
  call: CommandCall,
  pairs: readonly Pair[],
): Promise<CommandResult> {
  refuseRepeated(pairs);
  const people = await store.findMany(pairs.map(({ userId }) => userId.toLowerCase()));
  const byId = new Map(people.map((person) => [String(person.user.id), person]));
  return runCommand(platform, call, {
    kind: 'assign-online-account',
    title: titleFor(
      'Assign an online account to',
      people.map((person) => ({ name: nameOf(person) })),
    ),
    auditAction: 'online-account.assign',
    auditVerb: 'Assigned an online account to',
    names: await readPlanNames(platform),
    plan: async () => {
      const unknownIds: string[] = [];
      const wanted = pairs.flatMap(({ userId, onlineAccountId }) => {
        const person = byId.get(userId.toLowerCase());
        if (person === undefined) unknownIds.push(userId);
        return person === undefined ? [] : [{ person, accountId: onlineAccountId }];
      });
      const facts = await readAssignFacts(platform, store, wanted);
      const planned = wanted.flatMap(({ person }, index): readonly PlannedPerson[] => {
        const known = facts[index];
        return known === undefined ? [] : planAssign(person, known).people;
      });
      return withUnknown({ people: planned, warnings: [] }, unknownIds);
    },
  });
}
