import type { AssignedLicense, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { effectiveLicenses } from '../licenses/effectiveLicenses.ts';
import { inheritLicenses, licenseProperties } from '../licenses/inheritLicenses.ts';
import { type LicenseChange, readLicenseChange } from '../licenses/licenseChange.ts';
import { licenseRefusals } from '../licenses/licenseRefusals.ts';
import { findClash, findUnmetDependency, freeSeats } from '../licenses/planRules.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { getUserToWrite } from './findUser.ts';
import { grantMailbox } from './mailbox.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

/** POST /users/{id}/assignLicense */
export function assignLicense(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  const licenses = licensesAfter(tenant, user, readLicenseChange(tenant, call.body));
  const isUnchanged = JSON.stringify(licenses) === JSON.stringify(user.licenses);
  const saved = isUnchanged ? user : world.transaction(() => save(tenant, user, licenses));
  return ok(present(call, saved));
}

/** POST /users/{id}/reprocessLicenseAssignment: tries again what groups could not give. */
export function reprocessLicenseAssignment(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  world.transaction(() => inheritLicenses(tenant, user.id));
  return ok(present(call, tenant.users.get(user.id) ?? user));
}

function present(call: GraphCall, user: UserRecord): object {
  const shown = project((name) => readUser(user, name), defaultNames(userType));
  return { '@odata.context': contextOf(call, 'users', true), ...shown };
}

/** Writes of licenses to one user may not overlap. */
export function licenseLock(call: GraphCall): string {
  const key = call.params['id'] ?? '';
  return `licenses/${call.tenant.users.find('userPrincipalName', key.toLowerCase())?.id ?? key.toLowerCase()}`;
}

function save(tenant: Tenant, user: UserRecord, licenses: readonly AssignedLicense[]): UserRecord {
  return tenant.saveUser(grantMailbox(tenant, { ...user, licenses }), licenseProperties);
}

function licensesAfter(tenant: Tenant, user: UserRecord, change: LicenseChange): AssignedLicense[] {
  const direct = user.licenses.filter((license) => license.assignedByGroup === undefined);
  const inherited = user.licenses.filter((license) => license.assignedByGroup !== undefined);
  for (const skuId of change.removeLicenses) {
    if (direct.some((license) => license.skuId === skuId)) continue;
    const isInherited = inherited.some((license) => license.skuId === skuId);
    throw isInherited ? licenseRefusals.inherited() : licenseRefusals.notAssigned();
  }
  if (change.addLicenses.length > 0 && !user.properties['usageLocation']) throw licenseRefusals.noUsageLocation();
  const kept = direct.filter((license) => !change.removeLicenses.includes(license.skuId));
  const licenses = new Map(kept.map((license) => [license.skuId, license]));
  const assignedDateTime = tenant.now().toISOString();
  for (const { skuId, disabledPlans } of change.addLicenses) {
    const hasSeat = effectiveLicenses([...licenses.values(), ...inherited]).some((license) => license.skuId === skuId);
    if (!hasSeat && freeSeats(tenant, skuId) < 1) throw licenseRefusals.noSeat(skuId);
    const held = licenses.get(skuId);
    licenses.set(skuId, { skuId, disabledPlans, assignedDateTime: held?.assignedDateTime ?? assignedDateTime });
  }
  const after = [...licenses.values(), ...inherited];
  checkTogether(after);
  return after;
}

/** Plans that exclude or need each other, over everything the user will have. */
function checkTogether(licenses: readonly AssignedLicense[]): void {
  const clash = findClash(licenses);
  if (clash !== undefined) throw licenseRefusals.clash(clash);
  const unmet = findUnmetDependency(licenses);
  if (unmet !== undefined) throw licenseRefusals.unmet(unmet);
}
