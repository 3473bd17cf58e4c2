import type { Notice } from '@isthmus/contracts';
import { nameOf, type Person, type PersonOrAccount } from '../people/index.ts';

/** Who asks, and what the rules about people need to know of everybody else. */
export interface CommandContext {
  readonly actor: { readonly userId: string; readonly role: 'administrator' | 'help-desk' | 'reader' };
  readonly now: Date;
  readonly integrated: boolean;
  /** People who can administer the dashboard now. */
  readonly activeAdministratorIds: ReadonlySet<string>;
}

export function refuseRemoved(person: PersonOrAccount): Notice | undefined {
  if (person.removedAt === undefined) return undefined;
  return {
    code: 'users.removed',
    message: `${nameOf(person)} was removed.`,
    remedy: 'Restore the person first.',
  };
}

export function refuseBuiltIn(person: PersonOrAccount): Notice | undefined {
  if (person.user?.builtIn !== true) return undefined;
  return {
    code: 'users.built-in',
    message: `${nameOf(person)} is an account of the directory itself or of a service.`,
    remedy: 'Change it with the tools of the domain controller.',
  };
}

function refuseProtected(person: Person): Notice | undefined {
  if (!person.user.protectedAdministrator) return undefined;
  return {
    code: 'users.protected-administrator',
    message: `${nameOf(person)} administers the directory; such accounts are never deactivated or removed from here.`,
    remedy: 'Take the person out of the directory’s administrator groups first, or use the domain controller’s tools.',
  };
}

function refuseGlobalAdministrator(person: Person): Notice | undefined {
  if (person.tenantRole !== 'global-administrator') return undefined;
  return {
    code: 'users.global-administrator',
    message: `${nameOf(person)} is a Global Administrator of the tenant; such accounts are never deactivated or removed from here.`,
    remedy: 'Take the role away in the Microsoft 365 admin center first. In an emergency, Lock now closes the account.',
  };
}

function refuseOneself(person: Person, context: CommandContext): Notice | undefined {
  if (person.user.id !== context.actor.userId) return undefined;
  return {
    code: 'users.yourself',
    message: 'You cannot lock yourself out.',
    remedy: 'Ask another administrator to do it.',
  };
}

/** Administrators of the selection, when nobody else would be left to administer the dashboard. */
function refuseLastAdministrators(
  people: readonly Person[],
  context: CommandContext,
): (person: Person) => Notice | undefined {
  const going = new Set<string>(people.map((person) => person.user.id));
  const staying = [...context.activeAdministratorIds].filter((id) => !going.has(id));
  return (person) =>
    staying.length > 0 || !context.activeAdministratorIds.has(person.user.id)
      ? undefined
      : {
          code: 'users.last-administrator',
          message: `${nameOf(person)} is the last administrator of this dashboard.`,
          remedy: 'Add somebody else to the administrators’ group first.',
        };
}

/** Administers the dashboard, the directory or the tenant: whoever takes over such an account can do all that. */
function isPowerful({ accessLevel, user, tenantRole }: Person): boolean {
  return accessLevel === 'administrator' || user.protectedAdministrator || tenantRole !== undefined;
}

export function refuseAdministratorPassword(person: Person, context: CommandContext): Notice | undefined {
  const powerful = isPowerful(person);
  if (!powerful || context.actor.role === 'administrator') return undefined;
  return {
    code: 'users.administrator-password',
    message: `${nameOf(person)} is an administrator; only an administrator may set this password.`,
    remedy: 'Ask an administrator.',
  };
}

/** Who cannot be locked even in an emergency. */
export function refuseLocking(
  people: readonly Person[],
  context: CommandContext,
): (person: Person) => Notice | undefined {
  const refuseLast = refuseLastAdministrators(people, context);
  return (person) =>
    refuseRemoved(person) ??
    refuseBuiltIn(person) ??
    refuseOneself(person, context) ??
    refuseAdministratorByHelpDesk(person, context) ??
    refuseLast(person);
}

function refuseAdministratorByHelpDesk(person: Person, context: CommandContext): Notice | undefined {
  const powerful = isPowerful(person);
  if (!powerful || context.actor.role === 'administrator') return undefined;
  return {
    code: 'users.administrator-lock',
    message: `${nameOf(person)} is an administrator; only an administrator may lock this account.`,
    remedy: 'Ask an administrator.',
  };
}

/** Who has to stay, whether it is about deactivating or about removing. */
export function refuseGoing(
  people: readonly Person[],
  context: CommandContext,
): (person: Person) => Notice | undefined {
  const refuseLast = refuseLastAdministrators(people, context);
  return (person) =>
    refuseRemoved(person) ??
    refuseBuiltIn(person) ??
    refuseOneself(person, context) ??
    refuseProtected(person) ??
    refuseGlobalAdministrator(person) ??
    refuseLast(person);
}
