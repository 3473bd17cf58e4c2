import type { OnlineAccountId, Secret } from '@isthmus/kernel';
import type { DomainUse, OnlineDomain, OwnershipRecords, ServiceRecord } from './Domain.ts';
import type { Mailbox, MailboxChanges, MailRecipient } from './Mailbox.ts';
import type { MailboxUsageReport } from './MailboxUsage.ts';
import type { NewOnlineAccount, OnlineAccount, OnlineAccountChanges } from './OnlineAccount.ts';
import type { OnlineGroup } from './OnlineGroup.ts';
import type { ServiceIssue, ServiceMessage } from './ServiceHealth.ts';
import type { OrganizationDetails, Subscription } from './Subscription.ts';

/**
 * How urgent a call is; the throttle governor serves the lanes in this order and keeps a reserve for the first.
 * `password`: a password or a lock-out on its way; `interactive`: a person waits; `background`: passes and bulk work.
 */
export type Lane = 'password' | 'interactive' | 'background';

export interface CallOptions {
  readonly lane: Lane;
  /** Sent as `client-request-id`, so that our timeline and Microsoft's log name the same call. */
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

/** One round of the tenant's change feed. */
export interface OnlineAccountChangesPage {
  readonly changed: readonly OnlineAccount[];
  /** `deleted` accounts are restorable, `purged` ones are gone for good. */
  readonly removed: readonly { readonly id: OnlineAccountId; readonly reason: 'deleted' | 'purged' }[];
  /** Opaque position; store it in the same transaction as the changes. */
  readonly cursor: string;
  /** False when the feed had to start over: what is not in `changed` no longer exists. */
  readonly incremental: boolean;
}

export interface AccountSignIn {
  readonly id: OnlineAccountId;
  /** Undefined: never, as far as Microsoft has noted it (since April 2020). */
  readonly lastSignInAt: Date | undefined;
}

/** The outcome of one account in a bulk call. */
export type BulkResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error };

/** Online accounts of one tenant. Writes are idempotent where Microsoft's are not: each reads before it repeats. */
export interface OnlineAccounts {
  /** Everything that changed since `cursor`; without one, everything. Follows all pages. */
  readChanges(cursor: string | undefined, options: CallOptions): Promise<OnlineAccountChangesPage>;
  find(id: OnlineAccountId, options: CallOptions): Promise<OnlineAccount | undefined>;
  findByUpn(upn: string, options: CallOptions): Promise<OnlineAccount | undefined>;
  findByImmutableId(immutableId: string, options: CallOptions): Promise<OnlineAccount | undefined>;
  listDeleted(options: CallOptions): Promise<readonly OnlineAccount[]>;
  /**
   * When everybody signed in last, hours late; only a tenant with Entra ID P1 tells it.
   * @throws DomainError `online.premium-missing`, `online.not-permitted`
   */
  listSignIns(options: CallOptions): Promise<readonly AccountSignIn[]>;

  /**
   * Makes the account, or finds the one that an earlier, interrupted call made (same `immutableId`).
   * @throws DomainError `online.address-taken`, `online.password-refused`, `online.domain-not-verified`, …
   */
  ensure(account: NewOnlineAccount, options: CallOptions): Promise<{ account: OnlineAccount; created: boolean }>;
  /** {@link ensure} for many, packed into as few requests as Microsoft allows; results in the order given. */
  ensureMany(
    accounts: readonly NewOnlineAccount[],
    options: CallOptions,
  ): Promise<readonly BulkResult<{ account: OnlineAccount; created: boolean }>[]>;
  change(id: OnlineAccountId, changes: OnlineAccountChanges, options: CallOptions): Promise<OnlineAccount>;
  /** Blocks or allows sign-in in a call of its own, then reads the state back. */
  setSignInAllowed(id: OnlineAccountId, allowed: boolean, options: CallOptions): Promise<OnlineAccount>;
  revokeSessions(id: OnlineAccountId, options: CallOptions): Promise<void>;
  setPassword(
    id: OnlineAccountId,
    password: Secret,
    choice: { readonly mustChange: boolean },
    options: CallOptions,
  ): Promise<void>;
  /** To the recycle bin; an account already there or gone counts as removed. */
  remove(id: OnlineAccountId, options: CallOptions): Promise<void>;
  restore(id: OnlineAccountId, options: CallOptions): Promise<OnlineAccount>;

  /** Adds and removes products in one call; what is already so is left alone. */
  changeLicenses(id: OnlineAccountId, change: LicenseChange, options: CallOptions): Promise<OnlineAccount>;
  /** {@link changeLicenses} for many; results in the order given. */
  changeLicensesMany(
    changes: readonly AccountLicenseChange[],
    options: CallOptions,
  ): Promise<readonly BulkResult<OnlineAccount>[]>;
}

