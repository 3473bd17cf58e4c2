import type { UserRecord } from '../../store/records.ts';
import { mayActOn, mayResetPassword, roles } from '../authorization/roleCatalog.ts';
import { has } from '../Caller.ts';
import { denied } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import { rolesOf } from './findUser.ts';

/** Properties whose change could be used to take over somebody with more rights. */
const sensitive: ReadonlySet<string> = new Set([
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'onPremisesImmutableId',
  'otherMails',
  'userPrincipalName',
]);

const broad = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];

/** Permissions that suffice for a property besides the broad ones, which do not suffice for the password. */
const own: Readonly<Record<string, readonly string[]>> = {
  businessPhones: ['User-Phone.ReadWrite.All'],
  mobilePhone: ['User-Phone.ReadWrite.All'],
  otherMails: ['User-Mail.ReadWrite.All'],
};

/** What people may change about themselves with `User.ReadWrite`. */
const selfService: ReadonlySet<string> = new Set(['businessPhones', 'mobilePhone', 'preferredLanguage', 'otherMails']);

const readers = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** Refuses an update unless permissions and directory roles cover every property; one refusal refuses the whole. */
export function authorizeUserUpdate(call: GraphCall, target: UserRecord, names: readonly string[]): void {
  if (!call.settings.enforcePermissions) return;
  for (const name of names) if (!isPermitted(call, target, name)) throw denied();
  const isUser = call.caller.kind === 'user';
  const setsPassword = names.includes('passwordProfile');
  // Which roles somebody holds is only looked up for what depends on it.
  const actorRoles = isUser || setsPassword ? rolesOf(call.tenant, call.caller.objectId) : [];
  if (setsPassword && !mayResetPassword(actorRoles, rolesOf(call.tenant, target.id))) throw denied();
  const others = names.filter((name) => name !== 'passwordProfile');
  if (isSelfService(call, target, others)) return;
  if (isUser) requireAdministrator(actorRoles, others);
  const touchesSensitive = others.some((name) => sensitive.has(name));
  if (touchesSensitive) authorizeSensitive(call, target);
}

/** Refuses to disable, delete, restore or rename somebody who holds roles that the caller may not act on. */
export function authorizeSensitive(call: GraphCall, target: UserRecord): void {
  if (!call.settings.enforcePermissions) return;
  const targetRoles = rolesOf(call.tenant, target.id);
  if (targetRoles.length === 0) return;
  if (!mayActOn(rolesOf(call.tenant, call.caller.objectId), targetRoles)) throw denied();
}

function isPermitted(call: GraphCall, target: UserRecord, name: string): boolean {
  const { caller } = call;
  if (name === 'passwordProfile') {
    const asUser = caller.kind === 'user' && has(caller, 'Directory.AccessAsUser.All');
    return asUser || has(caller, 'User-PasswordProfile.ReadWrite.All');
  }
  if (has(caller, ...broad, ...(own[name] ?? []))) return true;
  if (name === 'accountEnabled') return has(caller, 'User.EnableDisableAccount.All') && has(caller, ...readers);
  return isSelf(call, target) && has(caller, 'User.ReadWrite') && selfService.has(name);
}

function isSelf({ caller }: GraphCall, target: UserRecord): boolean {
  return caller.kind === 'user' && caller.objectId === target.id;
}

function isSelfService(call: GraphCall, target: UserRecord, names: readonly string[]): boolean {
  return isSelf(call, target) && names.every((name) => selfService.has(name));
}

const administrators: readonly string[] = [
  roles.globalAdministrator,
  roles.userAdministrator,
  roles.privilegedAuthenticationAdministrator,
  roles.authenticationAdministrator,
  roles.directoryWriters,
];

function requireAdministrator(actorRoles: readonly string[], names: readonly string[]): void {
  if (names.length > 0 && !actorRoles.some((role) => administrators.includes(role))) throw denied();
}
