import type { HoldReason } from '@isthmus/contracts';
import type { NewDirectoryUser, UserAccountChanges } from '@isthmus/directory';
import type { MailboxChanges, NewOnlineAccount, OnlineAccountChanges } from '@isthmus/microsoft365';

/**
 * Everything Isthmus does to a person. Planners make these, jobs store them, `performAction` carries them out.
 * A password is never part of one: `passwordRef` names a sealed secret that the performing step opens.
 */
export type Action =
  | {
      readonly type: 'directory.add-user';
      readonly user: Omit<NewDirectoryUser, 'password'>;
      readonly passwordRef: string;
      /** Made by this very step, and kept under `passwordRef` to be shown once to whoever asked for the account. */
      readonly generated?: { readonly minimumLength: number };
      /** The online account that is linked next keeps its own password, until the person has chosen a new one. */
      readonly directoryOnly?: true;
    }
  | { readonly type: 'directory.change-user'; readonly changes: UserAccountChanges }
  | { readonly type: 'directory.enable' }
  | { readonly type: 'directory.disable' }
  | { readonly type: 'directory.set-password'; readonly passwordRef: string; readonly mustChange: boolean }
  | { readonly type: 'directory.unlock' }
  | { readonly type: 'directory.remove-user' }
  | { readonly type: 'directory.add-to-group'; readonly groupDn: string }
  | { readonly type: 'directory.remove-from-group'; readonly groupDn: string }
  | {
      readonly type: 'online.create';
      /** `passwordRef` absent: a random password nobody knows, until one is captured. */
      readonly account: Omit<NewOnlineAccount, 'password' | 'immutableId'>;
      readonly passwordRef?: string;
    }
  | { readonly type: 'online.change'; readonly changes: OnlineAccountChanges }
  | { readonly type: 'online.allow-sign-in' }
  | { readonly type: 'online.block-sign-in' }
  | { readonly type: 'online.revoke-sessions' }
  | { readonly type: 'online.set-password'; readonly passwordRef: string; readonly mustChange: boolean }
  /** All SMTP addresses of the mailbox; the primary one is what mail is sent from. */
  | { readonly type: 'online.set-addresses'; readonly primary: string; readonly aliases: readonly string[] }
  /** Where there is no mailbox, there is nothing to do. */
  | { readonly type: 'online.change-mailbox'; readonly changes: MailboxChanges }
  | {
      readonly type: 'online.assign-licenses';
      readonly skuIds: readonly string[];
      /** Taken back in the same call. */
      readonly inPlaceOf?: readonly string[];
      /** Services to switch off, by product. */
      readonly disabledPlans?: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly type: 'online.remove-licenses'; readonly skuIds: readonly string[] }
  | { readonly type: 'online.remove' }
  | { readonly type: 'online.restore' }
  | { readonly type: 'link.create'; readonly onlineAccountId: string }
  | { readonly type: 'link.remove' }
  /** Marks the link, so that the sync pass keeps the sign-in blocked; `skuIds` are remembered to be given back. */
  | { readonly type: 'link.hold'; readonly hold: HoldReason; readonly skuIds: readonly string[] }
  | { readonly type: 'link.release' }
  /** The products are given as soon as seats are free, without these services. */
  | { readonly type: 'license.wait'; readonly skuIds: readonly string[]; readonly disabledPlans?: readonly string[] }
  | { readonly type: 'license.stop-waiting'; readonly skuIds: readonly string[] }
  | { readonly type: 'snapshot.take' }
  /** Notes that the person leaves: the groups left, to be given back, and when both accounts are removed. */
  | {
      readonly type: 'offboarding.begin';
      readonly groupDns: readonly string[];
      readonly mailbox: MailboxChanges;
      /** ISO 8601, UTC. */
      readonly removeAt?: string;
    }
  | { readonly type: 'offboarding.end' };

/** An action and why: `reason` is a stable code such as `user-disabled` or `asked`. */
export interface ReasonedAction {
  readonly action: Action;
  readonly reason: string;
}

/** Actions of one person, in the order in which they must be done. */
export interface PersonPlan {
  readonly userId: string;
  readonly name: string;
  readonly actions: readonly ReasonedAction[];
}
