import type { Secret, UserId } from '@isthmus/kernel';

/** A person's account in the directory, as read from one domain controller. */
export interface DirectoryUser {
  readonly id: UserId;
  readonly dn: string;
  /** `sAMAccountName`. */
  readonly userName: string;
  /** `userPrincipalName`; accounts made by other tools may have none. */
  readonly upn: string | undefined;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly mail: string | undefined;
  readonly department: string;
  readonly title: string;
  readonly office: string;
  readonly phone: string;
  readonly mobile: string;
  readonly company: string;
  readonly description: string;
  /** DN of the manager. */
  readonly managerDn: string | undefined;
  readonly groupDns: readonly string[];
  readonly enabled: boolean;
  readonly locked: boolean;
  /** End of the account (`accountExpires`); undefined = never. */
  readonly expiresAt: Date | undefined;
  /** When the password was last set; undefined = it must be changed at the next sign-in. */
  readonly passwordSetAt: Date | undefined;
  readonly passwordNeverExpires: boolean;
  readonly lastSignInAt: Date | undefined;
  readonly createdAt: Date | undefined;
  /**
   * Anchor of the link: base64 of `mS-DS-ConsistencyGuid` when it is set, else of `objectGUID`; equals
   * `onPremisesImmutableId` of the online account.
   */
  readonly anchor: string;
  /** Holds a protected group (`adminCount` = 1): never removed automatically. */
  readonly protectedAdministrator: boolean;
  /** krbtgt, Guest, service and computer-like accounts that no administrator manages as a person. */
  readonly builtIn: boolean;
}

export interface NewDirectoryUser {
  readonly userName: string;
  readonly upn: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly password: Secret;
  readonly mustChangePassword: boolean;
  readonly mail?: string;
  readonly department?: string;
  readonly title?: string;
  readonly office?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly company?: string;
  readonly description?: string;
  /** Container the account is made in. */
  readonly containerDn: string;
}

/** Only the given fields change; `null` empties a field. A new `displayName` also renames the entry. */
export interface UserAccountChanges {
  readonly userName?: string;
  readonly upn?: string;
  readonly displayName?: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly department?: string | null;
  readonly title?: string | null;
  readonly office?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
  readonly company?: string | null;
  readonly description?: string | null;
  readonly expiresAt?: Date | null;
  readonly containerDn?: string;
}
