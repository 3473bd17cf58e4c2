import type { OnlineAccountSummary, User } from '@isthmus/contracts';

export type UserState = User['state'];
export type OnlineState = OnlineAccountSummary['state'];

export function userStateOf(user: {
  readonly removed: boolean;
  readonly enabled: boolean;
  readonly expiresAt: Date | null;
  readonly upn: string | null;
  readonly protectedAdministrator: boolean;
  readonly now: Date;
}): UserState {
  if (user.removed) return 'removed';
  if (!user.enabled) return 'inactive';
  if (user.expiresAt !== null && user.expiresAt <= user.now) return 'expired';
  return user.upn === null && !user.protectedAdministrator ? 'incomplete' : 'active';
}

export function onlineStateOf(
  account: { readonly deleted: boolean; readonly signInAllowed: boolean; readonly licenses: number } | undefined,
): OnlineState {
  if (account === undefined) return 'unknown';
  if (account.deleted) return 'removed';
  if (!account.signInAllowed) return 'blocked';
  return account.licenses === 0 ? 'no-license' : 'active';
}
