import type { CommandResult, OffboardRequest } from '@isthmus/contracts';
import type { Platform } from '../../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../../commands/index.ts';
import { changeUsers } from '../changeUsers.ts';
import { planOffboarding } from './planOffboarding.ts';

/** Lets people go: closes both sides now, and removes both accounts on a later day when one is given. */
export async function offboardUsers(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  { selection, ...options }: OffboardRequest,
): Promise<CommandResult> {
  const domains = await platform.database
    .selectFrom('tenant_domain')
    .select('name')
    .where('is_verified', '=', true)
    .execute();
  const verified = new Set(domains.map(({ name }) => name.toLowerCase()));
  return changeUsers(platform, dependencies, call, selection, {
    kind: 'offboard-users',
    verb: 'Off-board',
    auditAction: 'user.offboard',
    auditVerb: 'Off-boarded',
    plan: (people, context) => planOffboarding(people, options, context, verified),
  });
}
