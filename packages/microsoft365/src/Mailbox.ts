import type { OnlineAccountId } from '@isthmus/kernel';

/** The mailbox of an online account, as last answered by Exchange Online. */
export interface Mailbox {
  readonly id: OnlineAccountId;
  /** Only `regular` ones need a license; a `shared` one is read by others. */
  readonly kind: 'regular' | 'shared' | 'other';
  /** The address that mail is sent from. */
  readonly primaryAddress: string;
  /** Further addresses that mail arrives at, without the primary one. */
  readonly aliases: readonly string[];
  /** Address lists leave it out. */
  readonly hidden: boolean;
  /** Where mail is sent on to; undefined = nowhere. */
  readonly forwardTo: string | undefined;
  /** Mail that is sent on arrives here as well. */
  readonly keepsForwarded: boolean;
}

/** Only the given settings change; `forwardTo: null` ends the forwarding. */
export interface MailboxChanges {
  readonly kind?: 'regular' | 'shared';
  readonly hidden?: boolean;
  readonly forwardTo?: string | null;
  readonly keepsForwarded?: boolean;
}

/** Somebody or something that mail can be sent to. */
export interface MailRecipient {
  /** Object id in the tenant; undefined for what has none there. */
  readonly id: string | undefined;
  readonly displayName: string;
  /** Exchange's word, such as `UserMailbox` or `MailUniversalDistributionGroup`. */
  readonly kind: string;
}
