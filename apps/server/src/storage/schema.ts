import type {
  DnsProviderKind,
  DomainDetails,
  FieldChange,
  HoldReason,
  Notice,
  PassCause,
  RecordOptions,
  ServicePlan,
  SyncPass,
} from '@isthmus/contracts';
import type { MailboxChanges } from '@isthmus/microsoft365';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { CheckedRecord, ZoneWrite } from '../features/domains/keptRecords.ts';

type Instant = ColumnType<Date, Date | string, Date | string>;
type OptionalInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Json<T extends object> = JSONColumnType<T, string, string>;
type OptionalJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;

/** Mirror of the directory: one row a user account; rows of removed accounts stay, with `removed_at`. */
export interface DirectoryUserTable {
  id: string;
  dn: string;
  user_name: string;
  upn: string | null;
  display_name: string;
  given_name: string;
  surname: string;
  mail: string | null;
  department: string;
  title: string;
  office: string;
  phone: string;
  mobile: string;
  company: string;
  description: string;
  manager_dn: string | null;
  group_dns: ColumnType<string[], string[], string[]>;
  enabled: boolean;
  locked: boolean;
  expires_at: OptionalInstant;
  password_set_at: OptionalInstant;
  password_never_expires: boolean;
  last_sign_in_at: OptionalInstant;
  account_created_at: OptionalInstant;
  anchor: string;
  protected_administrator: boolean;
  built_in: boolean;
  access_level: 'standard' | 'help-desk' | 'administrator';
  seen_at: Instant;
  removed_at: OptionalInstant;
  /** When an account that was gone was seen again. */
  returned_at: OptionalInstant;
}

/** Mirror of the tenant; deleted accounts stay with `deleted_at` until they are purged. */
export interface OnlineAccountTable {
  id: string;
  upn: string;
  display_name: string;
  given_name: string | null;
  surname: string | null;
  mail: string | null;
  department: string | null;
  job_title: string | null;
  office_location: string | null;
  mobile_phone: string | null;
  business_phones: ColumnType<string[], string[], string[]>;
  company_name: string | null;
  sign_in_allowed: boolean;
  immutable_id: string | null;
  usage_location: string | null;
  sku_ids: ColumnType<string[], string[], string[]>;
  inherited_sku_ids: ColumnType<string[], string[] | undefined, string[]>;
  disabled_plans: ColumnType<Record<string, readonly string[]>, string | undefined, string>;
  proxy_addresses: ColumnType<string[], string[], string[]>;
  synchronized_by_others: boolean;
  sessions_valid_from: OptionalInstant;
  account_created_at: OptionalInstant;
  seen_at: Instant;
  deleted_at: OptionalInstant;
  /** When we saw the deletion, by our clock. */
  deleted_seen_at: OptionalInstant;
}

/** Position and health of one feed: `directory` or `tenant`. */
export interface FeedTable {
  name: 'directory' | 'tenant';
  position: string | null;
  /** The server (DC, tenant id) the position belongs to. */
  source: string | null;
  updated_at: OptionalInstant;
  contacted_at: OptionalInstant;
  problem: OptionalJson<Notice>;
}

export interface LinkTable {
  user_id: string;
  online_account_id: string;
  anchor: string;
  created_at: Instant;
  created_by: string;
  /** What the name before the `@` was made from; then a rename in the directory renames the address. */
  address_follows: ColumnType<'user-name' | 'upn' | null, 'user-name' | 'upn' | null | undefined>;
  /** Set before we block, so that only our own blocks are lifted by ourselves. */
  blocked_by_us: Generated<boolean>;
  /** A block of ours whose revocation of sessions is not done yet. */
  revoke_due: Generated<boolean>;
  /** Why the online sign-in is kept blocked, whatever the directory says. */
  hold: ColumnType<HoldReason | null, HoldReason | null | undefined>;
  /** Licenses that were taken with the hold. */
  hold_sku_ids: ColumnType<string[], string[] | undefined>;
  held_at: OptionalInstant;
}

/** A link of an integration that was disabled. */
export type RememberedLinkTable = Omit<LinkTable, 'anchor'>;

/** Somebody who leaves; ends with the removal or when the person is activated again. */
export interface OffboardingTable {
  user_id: string;
  begun_at: Instant;
  begun_by: string;
  /** Groups of the directory that the person was taken out of. */
  group_dns: string[];
  /** What was changed about the mailbox. */
  mailbox: ColumnType<MailboxChanges, string | undefined, string>;
  remove_at: OptionalInstant;
}

