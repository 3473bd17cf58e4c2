import type { OnlineAccountSummary, PasswordState, User } from '@isthmus/contracts';
import type { Actor } from '../../http/Actor.ts';

export type UserState = User['state'];
export type OnlineState = OnlineAccountSummary['state'];

/** Days in which Microsoft keeps a removed account in the recycle bin, and we its snapshot. */
export const RESTORABLE_DAYS = 30;
export const DAY_MS = 86_400_000;

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

/** Where the password of a person stands when nothing was captured yet. */
export function passwordStateOf(facts: {
  readonly linked: boolean;
  readonly stored: PasswordState['state'] | null;
  readonly setInDirectory: boolean;
}): PasswordState['state'] {
  if (!facts.linked) return 'not-linked';
  if (facts.stored !== null) return facts.stored;
  return facts.setInDirectory ? 'never-captured' : 'must-change';
}

export interface CommandFacts {
  readonly userId: string;
  readonly state: UserState;
  readonly locked: boolean;
  readonly accessLevel: User['accessLevel'];
  readonly protectedAdministrator: boolean;
  readonly linked: boolean;
  readonly restorable: boolean;
}

/** Whoever resets a password can become that person, so an administrator's is for administrators only. */
function mayResetPassword(
  actor: Pick<Actor, 'role' | 'permissions'>,
  person: { readonly accessLevel: User['accessLevel']; readonly protectedAdministrator: boolean },
): boolean {
  if (!actor.permissions.includes('passwords.reset')) return false;
  return actor.role === 'administrator' || (person.accessLevel !== 'administrator' && !person.protectedAdministrator);
}

/** The commands that the caller may use on a person now: what the rows of the list offer. */
export function commandsFor(
  facts: CommandFacts,
  actor: Pick<Actor, 'userId' | 'role' | 'permissions'>,
  integrated: boolean,
): User['may'] {
  const { permissions } = actor;
  const present = facts.state !== 'removed';
  const writable = present && permissions.includes('users.write');
  const expendable = facts.userId !== actor.userId && !facts.protectedAdministrator;
  return {
    change: writable,
    deactivate: writable && expendable && facts.state !== 'inactive',
    activate: writable && facts.state === 'inactive',
    remove: present && expendable && permissions.includes('users.remove'),
    restore: !present && facts.restorable && permissions.includes('users.remove'),
    resetPassword: present && mayResetPassword(actor, facts),
    unlock: present && facts.locked && permissions.includes('passwords.reset'),
    createOnlineAccount: present && integrated && !facts.linked && permissions.includes('online-accounts.write'),
  };
}
