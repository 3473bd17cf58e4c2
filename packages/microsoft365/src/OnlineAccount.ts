import type { OnlineAccountId, Secret } from '@isthmus/kernel';

/** A person's account in the tenant, as last answered by Microsoft 365. */
export interface OnlineAccount {
  readonly id: OnlineAccountId;
  /** Sign-in name. */
  readonly upn: string;
  readonly displayName: string;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly mail: string | undefined;
  readonly department: string | undefined;
  readonly jobTitle: string | undefined;
  readonly officeLocation: string | undefined;
  readonly mobilePhone: string | undefined;
  readonly businessPhones: readonly string[];
  readonly companyName: string | undefined;
  readonly signInAllowed: boolean;
  /** Link anchor; see `DirectoryUser.anchor`. */
  readonly immutableId: string | undefined;
  /** ISO 3166-1 alpha-2; a license needs one. */
  readonly usageLocation: string | undefined;
  /** Ids of the products assigned. */
  readonly skuIds: readonly string[];
  /** Those of them that a group alone gives: only the group can take them back. */
  readonly inheritedSkuIds: readonly string[];
  /** Ids of the services that are switched off, by the product assigned directly; products with none are left out. */
  readonly disabledPlans: Readonly<Record<string, readonly string[]>>;
  /** `SMTP:` primary and `smtp:` aliases as stored. */
  readonly proxyAddresses: readonly string[];
  /** Kept by Entra Connect or Cloud Sync: not ours to change. */
  readonly synchronizedByOthers: boolean;
  /** Sessions that began before it are void. */
  readonly sessionsValidFrom: Date | undefined;
  readonly createdAt: Date | undefined;
  /** When it went to the recycle bin; restorable for 30 days. */
  readonly deletedAt: Date | undefined;
}

export interface NewOnlineAccount {
  readonly upn: string;
  readonly displayName: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly mailNickname: string;
  readonly department?: string;
  readonly jobTitle?: string;
  readonly officeLocation?: string;
  readonly mobilePhone?: string;
  readonly businessPhones?: readonly string[];
  readonly companyName?: string;
  readonly usageLocation: string;
  readonly signInAllowed: boolean;
  readonly immutableId: string;
  readonly password: Secret;
  readonly mustChangePassword: boolean;
}

/** Only the given fields change; `null` empties a field. Sign-in state and password have calls of their own. */
export interface OnlineAccountChanges {
  readonly upn?: string;
  readonly displayName?: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly officeLocation?: string | null;
  readonly mobilePhone?: string | null;
  readonly businessPhones?: readonly string[];
  readonly companyName?: string | null;
  readonly usageLocation?: string;
  /** `null` unlinks the account. */
  readonly immutableId?: string | null;
}
