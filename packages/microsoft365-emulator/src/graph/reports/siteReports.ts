import { siteUrl } from '../../files/addresses.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type Cell, named, type ReportBasis, type UsageReport } from './UsageReport.ts';

interface SiteUsage {
  files: number;
  bytes: number;
  lastModified: string;
}

/** Files of every site, counted in one pass. */
function usageBySite({ files }: Tenant): ReadonlyMap<string, SiteUsage> {
  const usage = new Map<string, SiteUsage>();
  for (const { siteId, kind, size, modifiedDateTime } of files.items.values()) {
    if (kind !== 'file') continue;
    const known = usage.get(siteId) ?? { files: 0, bytes: 0, lastModified: '' };
    known.files += 1;
    known.bytes += size;
    if (modifiedDateTime > known.lastModified) known.lastModified = modifiedDateTime;
    usage.set(siteId, known);
  }
  return usage;
}

interface SiteRow {
  readonly site: SiteRecord;
  readonly usage: SiteUsage;
  readonly owner: { readonly displayName: string; readonly principalName: string };
}

function rowsOf(basis: ReportBasis, isWanted: (site: SiteRecord) => boolean): SiteRow[] {
  const { tenant } = basis;
  const usage = usageBySite(tenant);
  return tenant.files.sites
    .values()
    .filter(isWanted)
    .map((site) => {
      const properties = tenant.users.get(site.ownerUserId ?? '')?.properties ?? {};
      return {
        site,
        usage: usage.get(site.id) ?? { files: 0, bytes: 0, lastModified: '' },
        owner: {
          displayName: named(properties['displayName'], basis),
          principalName: named(properties['userPrincipalName'], basis),
        },
      };
    });
}

/** Columns that both reports begin with. Addresses are left out where names are concealed, as they hold them. */
function beginning(basis: ReportBasis, { site, usage, owner }: SiteRow): Cell[] {
  const address = basis.isConcealed ? '' : siteUrl(basis.tenant, site);
  return [basis.refreshDate, site.id, address, owner.displayName, false, usage.lastModified.slice(0, 10), usage.files];
}

/** Source of the columns: Microsoft documentation of each report. Views are not counted. */
export const siteReports: readonly (readonly [string, UsageReport])[] = [
  [
    'getOneDriveUsageAccountDetail',
    {
      columns: [
        'Report Refresh Date',
        'Site Id',
        'Site URL',
        'Owner Display Name',
        'Is Deleted',
        'Last Activity Date',
        'File Count',
        'Active File Count',
        'Storage Used (Byte)',
        'Storage Allocated (Byte)',
        'Owner Principal Name',
        'Report Period',
      ],
      rows: (basis) =>
        rowsOf(basis, ({ kind }) => kind === 'personal').map((row) => [
          ...beginning(basis, row),
          0,
          row.usage.bytes,
          row.site.quotaBytes,
          row.owner.principalName,
          basis.days,
        ]),
    },
  ],
  [
    'getSharePointSiteUsageDetail',
    {
      columns: [
        'Report Refresh Date',
        'Site Id',
        'Site URL',
        'Owner Display Name',
        'Is Deleted',
        'Last Activity Date',
        'File Count',
        'Active File Count',
        'Page View Count',
        'Visited Page Count',
        'Storage Used (Byte)',
        'Storage Allocated (Byte)',
        'Root Web Template',
        'Owner Principal Name',
        'Report Period',
      ],
      rows: (basis) =>
        rowsOf(basis, ({ kind }) => kind !== 'personal').map((row) => [
          ...beginning(basis, row),
          0,
          0,
          0,
          row.usage.bytes,
          row.site.quotaBytes,
          row.site.kind === 'group' ? 'Group' : 'Team Site',
          row.owner.principalName,
          basis.days,
        ]),
    },
  ],
];
