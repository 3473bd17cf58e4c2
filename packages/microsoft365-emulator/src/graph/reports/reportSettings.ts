import { createHash } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { readSettingsObject } from '../policies/settingsObject.ts';

export const REPORT_SETTINGS = 'reportSettings';

/** Whether the tenant hides who people are in its reports. */
export function areNamesConcealed(tenant: Tenant, { concealReportNames }: Settings): boolean {
  const presets = { displayConcealedNames: concealReportNames };
  return readSettingsObject(tenant, REPORT_SETTINGS, presets)['displayConcealedNames'] === true;
}

/** The ETag of a report, which stays the same for a day. */
export function reportTag(
  tenant: Tenant,
  settings: Settings,
  { report, days }: { readonly report: string; readonly days: number },
): string {
  const date = tenant.now().toISOString().slice(0, 10);
  const parts = [tenant.id, report, days, date, settings.reportDelayDays, areNamesConcealed(tenant, settings)];
  return `"${createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 32)}"`;
}
