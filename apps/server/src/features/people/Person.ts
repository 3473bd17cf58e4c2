import type { HoldReason, Notice } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { MailboxChanges, OnlineAccount } from '@isthmus/microsoft365';

export interface PersonPassword {
  readonly state: 'in-step' | 'waiting' | 'rejected' | 'never-captured' | 'must-change';
  readonly version: string | undefined;
  readonly changedAt: Date | undefined;
  readonly reason: Notice | undefined;
  readonly delayMs: number | undefined;
}

/** The online sign-in is kept blocked on purpose, whatever the directory says, until somebody lifts the hold. */
export interface LinkHold {
  readonly reason: HoldReason;
  readonly since: Date;
  /** Licenses that were taken with it, to be given back. */
  readonly skuIds: readonly string[];
}

/** What we know about the link beyond its two ends. */
export interface PersonLink {
  readonly since: Date;
  /** What the name before the `@` was made from; then a rename in the directory renames the address. */
  readonly addressFollows: 'user-name' | 'upn' | undefined;
  /** True when the sign-in was blocked by Isthmus, so that Isthmus may allow it again. */
  readonly blockedByUs: boolean;
  /** A block of ours whose revocation of sessions is not done yet. */
  readonly revokeDue: boolean;
  readonly hold: LinkHold | undefined;
}

/** The person leaves. */
export interface Offboarding {
  readonly since: Date;
  readonly by: string;
  /** Groups of the directory that the person was taken out of. */
  readonly groupDns: readonly string[];
  /** What was changed about the mailbox. */
  readonly mailbox: MailboxChanges;
  /** When both accounts are removed. */
  readonly removeAt: Date | undefined;
}

/** One person as both mirrors know it. A removed user account keeps its last state with `removedAt`. */
export interface Person {
  readonly user: DirectoryUser;
  readonly accessLevel: 'standard' | 'help-desk' | 'administrator';
  readonly removedAt: Date | undefined;
  /** When the user account, once gone, was seen again. */
  readonly returnedAt: Date | undefined;
  /** The linked online account; a deleted one has `deletedAt`. */
  readonly online: OnlineAccount | undefined;
  /** When we saw that the online account is deleted: by our clock, which `online.deletedAt` is not. */
  readonly onlineGoneAt: Date | undefined;
  /** Role of the tenant that the online account holds, as far as roles could be read. */
  readonly tenantRole: 'global-administrator' | 'administrator' | undefined;
  /** Set exactly when `online` is. */
  readonly link: PersonLink | undefined;
  readonly password: PersonPassword | undefined;
  readonly offboarding: Offboarding | undefined;
}

/** An online account that no user has. What only people have is undefined, so that rules can ask either for it. */
export interface LoneAccount extends Record<Exclude<keyof Person, 'online' | 'tenantRole'>, undefined> {
  readonly online: OnlineAccount;
  readonly tenantRole: Person['tenantRole'];
}

/** Whatever a command about the online side can be about. */
export type PersonOrAccount = Person | LoneAccount;

/** As people call it: the name of the person, or else that of the account. */
export function nameOf({ user, online }: PersonOrAccount): string {
  return user === undefined ? online.displayName || online.upn : user.displayName || user.userName;
}
