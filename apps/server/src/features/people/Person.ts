import type { Notice } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { OnlineAccount } from '@isthmus/microsoft365';

export interface PersonPassword {
  readonly state: 'in-step' | 'waiting' | 'rejected' | 'never-captured' | 'must-change';
  readonly version: string | undefined;
  readonly changedAt: Date | undefined;
  readonly reason: Notice | undefined;
  readonly delayMs: number | undefined;
}

/** One person as both mirrors know it. A removed user account keeps its last state with `removedAt`. */
export interface Person {
  readonly user: DirectoryUser;
  readonly removedAt: Date | undefined;
  /** The linked online account; a deleted one has `deletedAt`. */
  readonly online: OnlineAccount | undefined;
  readonly password: PersonPassword | undefined;
}
