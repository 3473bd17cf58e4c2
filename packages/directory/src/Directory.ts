import type { Secret, UserId } from '@isthmus/kernel';
import type { DirectoryDns } from './DirectoryDns.ts';
import type { DirectoryGroup, DirectoryGroupMember, NewDirectoryGroup } from './DirectoryGroup.ts';
import type { DirectoryUser, NewDirectoryUser, UserAccountChanges } from './DirectoryUser.ts';

/** What the directory is and what it demands; read once at connection and on request. */
export interface DirectoryInfo {
  /** DNS name of the domain controller that answered. */
  readonly dcHostName: string;
  readonly vendor: 'samba' | 'windows';
  readonly baseDn: string;
  /** DNS name of the domain, lower case. */
  readonly domainName: string;
  /** NetBIOS name, as typed before the backslash in `CORP\ada`. */
  readonly netbiosName: string;
  /** Suffixes that a user principal name may have: the domain's own and the added ones. */
  readonly upnSuffixes: readonly string[];
  /** Directory time minus ours, in milliseconds. */
  readonly clockSkewMs: number;
  readonly domainControllers: readonly string[];
  readonly passwordPolicy: DirectoryPasswordPolicy;
}

export interface DirectoryPasswordPolicy {
  readonly minimumLength: number;
  readonly complexity: boolean;
  readonly historyLength: number;
  /** Days; 0 = no limit. */
  readonly minimumAgeDays: number;
  readonly maximumAgeDays: number;
  /** Failed sign-ins before lockout; 0 = never. */
  readonly lockoutThreshold: number;
  /** 0 = until somebody unlocks the account. */
  readonly lockoutMinutes: number;
  /** Time in which the failed sign-ins are counted together. */
  readonly lockoutWindowMinutes: number;
}

/** A policy that holds for some people in place of the domain's. */
export interface FineGrainedPolicy extends DirectoryPasswordPolicy {
  readonly name: string;
  /** Where several hold for a person, the lowest number wins. */
  readonly precedence: number;
  /** DNs of people and groups. */
  readonly appliesTo: readonly string[];
}

/** One round of the change feed. Everything is keyed by `objectGUID`. */
export interface DirectoryChanges {
  /** Whole, current states of the user accounts that changed. */
  readonly changed: readonly DirectoryUser[];
  /** Accounts that are gone from the directory. */
  readonly removed: readonly UserId[];
  /** Opaque position; store it in the same transaction as the changes. */
  readonly cookie: string;
  /** False when the feed started over: `changed` is everybody whom this domain controller knows. */
  readonly incremental: boolean;
  /** Why the feed started over although there was a position; then whoever is missing need not be gone. */
  readonly restart?: FeedRestart;
  /** Who was asked. */
  readonly controller: DirectoryController;
}

/**
 * `other-controller`: the position belongs to another domain controller, whose last changes may not have arrived here;
 * `restored`: it is the same one with older content, as from a backup; `position-refused`: it did not take the position.
 */
export type FeedRestart = 'other-controller' | 'restored' | 'position-refused';

export interface DirectoryController {
  readonly hostName: string;
  readonly vendor: 'samba' | 'windows';
  /** The first of the configured addresses. */
  readonly isPreferred: boolean;
}

/** Outcome of a directory sign-in; the reasons are those of LDAP error 49, sub-code `data …` (Win32 error in hex, MS-ERREF 2.2). */
export type SignInOutcome =
  | { readonly outcome: 'ok'; readonly user: DirectoryUser; readonly groupDns: readonly string[] }
  | {
      readonly outcome:
        | 'wrong-name-or-password'
        | 'disabled'
        | 'expired'
        | 'password-expired'
        | 'must-change'
        | 'locked'
        | 'not-allowed-now';
    };

/** A right that the service account needs, and how the administrator grants it. */
export interface RightCheck {
  readonly right:
    | 'read-users'
    | 'replicate-changes'
    | 'create-users'
    | 'delete-users'
    | 'write-properties'
    | 'reset-passwords'
    | 'unlock'
    | 'write-members'
    | 'manage-groups'
    | 'read-deleted';
  readonly granted: boolean;
  /** What was tried and what the directory answered; empty when granted. */
  readonly evidence: string;
  /** Exact commands that grant it. */
  readonly commands: { readonly samba: readonly string[]; readonly windows: readonly string[] };
}

