import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { effectiveLicenses } from '../licenses/effectiveLicenses.ts';
import { hasMailbox } from '../licenses/mailboxPlans.ts';
import { siteReports } from './siteReports.ts';
import { type Cell, named, type ReportBasis, type UsageReport } from './UsageReport.ts';

const GIGABYTE = 1024 ** 3;
// Microsoft documentation, "Exchange Online limits": the storage of a mailbox, and where warning and refusal begin.
const quotas = { warning: 49 * GIGABYTE, send: 49.5 * GIGABYTE, sendAndReceive: 50 * GIGABYTE };

function mailboxes({ tenant }: ReportBasis): UserRecord[] {
  return tenant.users.values().filter((user) => hasMailbox(user.licenses));
}

/** When each user signed in last, as far as the log goes back. */
export function lastSignInsOf({ directory }: Tenant): ReadonlyMap<string, string> {
  const entries = directory.signIns.values();
  return new Map(entries.map(({ properties }) => [String(properties['userId']), day(properties['createdDateTime'])]));
}

function usageOf(
  { tenant, lastSignIns }: ReportBasis,
  { id }: UserRecord,
): { items: number; bytes: number; lastActivity: string } {
  const usage = tenant.directory.usage.get(id);
  return {
    items: usage?.itemCount ?? 0,
    bytes: usage?.storageUsedBytes ?? 0,
    lastActivity: usage?.lastActivityDate ?? lastSignIns.get(id) ?? '',
  };
}

function day(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 10) : '';
}

function products(user: UserRecord): string {
  return effectiveLicenses(user.licenses)
    .map(({ skuId }) => findCatalogSku(skuId)?.skuPartNumber ?? skuId)
    .join('+');
}

/** One row for each day of the period, the newest first. The emulator keeps no history: each has the figures of now. */
function daily(basis: ReportBasis, figures: readonly Cell[]): Cell[][] {
  const newest = Date.parse(basis.refreshDate);
  return Array.from({ length: basis.days }, (_, age) => {
    const date = new Date(newest - age * 24 * 3600 * 1000).toISOString().slice(0, 10);
    return [basis.refreshDate, ...figures, date, basis.days];
  });
}

function storageUsed(basis: ReportBasis): number {
  return mailboxes(basis).reduce((sum, user) => sum + usageOf(basis, user).bytes, 0);
}

function quotaCounts(basis: ReportBasis): readonly number[] {
  const sizes = mailboxes(basis).map((user) => usageOf(basis, user).bytes);
  const between = (from: number, to: number): number => sizes.filter((size) => size >= from && size < to).length;
  return [
    between(0, quotas.warning),
    between(quotas.warning, quotas.send),
    between(quotas.send, quotas.sendAndReceive),
    between(quotas.sendAndReceive, Number.POSITIVE_INFINITY),
    0,
  ];
}

/** Users whose activity lies inside the period that ends on a day. */
function activeUsers(basis: ReportBasis): number {
  const since = Date.parse(basis.refreshDate) - basis.days * 24 * 3600 * 1000;
  return basis.tenant.users.values().filter((user) => Date.parse(usageOf(basis, user).lastActivity) >= since).length;
}

const services = ['Exchange', 'OneDrive', 'SharePoint', 'Skype For Business', 'Yammer', 'Teams'];

/**
 * The usage reports by the name of their function.
 * Source of the columns: Microsoft documentation of each report. What the emulator has no figures of is 0 or empty.
 */
