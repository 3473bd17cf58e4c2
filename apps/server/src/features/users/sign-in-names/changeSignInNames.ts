import type { CommandResult, SignInNamesRequest } from '@isthmus/contracts';
import type { Platform } from '../../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../../commands/index.ts';
import { readTenantFacts } from '../../online-accounts/index.ts';
import { changeAccounts } from '../changeUsers.ts';
import { planSignInNames, type SignInNamesFacts } from './planSignInNames.ts';

async function readFacts(platform: Platform): Promise<SignInNamesFacts> {
  const [info, tenant, users] = await Promise.all([
    platform.connections.getDirectory().info(),
    readTenantFacts(platform),
    platform.database
      .selectFrom('directory_user')
      .select(['id', 'upn'])
      .where('removed_at', 'is', null)
      .where('upn', 'is not', null)
      .execute(),
  ]);
  return {
    book: tenant.book,
    verifiedDomains: tenant.verifiedDomains,
    upnSuffixes: info.upnSuffixes,
    upnHolders: new Map(users.map(({ id, upn }) => [(upn ?? '').toLowerCase(), id])),
  };
}

/** Renames one online account, or moves the names of many people to another domain. */
export async function changeSignInNames(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  { selection, ...request }: SignInNamesRequest,
): Promise<CommandResult> {
  const facts = await readFacts(platform);
  return changeAccounts(platform, dependencies, call, selection, {
    kind: 'change-sign-in-names',
    verb: 'Change the sign-in name of',
    auditAction: 'user.change-sign-in-name',
    auditVerb: 'Changed the sign-in name of',
    plan: (people) => planSignInNames(people, request, facts),
  });
}
