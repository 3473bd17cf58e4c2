import type { AccountSelection, OnlineAccount, OnlineAccountSummary, Selection, User } from '@isthmus/contracts';

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
  /** Online accounts that no user has, for the commands that know those, too. */
  readonly accountIds?: readonly string[];
  /** The one of them, where the command is about nothing else. */
  readonly account?: OnlineAccount | undefined;
  readonly count: number;
}

/** The request's own way to say whom a command about the online side is about. */
export function accountSelectionOf({ selection, accountIds = [] }: UserDialogTarget): AccountSelection {
  return 'all' in selection ? selection : { ids: selection.ids, accountIds: [...accountIds] };
}

/** The one that the dialog is about, if it is one. */
export function onlySubject({
  user,
  account,
}: UserDialogTarget): { readonly name: string; readonly online: OnlineAccountSummary | null } | undefined {
  if (user !== undefined) return { name: user.displayName, online: user.online };
  return account && { name: account.displayName || account.address, online: account };
}
