import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { roles } from '../authorization/roleCatalog.ts';
import { badRequest, malformed } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { changeSettingsObject } from '../policies/settingsObject.ts';
import { areNamesConcealed, REPORT_SETTINGS, reportTag } from './reportSettings.ts';
import { usageReports } from './usageReports.ts';

const periods: ReadonlyMap<string, number> = new Map([
  ['D7', 7],
  ['D30', 30],
  ['D90', 90],
  ['D180', 180],
]);

const settingsSchema = z.strictObject({ displayConcealedNames: z.boolean() });

/** GET /reports/get…(period='D7'): leads to a URL at which the report can be fetched for some minutes without a token. */
function startDownload(report: string): (call: GraphCall) => GraphAnswer {
  return (call) => {
    const { tenant, world, settings, root } = call;
    const days = readPeriod(call.params['period'] ?? '');
    const now = tenant.now().getTime();
    const etag = reportTag(tenant, settings, { report, days });
    if (call.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    const { reportDownloads } = tenant.directory;
    const id = randomBytes(24).toString('base64url');
    world.transaction(() => {
      for (const old of reportDownloads.values()) if (old.expiresAt <= now) reportDownloads.remove(old.id);
      reportDownloads.put({ id, report, days, expiresAt: now + settings.reportDownloadSeconds * 1000 });
    });
    const location = `${root.replace(/\/v1\.0$/, '')}/data/v1.0/download?token=${tenant.id}.${id}`;
    return { status: 302, headers: { location, etag } };
  };
}

function readPeriod(text: string): number {
  const period = /^period='?(D\d+)'?$/i.exec(text)?.[1]?.toUpperCase();
  const days = periods.get(period ?? '');
  if (days === undefined) throw malformed('Invalid period value specified. Valid values are: D7, D30, D90, D180.');
  return days;
}

function presentSettings({ tenant, settings }: GraphCall): GraphAnswer {
  return ok({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#admin/reportSettings/$entity',
    displayConcealedNames: areNamesConcealed(tenant, settings),
  });
}

function updateSettings(call: GraphCall): GraphAnswer {
  const parsed = settingsSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  changeSettingsObject(call, REPORT_SETTINGS, parsed.data);
  return presentSettings(call);
}

const readers = {
  roles: [
    roles.globalAdministrator,
    roles.globalReader,
    roles.reportsReader,
    roles.exchangeAdministrator,
    roles.sharePointAdministrator,
  ],
};

export const reportOperations: readonly GraphOperation[] = [
  ...[...usageReports.keys()].map(
    (report): GraphOperation => ({
      method: 'GET',
      path: `/reports/${report}/{period}`,
      service: 'usageReports',
      ...readers,
      handle: startDownload(report),
    }),
  ),
  { method: 'GET', path: '/admin/reportSettings', ...readers, handle: presentSettings },
  {
    method: 'PATCH',
    path: '/admin/reportSettings',
    roles: [roles.globalAdministrator],
    handle: updateSettings,
  },
];