export interface UserTemplateTable {
  id: string;
  name: string;
  settings: Json<object>;
  changed_at: Instant;
  changed_by: string;
}

export interface LicenseTable {
  sku_id: string;
  sku_part_number: string;
  name: string;
  total: number;
  used: number;
  state: 'enabled' | 'warning' | 'suspended' | 'deleted' | 'locked-out';
  seen_at: Instant;
  service_plans: ColumnType<ServicePlan[], string | undefined>;
}

/** When an account of the tenant signed in last; no row: not known. */
export interface OnlineSignInTable {
  online_account_id: string;
  /** Null: never. */
  last_sign_in_at: OptionalInstant;
  read_at: Instant;
}

/** Holder of a role of the tenant: an account, a group or an application. */
export interface TenantRoleTable {
  holder_id: string;
  is_global_administrator: boolean;
}

/** A group of the tenant that follows a group of the directory. */
export interface GroupLinkTable {
  /** `objectGUID` of the directory group. */
  group_id: string;
  online_group_id: string;
  online_name: string;
  linked_at: Instant;
  linked_by: string;
  /** When both were last found, or brought, in step. */
  checked_at: OptionalInstant;
  member_count: ColumnType<number | null, number | null | undefined>;
  without_account: ColumnType<number | null, number | null | undefined>;
  /** Online accounts whose removal waits for approval, and those approved. */
  held_ids: ColumnType<string[], string[] | undefined>;
  approved_ids: ColumnType<string[], string[] | undefined>;
  problem: OptionalJson<Notice>;
}

/** Somebody who gets a product as soon as a seat is free; the longest wait comes first. */
export interface LicenseWaitTable {
  user_id: string;
  sku_id: string;
  disabled_plans: ColumnType<string[], string[] | undefined>;
  asked_by: string;
  asked_at: Instant;
}

export interface TenantDomainTable {
  name: string;
  is_default: boolean;
  is_initial: boolean;
  is_verified: boolean;
}

/** Everything needed to bring a removed person back. */
export interface RemovalTable {
  id: string;
  user_id: string;
  online_account_id: string | null;
  user_snapshot: OptionalJson<object>;
  online_snapshot: OptionalJson<object>;
  removed_at: Instant;
  removed_by: string;
  restorable_until: Instant;
  restored_at: OptionalInstant;
}

/** One row a person: where the password stands, and the sealed one while it waits (latest wins). */
export interface PasswordTable {
  user_id: string;
  state: 'in-step' | 'waiting' | 'rejected' | 'never-captured' | 'must-change';
  /** `pwdLastSet` as decimal text; orders versions. */
  version: string | null;
  changed_at: OptionalInstant;
  received_at: OptionalInstant;
  delivered_at: OptionalInstant;
  delay_ms: number | null;
  reason: OptionalJson<Notice>;
  attempts: Generated<number>;
  next_attempt_at: OptionalInstant;
  /** Sealed to this server's key; null once delivered, rejected or superseded. */
  sealed: Buffer | null;
}

/** Small secrets at rest (service account, certificate key, passwords of a running job), sealed with the master key. */
export interface SecretTable {
  name: string;
  sealed: Buffer;
  created_at: Instant;
}

export interface SettingTable {
  name: string;
  value: Json<object>;
  updated_at: Instant;
}

export interface TimelineTable {
  sequence: Generated<string>;
  id: string;
  user_id: string | null;
  online_account_id: string | null;
  at: Instant;
  side: 'directory' | 'online' | 'isthmus';
  event: string;
  sentence: string;
  actor: string;
  reason: string | null;
  duration_ms: number | null;
  changes: Json<FieldChange[]>;
  problem: OptionalJson<Notice>;
  request_id: string | null;
  job_id: string | null;
}

/** Append-only and hash-chained; a database trigger refuses update and delete. */
export interface AuditTable {
  sequence: Generated<string>;
  id: string;
  at: Instant;
  actor: string;
  address: string | null;
  action: string;
  sentence: string;
  subject_user_id: string | null;
  subject: string | null;
  result: 'done' | 'failed' | 'refused' | 'started';
  changes: Json<FieldChange[]>;
  request_id: string | null;
  job_id: string | null;
  previous_hash: Buffer;
  hash: Buffer;
}

export interface JobTable {
  id: string;
  kind: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'done-with-problems' | 'failed' | 'cancelled' | 'interrupted';
  started_by: string;
  /** Never a secret. */
  input: Json<object>;
  step: string | null;
  problem: OptionalJson<Notice>;
  cancel_requested: Generated<boolean>;
  created_at: Instant;
  started_at: OptionalInstant;
  ended_at: OptionalInstant;
}

