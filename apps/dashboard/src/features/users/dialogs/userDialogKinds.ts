import type { Selection, User } from '@isthmus/contracts';

/** Commands that explain themselves in a sentence before they show their plan. */
export const explained = ['lock', 'unassign', 'unlink', 'blockOnline', 'allowOnline', 'removeOnline'] as const;

export type UserDialogKind =
  | 'deactivate'
  | 'activate'
  | 'remove'
  | 'resetPassword'
  | 'unlock'
  | 'restore'
  | 'changeLicenses'
  | 'offboard'
  | 'changeNames'
  | (typeof explained)[number];

/** Commands with a dialog of their own. */
export type OwnDialogKind = 'resetPassword' | 'changeLicenses' | 'offboard' | 'changeNames';

/** Whom an open dialog is about. */
export interface UserDialogTarget {
  readonly kind: UserDialogKind;
  readonly selection: Selection;
  /** The one person, where the command is about one. */
  readonly user: User | undefined;
  readonly count: number;
}
