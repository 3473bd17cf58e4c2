import * as z from 'zod';
import { exclusivePlanIds, findCatalogSku, planDependencies } from '../../seed/skuCatalog.ts';
import type { AssignedLicense, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { getUserToWrite } from './findUser.ts';
import { enabledPlanIds, grantMailbox, hasMailbox, withoutMailbox } from './mailbox.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

const bodySchema = z.object({
  addLicenses: z.array(
    z.object({ skuId: z.string().toLowerCase(), disabledPlans: z.array(z.string().toLowerCase()).default([]) }),
  ),
  removeLicenses: z.array(z.string().toLowerCase()),
});

type LicenseChange = z.infer<typeof bodySchema>;

const licenseProperties = ['assignedLicenses', 'assignedPlans', 'provisionedPlans', 'licenseAssignmentStates'];

/** POST /users/{id}/assignLicense */
export function assignLicense(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) {
    throw badRequest('One or more parameters of the operation assignLicense are missing from the request payload.');
  }
  const licenses = licensesAfter(tenant, user, parsed.data);
  const isUnchanged = JSON.stringify(licenses) === JSON.stringify(user.licenses);
  const saved = isUnchanged ? user : world.transaction(() => save(tenant, user, licenses));
  const shown = project((name) => readUser(saved, name), defaultNames(userType));
  return ok({ '@odata.context': contextOf(call, 'users', true), ...shown });
}

/** Writes of licences to one user may not overlap. */
export function licenseLock(call: GraphCall): string {
  const key = call.params['id'] ?? '';
  return `licenses/${call.tenant.users.find('userPrincipalName', key.toLowerCase())?.id ?? key.toLowerCase()}`;
}

function save(tenant: Tenant, user: UserRecord, licenses: readonly AssignedLicense[]): UserRecord {
  const draft = { ...user, licenses };
  return tenant.saveUser(hasMailbox(licenses) ? grantMailbox(tenant, draft) : withoutMailbox(draft), licenseProperties);
}

function licensesAfter(tenant: Tenant, user: UserRecord, change: LicenseChange): AssignedLicense[] {
  for (const skuId of change.removeLicenses) {
    if (!user.licenses.some((license) => license.skuId === skuId)) {
      throw badRequest('User does not have a corresponding license.');
    }
  }
  for (const { skuId } of change.addLicenses) checkSku(tenant, skuId);
  if (change.addLicenses.length > 0 && !user.properties['usageLocation']) {
    throw badRequest('License assignment cannot be done for user with invalid usage location.');
  }
  const kept = user.licenses.filter((license) => !change.removeLicenses.includes(license.skuId));
  const licenses = new Map(kept.map((license) => [license.skuId, license]));
  const assignedDateTime = tenant.now().toISOString();
  for (const { skuId, disabledPlans } of change.addLicenses) {
    const held = licenses.get(skuId);
    if (held === undefined) takeSeat(tenant, skuId);
    checkPlans(skuId, disabledPlans);
    licenses.set(skuId, { skuId, disabledPlans, assignedDateTime: held?.assignedDateTime ?? assignedDateTime });
  }
  const after = [...licenses.values()];
  checkTogether(after);
  return after;
}

function checkSku(tenant: Tenant, skuId: string): void {
  if (tenant.skus.get(skuId) !== undefined) return;
  throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
}

function takeSeat(tenant: Tenant, skuId: string): void {
  const sku = tenant.skus.get(skuId);
  const free = (sku?.enabled ?? 0) + (sku?.warning ?? 0) - (tenant.seatsTaken.get(skuId) ?? 0);
  if (free < 1) throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
}

function checkPlans(skuId: string, disabledPlans: readonly string[]): void {
  const known = findCatalogSku(skuId)?.plans ?? [];
  const unknown = disabledPlans.find((id) => !known.some((plan) => plan.id === id));
  if (unknown === undefined) return;
  throw badRequest(`License assignment failed because service plan ${unknown} is not part of license ${skuId}.`);
}

/** Plans that exclude or need each other, over everything the user will have. */
function checkTogether(licenses: readonly AssignedLicense[]): void {
  const enabled = new Set(enabledPlanIds(licenses));
  const clash = exclusivePlanIds.find(([one, other]) => enabled.has(one) && enabled.has(other));
  if (clash !== undefined) {
    throw badRequest(`License assignment failed because service plans ${clash.join(', ')} are mutually exclusive.`);
  }
  for (const [planId, needed] of planDependencies) {
    if (!enabled.has(planId) || needed.some((id) => enabled.has(id))) continue;
    throw badRequest(
      `License assignment failed because service plan ${planId} depends on the service plan(s) ${needed.join(', ')}`,
    );
  }
}
