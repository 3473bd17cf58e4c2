import type { HoldReason, PasswordState, User } from '@isthmus/contracts';
import type { Actor } from '../../http/Actor.ts';

/** Days in which Microsoft keeps a removed account in the recycle bin, and we its snapshot. */
export const RESTORABLE_DAYS = 30;
export const DAY_MS = 86_400_000;

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
  readonly state: User['state'];
  readonly locked: boolean;
  readonly accessLevel: User['accessLevel'];
  readonly protectedAdministrator: boolean;
  readonly linked: boolean;
  /** The linked account, when it is there. */
  readonly online: { readonly signInAllowed: boolean; readonly hold: HoldReason | null } | undefined;
  readonly restorable: boolean;
}

/**
 * Whoever resets a password can become that person, and whoever locks an account stops its work: what is an
 * administrator's is for administrators only.
 */
function mayHelp(
  permission: 'passwords.reset' | 'users.lock',
  actor: Pick<Actor, 'role' | 'permissions'>,
  person: { readonly accessLevel: User['accessLevel']; readonly protectedAdministrator: boolean },
): boolean {
  if (!actor.permissions.includes(permission)) return false;
  return actor.role === 'administrator' || (person.accessLevel !== 'administrator' && !person.protectedAdministrator);
}

function onlineCommandsFor(
  { online, state, linked }: CommandFacts,
  permitted: boolean,
  removable: boolean,
): Pick<
  User['may'],
  'unassign' | 'unlink' | 'blockOnline' | 'allowOnline' | 'changeLicenses' | 'changeAddresses' | 'removeOnline'
> {
  const there = permitted && online !== undefined;
  return {
    unassign: there && online.hold !== 'unassigned',
    unlink: permitted && linked,
    changeLicenses: there,
    changeAddresses: there,
    removeOnline: there && removable,
    blockOnline: there && online.signInAllowed,
    allowOnline: there && state === 'active' && (online.hold !== null || !online.signInAllowed),
  };
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
    offboard: present && expendable && permissions.includes('users.remove'),
    restore: !present && facts.restorable && permissions.includes('users.remove'),
    resetPassword: present && mayHelp('passwords.reset', actor, facts),
    unlock: present && facts.locked && permissions.includes('passwords.reset'),
    lock: present && facts.userId !== actor.userId && mayHelp('users.lock', actor, facts),
    ...onlineCommandsFor(
      facts,
      permissions.includes('online-accounts.write') && present,
      permissions.includes('users.remove'),
    ),
    changeNames: present && integrated && permissions.includes('online-accounts.write'),
    createOnlineAccount: present && integrated && !facts.linked && permissions.includes('online-accounts.write'),
  };
}