export const usageReports: ReadonlyMap<string, UsageReport> = new Map([
  ...siteReports,
  [
    'getMailboxUsageDetail',
    {
      columns: [
        'Report Refresh Date',
        'User Principal Name',
        'Display Name',
        'Is Deleted',
        'Deleted Date',
        'Created Date',
        'Last Activity Date',
        'Item Count',
        'Storage Used (Byte)',
        'Issue Warning Quota (Byte)',
        'Prohibit Send Quota (Byte)',
        'Prohibit Send/Receive Quota (Byte)',
        'Deleted Item Count',
        'Deleted Item Size (Byte)',
        'Report Period',
      ],
      rows: (basis) =>
        mailboxes(basis).map((user) => {
          const { items, bytes, lastActivity } = usageOf(basis, user);
          const { userPrincipalName, displayName, createdDateTime } = user.properties;
          return [
            basis.refreshDate,
            named(userPrincipalName, basis),
            named(displayName, basis),
            false,
            '',
            day(createdDateTime),
            lastActivity,
            items,
            bytes,
            quotas.warning,
            quotas.send,
            quotas.sendAndReceive,
            0,
            0,
            basis.days,
          ];
        }),
    },
  ],
  [
    'getMailboxUsageMailboxCounts',
    {
      columns: ['Report Refresh Date', 'Total', 'Active', 'Report Date', 'Report Period'],
      rows: (basis) => daily(basis, [mailboxes(basis).length, activeUsers(basis)]),
    },
  ],
  [
    'getMailboxUsageStorage',
    {
      columns: ['Report Refresh Date', 'Storage Used (Byte)', 'Report Date', 'Report Period'],
      rows: (basis) => daily(basis, [storageUsed(basis)]),
    },
  ],
  [
    'getMailboxUsageQuotaStatusMailboxCounts',
    {
      columns: [
        'Report Refresh Date',
        'Under Limit',
        'Warning Issued',
        'Send Prohibited',
        'Send/Receive Prohibited',
        'Indeterminate',
        'Report Date',
        'Report Period',
      ],
      rows: (basis) => daily(basis, quotaCounts(basis)),
    },
  ],
  [
    'getEmailActivityUserDetail',
    {
      columns: [
        'Report Refresh Date',
        'User Principal Name',
        'Display Name',
        'Is Deleted',
        'Deleted Date',
        'Last Activity Date',
        'Send Count',
        'Receive Count',
        'Read Count',
        'Meeting Created Count',
        'Meeting Interacted Count',
        'Assigned Products',
        'Report Period',
      ],
      rows: (basis) =>
        mailboxes(basis).map((user) => [
          basis.refreshDate,
          named(user.properties['userPrincipalName'], basis),
          named(user.properties['displayName'], basis),
          false,
          '',
          usageOf(basis, user).lastActivity,
          0,
          0,
          0,
          0,
          0,
          products(user),
          basis.days,
        ]),
    },
  ],
  [
    'getOffice365ActiveUserDetail',
    {
      columns: [
        'Report Refresh Date',
        'User Principal Name',
        'Display Name',
        'Is Deleted',
        'Deleted Date',
        ...services.map((service) => `Has ${service} License`),
        ...services.map((service) => `${service} Last Activity Date`),
        ...services.map((service) => `${service} License Assign Date`),
        'Assigned Products',
      ],
      rows: (basis) => basis.tenant.users.values().map((user) => activeUserRow(basis, user)),
    },
  ],
  [
    'getOffice365ActiveUserCounts',
    {
      columns: ['Report Refresh Date', 'Office 365', ...services, 'Report Date', 'Report Period'],
      rows: (basis) => daily(basis, [activeUsers(basis), ...services.map(() => 0)]),
    },
  ],
]);

function activeUserRow(basis: ReportBasis, user: UserRecord): Cell[] {
  const licenses = effectiveLicenses(user.licenses);
  const assigned = services.map((service) => licenses.find(({ skuId }) => hasService(skuId, service)));
  const { lastActivity } = usageOf(basis, user);
  return [
    basis.refreshDate,
    named(user.properties['userPrincipalName'], basis),
    named(user.properties['displayName'], basis),
    false,
    '',
    ...assigned.map((license) => license !== undefined),
    ...services.map((service) => (service === 'Exchange' ? lastActivity : '')),
    ...assigned.map((license) => day(license?.assignedDateTime)),
    products(user),
  ];
}

const planNames: Readonly<Record<string, RegExp>> = {
  Exchange: /^EXCHANGE_S_(STANDARD|ENTERPRISE)$/,
  OneDrive: /^SHAREPOINT(STANDARD|ENTERPRISE)$/,
  SharePoint: /^SHAREPOINT(STANDARD|ENTERPRISE)$/,
  'Skype For Business': /^MCOSTANDARD$/,
  Yammer: /^YAMMER/,
  Teams: /^TEAMS/,
};

function hasService(skuId: string, service: string): boolean {
  return findCatalogSku(skuId)?.plans.some(({ name }) => planNames[service]?.test(name) === true) === true;
}