/** `known` = the account as it was read a moment ago; without it, it is read first. */
export interface AccountLicenseChange extends LicenseChange {
  readonly id: OnlineAccountId;
  readonly known?: OnlineAccount;
}

/** Products by id. */
export interface LicenseChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Services to switch off, by product of `add`; a product that is left out there keeps what it has. */
  readonly disabledPlans?: Readonly<Record<string, readonly string[]>>;
}

/** A service within a product. */
export interface ServicePlan {
  readonly id: string;
  /** Name for people; Microsoft's code where we know none. */
  readonly name: string;
}

export interface License {
  readonly skuId: string;
  /** Microsoft's code of the product, such as `SPB`. */
  readonly skuPartNumber: string;
  /** Name for people; the part number where we know none. */
  readonly name: string;
  readonly total: number;
  readonly used: number;
  readonly free: number;
  readonly state: 'enabled' | 'warning' | 'suspended' | 'deleted' | 'locked-out';
  /** The services that a person can do without. */
  readonly servicePlans: readonly ServicePlan[];
}

export interface TenantDomain {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isInitial: boolean;
  readonly isVerified: boolean;
}

export interface TenantFacts {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly domains: readonly TenantDomain[];
  readonly defaultUsageLocation: string | undefined;
  readonly countryCode: string | undefined;
  /** Another tool (Entra Connect, Cloud Sync) keeps this tenant in step with a directory. */
  readonly synchronizedByOthers: boolean;
}

/** Somebody who administers the tenant, by a role assigned directly. */
export interface RoleHolder {
  /** Object id: of an account, or of a group or an application. */
  readonly id: string;
  readonly isGlobalAdministrator: boolean;
}

export interface Tenant {
  facts(options: CallOptions): Promise<TenantFacts>;
  licenses(options: CallOptions): Promise<readonly License[]>;
  /** @throws DomainError `online.not-permitted` for an integration made before this was asked for */
  roleHolders(options: CallOptions): Promise<readonly RoleHolder[]>;
  organization(options: CallOptions): Promise<OrganizationDetails>;
  subscriptions(options: CallOptions): Promise<readonly Subscription[]>;
  /** Not resolved yet. @throws DomainError `online.not-permitted` without the optional permission */
  serviceIssues(options: CallOptions): Promise<readonly ServiceIssue[]>;
  /** @throws DomainError `online.not-permitted` without the optional permission */
  serviceMessages(options: CallOptions): Promise<readonly ServiceMessage[]>;
  /** As counted once a day. @throws DomainError `online.not-permitted` without the optional permission */
  mailboxUsage(options: CallOptions): Promise<MailboxUsageReport>;
  /** Permissions that the current token really holds. */
  grantedPermissions(): Promise<readonly string[]>;
}

/** By online account. */
export interface GroupMemberChange {
  readonly add: readonly OnlineAccountId[];
  readonly remove: readonly OnlineAccountId[];
}

/** Groups of the tenant, as far as they are linked to groups of the directory. */
export interface OnlineGroups {
  list(options: CallOptions): Promise<readonly OnlineGroup[]>;
  find(id: string, options: CallOptions): Promise<OnlineGroup | undefined>;
  /** A security group without mail. */
  create(
    group: { readonly displayName: string; readonly description: string; readonly mailNickname: string },
    options: CallOptions,
  ): Promise<OnlineGroup>;
  /** Direct members that are people. */
  listMembers(id: string, options: CallOptions): Promise<readonly OnlineAccountId[]>;
  /** Who is, or is not, a member already is left alone. */
  changeMembers(id: string, change: GroupMemberChange, options: CallOptions): Promise<void>;
}

/**
 * Mailboxes by Exchange Online, which alone may change addresses: Graph only shows them. Writes are read back; Exchange
 * may show the old state for some minutes, so the answer of a write is what was asked for where that is still lagging.
 */
export interface Mailboxes {
  /** Undefined when the account has no mailbox: no license with Exchange, or one that was given minutes ago. */
  find(id: OnlineAccountId, options: CallOptions): Promise<Mailbox | undefined>;
  /**
   * Replaces the addresses; addresses of other kinds (SIP, X500) stay.
   * @throws DomainError `online.address-taken`, `online.mailbox-missing`, `online.managed-by-synchronization`, …
   */
  setAddresses(
    id: OnlineAccountId,
    addresses: { readonly primary: string; readonly aliases: readonly string[] },
    options: CallOptions,
  ): Promise<Mailbox>;
  change(id: OnlineAccountId, changes: MailboxChanges, options: CallOptions): Promise<Mailbox>;
  /** Who or what in the tenant has the address, groups and contacts included. */
  findRecipient(address: string, options: CallOptions): Promise<MailRecipient | undefined>;
}

