import type { Selection, User } from '@isthmus/contracts';

export type UserDialogKind = 'deactivate' | 'activate' | 'remove' | 'resetPassword' | 'unlock' | 'restore';

/** Whom an open dialog is about. */
export interface UserDialogTarget {
  readonly kind: UserDialogKind;
  readonly selection: Selection;
  /** The one person, where the command is about one. */
  readonly user: User | undefined;
  readonly count: number;
}
