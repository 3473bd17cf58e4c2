import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../../http/HttpAnswer.ts';
import type { HttpServices } from '../../http/HttpServices.ts';
import { serve } from '../../http/serve.ts';
import type { World } from '../../store/World.ts';
import { areNamesConcealed, reportTag } from './reportSettings.ts';
import type { ReportBasis, UsageReport } from './UsageReport.ts';
import { lastSignInsOf, usageReports } from './usageReports.ts';

const DAY_MS = 24 * 3600 * 1000;
const BYTE_ORDER_MARK = '\uFEFF';

/** The pre-authenticated URLs that usage reports are fetched from: whoever has the token in it gets the report. */
export function registerReportDownloads(app: FastifyInstance, world: World, http: HttpServices): void {
  app.get(
    '/data/v1.0/download',
    serve(http, (request) => download(world, http, request)),
  );
}

function download(world: World, http: HttpServices, request: FastifyRequest): HttpAnswer {
  const token = new URL(request.url, 'https://localhost').searchParams.get('token') ?? '';
  const [tenantId = '', id = ''] = token.split('.', 2);
  const tenant = world.tenants.get(tenantId);
  const found = tenant?.directory.reportDownloads.get(id);
  const report = usageReports.get(found?.report ?? '');
  const now = http.clock.now().getTime();
  if (tenant === undefined || found === undefined || report === undefined || found.expiresAt <= now) {
    return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'The link has expired.' };
  }
  const settings = http.settings();
  const body = csvOf(report, {
    tenant,
    refreshDate: new Date(now - settings.reportDelayDays * DAY_MS).toISOString().slice(0, 10),
    days: found.days,
    isConcealed: areNamesConcealed(tenant, settings),
    lastSignIns: lastSignInsOf(tenant),
  });
  const headers = {
    'content-type': 'application/octet-stream',
    etag: reportTag(tenant, settings, found),
    'content-disposition': `attachment; filename="${found.report.replace(/^get/, '')}.csv"`,
  };
  return { status: 200, headers, body };
}

/** CSV with a byte order mark, as Microsoft's reports have it. */
function csvOf({ columns, rows }: UsageReport, basis: ReportBasis): string {
  const lines = [columns, ...rows(basis)].map((cells) => cells.map(field).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\n')}\n`;
}

function field(value: string | number | boolean): string {
  const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
