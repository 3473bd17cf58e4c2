import { parseOnlineAccountId } from '@isthmus/kernel';
import type { OnlineAccount } from '@isthmus/microsoft365';
import type { Kysely, Selectable } from 'kysely';
import type { Database, OnlineAccountTable } from '../../../storage/schema.ts';
import { bulkUpsert } from './bulkUpsert.ts';

export type OnlineRow = Selectable<OnlineAccountTable>;

export function onlineFromRow(row: OnlineRow): OnlineAccount {
  return {
    id: parseOnlineAccountId(row.id),
    upn: row.upn,
    displayName: row.display_name,
    givenName: row.given_name ?? undefined,
    surname: row.surname ?? undefined,
    mail: row.mail ?? undefined,
    department: row.department ?? undefined,
    jobTitle: row.job_title ?? undefined,
    officeLocation: row.office_location ?? undefined,
    mobilePhone: row.mobile_phone ?? undefined,
    businessPhones: row.business_phones,
    companyName: row.company_name ?? undefined,
    signInAllowed: row.sign_in_allowed,
    immutableId: row.immutable_id ?? undefined,
    usageLocation: row.usage_location ?? undefined,
    skuIds: row.sku_ids,
    inheritedSkuIds: row.inherited_sku_ids,
    disabledPlans: row.disabled_plans,
    proxyAddresses: row.proxy_addresses,
    synchronizedByOthers: row.synchronized_by_others,
    sessionsValidFrom: row.sessions_valid_from ?? undefined,
    createdAt: row.account_created_at ?? undefined,
    deletedAt: row.deleted_at ?? undefined,
  };
}

function rowFromOnline(account: OnlineAccount, seenAt: Date): OnlineRow {
  return {
    id: account.id,
    upn: account.upn,
    display_name: account.displayName,
    given_name: account.givenName ?? null,
    surname: account.surname ?? null,
    mail: account.mail ?? null,
    department: account.department ?? null,
    job_title: account.jobTitle ?? null,
    office_location: account.officeLocation ?? null,
    mobile_phone: account.mobilePhone ?? null,
    business_phones: [...account.businessPhones],
    company_name: account.companyName ?? null,
    sign_in_allowed: account.signInAllowed,
    immutable_id: account.immutableId ?? null,
    usage_location: account.usageLocation ?? null,
    sku_ids: [...account.skuIds].sort(),
    inherited_sku_ids: [...account.inheritedSkuIds].sort(),
    disabled_plans: account.disabledPlans,
    proxy_addresses: [...account.proxyAddresses],
    synchronized_by_others: account.synchronizedByOthers,
    sessions_valid_from: account.sessionsValidFrom ?? null,
    account_created_at: account.createdAt ?? null,
    seen_at: seenAt,
    deleted_at: account.deletedAt ?? null,
    deleted_seen_at: account.deletedAt === undefined ? null : seenAt,
  };
}

const TOLD_BY_THE_TENANT = [
  'upn',
  'display_name',
  'given_name',
  'surname',
  'mail',
  'department',
  'job_title',
  'office_location',
  'mobile_phone',
  'business_phones',
  'company_name',
  'sign_in_allowed',
  'immutable_id',
  'usage_location',
  'sku_ids',
  'inherited_sku_ids',
  'disabled_plans',
  'proxy_addresses',
  'synchronized_by_others',
  'sessions_valid_from',
  'account_created_at',
  'deleted_at',
] as const satisfies readonly (keyof OnlineAccountTable)[];

/** Takes over what the tenant told. @returns the ids of the accounts that are different now */
export function upsertOnline(
  database: Kysely<Database>,
  accounts: readonly OnlineAccount[],
  seenAt: Date,
): Promise<readonly string[]> {
  return bulkUpsert(database, {
    table: 'online_account',
    rows: accounts.map((account) => rowFromOnline(account, seenAt)),
    update: TOLD_BY_THE_TENANT,
    always: [
      {
        column: 'deleted_seen_at',
        expression:
          'case when excluded.deleted_at is not null then coalesce(online_account.deleted_seen_at, excluded.seen_at) end',
        changed: 'false',
      },
      { column: 'seen_at', expression: 'excluded.seen_at', changed: 'false' },
    ],
  });
}
