import type { CommandResult } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { OnlineAccount } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies, PlannedAction } from '../commands/index.ts';
import { onlineFromRow, type Person, type PersonStore } from '../people/index.ts';
import { PlanReader } from '../sync/index.ts';
import { changeOneUser } from './changeOneUser.ts';
import { planAssign } from './planAssign.ts';

async function getAccount(platform: Platform, id: string): Promise<OnlineAccount> {
  const row = await platform.database
    .selectFrom('online_account')
    .selectAll()
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
  if (row !== undefined) return onlineFromRow(row);
  throw new DomainError({
    code: 'online.account-not-found',
    message: 'There is no such online account.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
  });
}

async function findHolder(platform: Platform, people: PersonStore, accountId: string): Promise<Person | undefined> {
  const row = await platform.database
    .selectFrom('link')
    .select('user_id')
    .where('online_account_id', '=', accountId)
    .executeTakeFirst();
  const holder = row === undefined ? undefined : await people.find(row.user_id);
  return holder?.removedAt === undefined ? holder : undefined;
}

/** What the pass would do if the two were linked already. */
async function planAfterwards(
  platform: Platform,
  people: PersonStore,
  person: Person,
  account: OnlineAccount,
): Promise<readonly PlannedAction[]> {
  const since = platform.clock.now();
  const linked: Person = {
    ...person,
    online: { ...account, immutableId: person.user.anchor },
    link: { since, addressFollows: undefined, blockedByUs: false, revokeDue: false, hold: undefined },
  };
  const [planned] = await new PlanReader(platform, people).plan([linked], () => undefined);
  return planned?.plan.actions ?? [];
}

/** Links an online account that is there already to a person. */
export function assignOnlineAccount(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  accountId: string,
  userId: string,
): Promise<CommandResult> {
  const { people } = dependencies;
  return changeOneUser(platform, dependencies, call, userId, {
    kind: 'assign-online-account',
    verb: 'Assign an online account to',
    auditAction: 'online-account.assign',
    auditVerb: 'Assigned an online account to',
    plan: async (person) => {
      const account = await getAccount(platform, accountId);
      const [holder, afterwards] = await Promise.all([
        findHolder(platform, people, account.id),
        planAfterwards(platform, people, person, account),
      ]);
      return planAssign(person, { account, holder, afterwards });
    },
  });
}