/**
 * The on-premises directory as Isthmus uses it. Every method may throw a `DomainError` with one of
 * {@link DirectoryErrorCode}; reading methods are safe to repeat, writing methods read back what they wrote.
 */
export interface Directory {
  info(): Promise<DirectoryInfo>;

  /** Cheap position that moves with every write on this DC; the trigger for {@link readChanges}. */
  highestCommittedUsn(): Promise<string>;
  /**
   * Changes since `cookie`; without one, everything. A cookie the DC no longer accepts starts over
   * (`incremental: false`) instead of failing.
   */
  readChanges(cookie?: string): Promise<DirectoryChanges>;

  /**
   * Those of whom this domain controller keeps the remains of a removal: only they are gone for certain, for a controller
   * that knows nothing of an account may be late. Without the right to see removed objects, nobody.
   */
  findRemoved(ids: readonly UserId[]): Promise<readonly UserId[]>;

  findUser(id: UserId): Promise<DirectoryUser | undefined>;
  /** By user name, UPN or `DOMAIN\name`. */
  findUserByName(name: string): Promise<DirectoryUser | undefined>;

  /** Verifies a person's password by binding as the person; never as the service account. */
  signIn(name: string, password: Secret): Promise<SignInOutcome>;
  /** DNs of the groups that hold the person, nested ones included. */
  listGroupDnsOf(id: UserId): Promise<readonly string[]>;

  /** Creates the account with its password, enabled in one write; returns it read back. */
  addUser(user: NewDirectoryUser): Promise<DirectoryUser>;
  changeUser(id: UserId, changes: UserAccountChanges): Promise<DirectoryUser>;
  setEnabled(id: UserId, enabled: boolean): Promise<DirectoryUser>;
  /** `mustChange`: the person has to choose a new one at the next sign-in. */
  resetPassword(id: UserId, password: Secret, options: { readonly mustChange: boolean }): Promise<DirectoryUser>;
  unlock(id: UserId): Promise<DirectoryUser>;
  /** Repeating it is harmless: an account that is already gone counts as removed. */
  removeUser(id: UserId): Promise<void>;

  /** Only those that the service account may read, by precedence. */
  listFineGrainedPolicies(): Promise<readonly FineGrainedPolicy[]>;
  /**
   * Changes the policy of the domain with the rights of the administrator who asks for it, and reads it back.
   * @throws DomainError `directory.credentials-refused`, `directory.not-permitted`, …
   */
  changePasswordPolicy(
    changes: Partial<DirectoryPasswordPolicy>,
    administrator: { readonly name: string; readonly password: Secret },
  ): Promise<DirectoryPasswordPolicy>;

  addToGroup(groupDn: string, id: UserId): Promise<void>;
  removeFromGroup(groupDn: string, id: UserId): Promise<void>;
  listGroups(): Promise<readonly DirectoryGroup[]>;
  findGroup(id: string): Promise<DirectoryGroup | undefined>;
  listGroupMembers(id: string): Promise<readonly DirectoryGroupMember[]>;
  addGroup(group: NewDirectoryGroup): Promise<DirectoryGroup>;
  changeGroup(id: string, changes: { readonly name?: string; readonly description?: string }): Promise<DirectoryGroup>;
  /** Repeating it is harmless: a group that is already gone counts as removed. */
  removeGroup(id: string): Promise<void>;
  /** By DN; who is, or is not, a member already is left alone. */
  changeGroupMembers(
    id: string,
    changes: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<DirectoryGroup>;
  listOrganizationalUnits(): Promise<readonly { readonly dn: string; readonly name: string }[]>;

  readonly dns: DirectoryDns;

  /** Tries each right harmlessly, on a throw-away object below `managedOu` that it removes again. */
  checkRights(managedOu: string): Promise<readonly RightCheck[]>;
  close(): Promise<void>;
}

export type DirectoryErrorCode =
  | 'directory.unreachable'
  | 'directory.certificate-not-trusted'
  | 'directory.credentials-refused'
  | 'directory.not-permitted'
  | 'directory.user-name-taken'
  | 'directory.upn-taken'
  | 'directory.name-taken'
  | 'directory.user-not-found'
  | 'directory.group-not-found'
  | 'directory.container-not-found'
  | 'directory.dns-changed'
  | 'directory.password-refused'
  | 'directory.password-capture-broken'
  | 'directory.invalid-value'
  | 'directory.failed';