export interface JobItemTable {
  id: string;
  job_id: string;
  position: number;
  name: string;
  user_id: string | null;
  address: string | null;
  /** Never a secret. */
  payload: Json<object>;
  state: 'waiting' | 'running' | 'done' | 'unchanged' | 'failed' | 'cancelled';
  step: string | null;
  problem: OptionalJson<Notice>;
  ended_at: OptionalInstant;
}

export interface SessionTable {
  id: string;
  token_hash: Buffer;
  user_id: string;
  user_name: string;
  display_name: string;
  role: 'administrator' | 'help-desk' | 'reader';
  kind: 'browser' | 'token';
  created_at: Instant;
  expires_at: Instant;
  last_used_at: Instant;
  /** When role and account state were last read from the directory. */
  verified_at: Instant;
  address: string;
  client: string;
}

export interface SignInAttemptTable {
  id: Generated<string>;
  account: string;
  address: string;
  at: Instant;
}

export interface AlertTable {
  id: string;
  code: string;
  severity: 'critical' | 'warning' | 'information';
  state: 'active' | 'ignored' | 'resolved';
  title: string;
  detail: string;
  remedy: string | null;
  since: Instant;
  resolved_at: OptionalInstant;
  subject_user_id: string | null;
  subject: string | null;
}

/** Alerts that were written about by e-mail. */
export interface MailedAlertTable {
  alert_id: string;
  severity: AlertTable['severity'];
  mailed_at: Instant;
}

export interface HeldPassTable {
  id: string;
  held_at: Instant;
  item_limit: number;
  items: Json<object[]>;
  /** Keys approved or kept so far. */
  decided: Json<Record<string, 'approved' | 'kept'>>;
  closed_at: OptionalInstant;
}

/** Passes that did something, failed for somebody, or were asked for. */
export interface SyncPassTable {
  id: string;
  at: Instant;
  cause: PassCause;
  duration_ms: number;
  looked: number;
  corrected: number;
  actions: number;
  failed: number;
  people: Json<SyncPass['people']>;
}

export interface IdempotencyKeyTable {
  key: string;
  session_id: string;
  request_hash: Buffer;
  status: number;
  response: OptionalJson<object>;
  created_at: Instant;
}

export interface WatchedDomainTable {
  id: string;
  name: string;
  shown: string;
  registrable: string;
  is_root: boolean;
  added_at: Instant;
  added_by: string;
  verified_at: OptionalInstant;
  /** Since when every record that is needed has been found; null while one is missing. */
  complete_at: OptionalInstant;
  has_moved: Generated<boolean>;
  options: Json<RecordOptions>;
  checks: ColumnType<CheckedRecord[], string | undefined, string>;
  name_servers: Generated<string[]>;
  provider: OptionalJson<NonNullable<DomainDetails['provider']>>;
  expires_at: OptionalInstant;
  checked_at: OptionalInstant;
  next_check_at: Instant;
  problem: OptionalJson<Notice>;
  last_write: OptionalJson<ZoneWrite>;
}

export interface DnsProviderTable {
  id: string;
  kind: DnsProviderKind;
  name: string;
  settings: Json<Record<string, string>>;
  added_at: Instant;
  added_by: string;
}

export interface Database {
  setting: SettingTable;
  secret: SecretTable;
  directory_user: DirectoryUserTable;
  online_account: OnlineAccountTable;
  feed: FeedTable;
  link: LinkTable;
  remembered_link: RememberedLinkTable;
  offboarding: OffboardingTable;
  user_template: UserTemplateTable;
  license: LicenseTable;
  license_wait: LicenseWaitTable;
  group_link: GroupLinkTable;
  tenant_role: TenantRoleTable;
  online_sign_in: OnlineSignInTable;
  tenant_domain: TenantDomainTable;
  watched_domain: WatchedDomainTable;
  dns_provider: DnsProviderTable;
  removal: RemovalTable;
  password: PasswordTable;
  timeline: TimelineTable;
  audit: AuditTable;
  job: JobTable;
  job_item: JobItemTable;
  session: SessionTable;
  sign_in_attempt: SignInAttemptTable;
  alert: AlertTable;
  mailed_alert: MailedAlertTable;
  held_pass: HeldPassTable;
  sync_pass: SyncPassTable;
  idempotency_key: IdempotencyKeyTable;
}
