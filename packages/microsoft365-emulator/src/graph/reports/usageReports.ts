import { createHash } from 'node:crypto';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { effectiveLicenses } from '../licenses/effectiveLicenses.ts';
import { hasMailbox } from '../licenses/mailboxPlans.ts';

/** What a report is made from. */
export interface ReportBasis {
  readonly tenant: Tenant;
  /** The day that the report's figures are of. */
  readonly refreshDate: string;
  readonly days: number;
  readonly isConcealed: boolean;
}

type Cell = string | number | boolean;

export interface UsageReport {
  readonly columns: readonly string[];
  readonly rows: (basis: ReportBasis) => readonly (readonly Cell[])[];
}

const GIGABYTE = 1024 ** 3;
// Microsoft documentation, "Exchange Online limits": the storage of a mailbox, and where warning and refusal begin.
const quotas = { warning: 49 * GIGABYTE, send: 49.5 * GIGABYTE, sendAndReceive: 50 * GIGABYTE };

/** A name, or what stands for it where names are concealed: always the same for the same name. */
function named(name: unknown, { isConcealed }: ReportBasis): string {
  const text = typeof name === 'string' ? name : '';
  return isConcealed ? createHash('md5').update(text).digest('hex').toUpperCase() : text;
}

function mailboxes({ tenant }: ReportBasis): UserRecord[] {
  return tenant.users.values().filter((user) => hasMailbox(user.licenses));
}

function usageOf({ tenant }: ReportBasis, { id }: UserRecord): { items: number; bytes: number; lastActivity: string } {
  const usage = tenant.directory.usage.get(id);
  const signIn = tenant.directory.signIns.values().findLast(({ properties }) => properties['userId'] === id);
  const seen = String(signIn?.properties['createdDateTime'] ?? '').slice(0, 10);
  return {
    items: usage?.itemCount ?? 0,
    bytes: usage?.storageUsedBytes ?? 0,
    lastActivity: usage?.lastActivityDate ?? seen,
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

/** One row for each day of the period, the newest first, as reports of figures over time have them. */
function daily(basis: ReportBasis, figures: (date: string) => readonly Cell[]): Cell[][] {
  const newest = Date.parse(basis.refreshDate);
  return Array.from({ length: basis.days }, (_, age) => {
    const date = new Date(newest - age * 24 * 3600 * 1000).toISOString().slice(0, 10);
    return [basis.refreshDate, ...figures(date)];
  });
}

function total(basis: ReportBasis): { count: number; bytes: number } {
  const users = mailboxes(basis);
  return { count: users.length, bytes: users.reduce((sum, user) => sum + usageOf(basis, user).bytes, 0) };
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
      rows: (basis) => daily(basis, (date) => [total(basis).count, activeUsers(basis), date, basis.days]),
    },
  ],
  [
    'getMailboxUsageStorage',
    {
      columns: ['Report Refresh Date', 'Storage Used (Byte)', 'Report Date', 'Report Period'],
      rows: (basis) => daily(basis, (date) => [total(basis).bytes, date, basis.days]),
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
      rows: (basis) => daily(basis, (date) => [...quotaCounts(basis), date, basis.days]),
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
      rows: (basis) => daily(basis, (date) => [activeUsers(basis), ...services.map(() => 0), date, basis.days]),
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
