import type { CommandResult } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, runCommand } from '../commands/index.ts';
import type { PersonStore } from '../people/index.ts';
import { type BulkCreateRequest, planBulkCreate } from './planBulkCreate.ts';
import { planNamesOf, readTenantFacts } from './readTenantFacts.ts';

/** Creates online accounts for many people at once, links them and assigns the licenses. */
export async function bulkCreateOnlineAccounts(
  platform: Platform,
  people: PersonStore,
  call: CommandCall,
  request: BulkCreateRequest,
): Promise<CommandResult> {
  platform.connections.getMicrosoft365();
  const accounts = request.accounts.map(({ userId, address }) => ({ userId: userId.toLowerCase(), address }));
  const [facts, found] = await Promise.all([
    readTenantFacts(platform),
    people.findMany(accounts.map((account) => account.userId)),
  ]);
  const count = accounts.length;
  return runCommand(platform, call, {
    kind: 'create-online-accounts',
    title: count === 1 ? 'Create 1 online account' : `Create ${count} online accounts`,
    auditAction: 'online-account.create',
    auditVerb: 'Created the online account of',
    names: planNamesOf(facts.licenses),
    plan: async () =>
      planBulkCreate(
        { ...request, accounts },
        {
          ...facts,
          people: new Map(found.map((person) => [String(person.user.id), person])),
          now: platform.clock.now(),
        },
      ),
  });
}