/** Domains of the tenant. Names are ASCII in small letters. */
export interface OnlineDomains {
  list(options: CallOptions): Promise<readonly OnlineDomain[]>;
  find(name: string, options: CallOptions): Promise<OnlineDomain | undefined>;
  /** Adds the name, or finds it where it was added before. @throws DomainError `online.domain-refused` */
  ensure(name: string, options: CallOptions): Promise<OnlineDomain>;
  ownershipRecords(name: string, options: CallOptions): Promise<OwnershipRecords>;
  /**
   * Lets Microsoft 365 look into DNS for one of the ownership records; a domain that is verified already stays so.
   * @throws DomainError `online.domain-not-proved`, `online.domain-taken`
   */
  verify(name: string, options: CallOptions): Promise<OnlineDomain>;
  /** Of the services that are switched on; none before the domain is verified. */
  serviceRecords(name: string, options: CallOptions): Promise<readonly ServiceRecord[]>;
  /** Switches services on; those that are on already stay on. */
  addServices(name: string, services: readonly string[], options: CallOptions): Promise<OnlineDomain>;
  setDefault(name: string, options: CallOptions): Promise<OnlineDomain>;
  listUses(name: string, options: CallOptions): Promise<readonly DomainUse[]>;
  /** Removes a domain that nothing uses; one that is gone counts as removed. @throws DomainError `online.domain-in-use` */
  remove(name: string, options: CallOptions): Promise<void>;
  /** Where the aliases of both DKIM keys have to lead; undefined while the tenant has no keys for the domain. */
  dkimTargets(name: string, options: CallOptions): Promise<DkimTargets | undefined>;
}

export interface DkimTargets {
  readonly targets: readonly [string, string];
  /** Whether mail is signed with them. */
  readonly isEnabled: boolean;
}

/** Where the cloud is: Microsoft's own clouds or, for practice and tests, the emulator. */
export interface CloudEndpoints {
  readonly name: 'worldwide' | 'us-government' | 'us-government-dod' | 'china' | 'custom';
  /** For instance `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** For instance `https://graph.microsoft.com`. */
  readonly graphUrl: string;
  /** Of Exchange Online's admin API, for instance `https://outlook.office365.com`. */
  readonly exchangeUrl: string;
  /** Trusted additionally, for a custom cloud. */
  readonly caPem?: string;
}

/** What this installation signs in with: an app registration of its own, by certificate. */
export interface IntegrationCredentials {
  readonly tenantId: string;
  /** `appId` of the registration. */
  readonly clientId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: Secret;
}

/** Measured use of the tenant's limits, for the screen and for metrics. */
export interface ThrottleState {
  /** Requests that wait, per lane. */
  readonly waiting: Readonly<Record<Lane, number>>;
  /** When the tenant asked us to pause until; undefined = not throttled. */
  readonly pausedUntil: Date | undefined;
  readonly requestsSent: number;
  readonly timesThrottled: number;
}

/** Everything of one connected tenant. */
export interface Microsoft365 {
  readonly accounts: OnlineAccounts;
  readonly groups: OnlineGroups;
  readonly mailboxes: Mailboxes;
  readonly domains: OnlineDomains;
  readonly tenant: Tenant;
  throttle(): ThrottleState;
  close(): Promise<void>;
}

export type OnlineErrorCode =
  | 'online.unreachable'
  | 'online.throttled'
  | 'online.certificate-refused'
  | 'online.application-missing'
  | 'online.sign-in-declined'
  | 'online.sign-in-expired'
  | 'online.not-permitted'
  | 'online.premium-missing'
  | 'online.account-not-found'
  | 'online.mailbox-missing'
  | 'online.address-taken'
  | 'online.anchor-taken'
  | 'online.address-invalid'
  | 'online.domain-not-verified'
  | 'online.domain-not-proved'
  | 'online.domain-taken'
  | 'online.domain-refused'
  | 'online.domain-in-use'
  | 'online.domain-missing'
  | 'online.password-refused'
  | 'online.no-free-license'
  | 'online.usage-location-missing'
  | 'online.license-unknown'
  | 'online.license-conflict'
  | 'online.managed-by-synchronization'
  | 'online.restore-conflict'
  | 'online.busy'
  | 'online.failed';
