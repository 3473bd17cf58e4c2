import type { HoldReason } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { Secret } from '@isthmus/kernel';
import type { Lane, OnlineAccount } from '@isthmus/microsoft365';
import type { ReasonedAction } from './Action.ts';
import type { Person, PersonOrAccount } from './Person.ts';

export interface NewLink {
  readonly userId: string;
  readonly onlineAccountId: string;
  readonly anchor: string;
}

/** The mirrors as one list of people, and the way to bring them up to date after a write of our own. */
export interface PersonStore {
  find(userId: string): Promise<Person | undefined>;
  /** @throws DomainError `users.not-found` */
  get(userId: string): Promise<Person>;
  findMany(userIds: readonly string[]): Promise<readonly Person[]>;
  /** Online accounts by their ids; one that a user has comes as that person. */
  findAccounts(onlineAccountIds: readonly string[]): Promise<readonly PersonOrAccount[]>;
  /** One of them. @throws DomainError `online.account-not-found` */
  getAccount(onlineAccountId: string): Promise<PersonOrAccount>;
  saveUser(user: DirectoryUser): Promise<void>;
  saveUserRemoved(userId: string, at: Date): Promise<void>;
  saveOnline(...accounts: readonly OnlineAccount[]): Promise<void>;
  /** `purged` forgets the account, `deleted` keeps it as restorable. */
  saveOnlineRemoved(onlineAccountId: string, reason: 'deleted' | 'purged'): Promise<void>;
  link(links: readonly NewLink[], by: string): Promise<void>;
  unlink(userId: string): Promise<void>;
}

/** {@link PersonStore} with the marks that only the performer sets, each before or after the write it tells of. */
export interface People extends PersonStore {
  /** Before a block, so that a crash in between leaves a mark too much and never one too few. */
  markBlocked(userId: string): Promise<void>;
  markAllowed(userId: string): Promise<void>;
  markRevoked(userId: string): Promise<void>;
  /** Keeps the sign-in blocked from now on; an earlier hold and the licenses it remembers are replaced. */
  hold(userId: string, reason: HoldReason, skuIds: readonly string[]): Promise<void>;
  release(userId: string): Promise<void>;
  /** After the address was changed: does it still follow a name of the user account? */
  markAddressFollows(userId: string): Promise<void>;
}

export interface PerformContext {
  readonly actor: string;
  readonly lane: Lane;
  readonly jobId?: string;
  readonly requestId: string;
  /** When the cause happened (a change seen in the directory), for the measured delay. */
  readonly causedAt?: Date;
}

export type PerformResult = { readonly state: 'done' | 'unchanged'; readonly userId: string | undefined };

/**
 * Carries actions out: reads first, writes, reads back, saves the mirror from the answer, records the timeline.
 * One person's actions never run at the same time. Any error is a `DomainError`.
 */
export interface Performer {
  /** `userId` is undefined only for `directory.add-user`, whose result names the new person. */
  perform(userId: string | undefined, action: ReasonedAction, context: PerformContext): Promise<PerformResult>;
  /** The same for an online account that no user has; one that got a user meanwhile is handled as that person. */
  performOnAccount(onlineAccountId: string, action: ReasonedAction, context: PerformContext): Promise<PerformResult>;
  /**
   * `online.create` (with link, licenses and known passwords) for many at once, packed into as few requests as
   * Microsoft 365 allows. Results in the order given; one failure does not stop the others.
   */
  createOnlineMany(
    requests: readonly {
      readonly userId: string;
      readonly create: Extract<ReasonedAction['action'], { type: 'online.create' }>;
      readonly skuIds: readonly string[];
    }[],
    context: PerformContext,
  ): Promise<
    readonly (
      | { readonly ok: true; readonly state: 'done' | 'unchanged' }
      | { readonly ok: false; readonly error: Error; readonly step: string }
    )[]
  >;
}

/** {@link Performer} for whoever decides anew in front of each action: the sync pass. */
export interface PlanPerformer extends Performer {
  /**
   * Holds the person, reads the present state, plans and performs action by action; stops at the first error.
   * @returns how many actions changed something
   */
  performPlan(
    userId: string,
    plan: (person: Person) => Promise<readonly ReasonedAction[]>,
    context: PerformContext,
    onDone: (action: ReasonedAction) => Promise<void>,
  ): Promise<number>;
}

export interface WaitingPassword {
  readonly version: string;
  /** Opened by whoever uses it, so that one that cannot be opened is nobody else's trouble. */
  open(): Promise<Secret>;
}

/** A password on its way: stored sealed, delivered at once, retried until delivered, rejected or superseded. */
export interface Passwords {
  /**
   * Takes a password that was set in the directory. Returns when it is stored durably; delivery follows by itself.
   * An older or equal `version` (`pwdLastSet`) than the known one is ignored.
   */
  accept(password: {
    readonly userId: string;
    readonly version: string;
    readonly changedAt: Date;
    readonly sealed: Buffer;
  }): Promise<void>;
  /** The same for a password typed in the dashboard and just set in the directory. */
  acceptClear(password: {
    readonly userId: string;
    readonly version: string;
    readonly changedAt: Date;
    readonly password: Secret;
  }): Promise<void>;
  /** Waiting ones by person; used when online accounts are created after the passwords were captured. */
  findWaiting(userIds: readonly string[]): Promise<ReadonlyMap<string, WaitingPassword>>;
  /** The online accounts hold these versions now. */
  markDelivered(delivered: readonly { readonly userId: string; readonly version: string }[]): Promise<void>;
}

/** {@link Passwords} for those who hold the person's lock already. */
export interface PasswordOutbox extends Passwords {
  /**
   * Sends the waiting password now.
   * @throws DomainError when Microsoft 365 refuses it or cannot be reached
   */
  deliverWaiting(userId: string): Promise<'delivered' | 'nothing-waiting'>;
  /** The online accounts got passwords that nobody knows: each person's own follows at its next change. */
  markNeverCaptured(userIds: readonly string[]): Promise<void>;
}

/** Asks the sync loop to look at people again; which change it was does not matter. */
export interface SyncTrigger {
  lookAgain(userIds: readonly string[]): void;
}
