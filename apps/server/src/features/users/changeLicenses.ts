import type { AccountSelection, CommandResult } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../commands/index.ts';
import { findDefaultUsageLocation } from '../integration/index.ts';
import { readLicenses } from '../online-accounts/index.ts';
import { changeAccounts } from './changeUsers.ts';
import { type LicenseChangeRequest, planLicenseChange } from './planLicenseChange.ts';

async function readWaiting({ database }: Platform): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await database.selectFrom('license_wait').select(['user_id', 'sku_id']).execute();
  const waiting = new Map<string, Set<string>>();
  for (const { user_id: userId, sku_id: skuId } of rows) {
    waiting.set(userId, (waiting.get(userId) ?? new Set()).add(skuId));
  }
  return waiting;
}

function lowered(request: LicenseChangeRequest): LicenseChangeRequest {
  const ids = (list: readonly string[]): string[] => [...new Set(list.map((id) => id.toLowerCase()))];
  const plans = Object.entries(request.disabledPlans).map(([skuId, list]) => [skuId.toLowerCase(), ids(list)]);
  return { ...request, add: ids(request.add), remove: ids(request.remove), disabledPlans: Object.fromEntries(plans) };
}

/** Gives and takes products, for people and for online accounts without a user. */
export async function changeLicenses(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  request: LicenseChangeRequest & { readonly selection: AccountSelection },
): Promise<CommandResult> {
  platform.connections.getMicrosoft365();
  const [licenses, usageLocation, waiting] = await Promise.all([
    readLicenses(platform),
    findDefaultUsageLocation(platform.settings),
    readWaiting(platform),
  ]);
  return changeAccounts(platform, dependencies, call, request.selection, {
    kind: 'change-licenses',
    verb: 'Change the licenses of',
    auditAction: 'license.change',
    auditVerb: 'Changed the licenses of',
    plan: (people) => planLicenseChange(people, lowered(request), { licenses, usageLocation, waiting }),
  });
}
