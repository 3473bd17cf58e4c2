import type { GroupLicense, GroupRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { inheritLicenses } from '../licenses/inheritLicenses.ts';
import { type LicenseChange, readLicenseChange } from '../licenses/licenseChange.ts';
import { licenseRefusals } from '../licenses/licenseRefusals.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { getGroupToWrite } from './findGroup.ts';
import { groupType } from './groupType.ts';
import { memberIdsOf } from './memberships.ts';
import { readGroup } from './readGroup.ts';

/** POST /groups/{id}/assignLicense: the members inherit it at once, each as far as it can be assigned. */
export function assignGroupLicense(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const group = getGroupToWrite(call);
  if (group.properties['securityEnabled'] !== true) throw licenseRefusals.notSecurityEnabled();
  const licenses = licensesAfter(group, readLicenseChange(tenant, call.body));
  world.transaction(() => save(tenant, { ...group, licenses }));
  const saved = tenant.directory.groups.get(group.id) ?? group;
  const shown = project((name) => readGroup(tenant, saved, name), defaultNames(groupType));
  return ok({ '@odata.context': contextOf(call, 'groups', true), ...shown });
}

/** Writes of licenses to one group may not overlap. */
export function groupLicenseLock(call: GraphCall): string {
  return `licenses/${(call.params['id'] ?? '').toLowerCase()}`;
}

function save(tenant: Tenant, group: GroupRecord): void {
  tenant.directory.saveGroup(group, ['assignedLicenses']);
  for (const id of memberIdsOf(tenant, group.id)) inheritLicenses(tenant, id);
}

function licensesAfter({ licenses }: GroupRecord, { addLicenses, removeLicenses }: LicenseChange): GroupLicense[] {
  const after = new Map(licenses.map((license) => [license.skuId, license]));
  for (const skuId of removeLicenses) if (!after.delete(skuId)) throw licenseRefusals.notAssignedToGroup();
  for (const license of addLicenses) after.set(license.skuId, license);
  return [...after.values()];
}
