import type { PasswordAuthenticationMethod } from '@microsoft/microsoft-graph-types';
import type { UserRecord } from '../../store/records.ts';
import { has } from '../Caller.ts';
import { denied, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { getVisibleUser } from '../users/findUser.ts';
import { readUser } from '../users/readUser.ts';

/** Everybody's password has this id. Source: Microsoft documentation, "passwordAuthenticationMethod resource type". */
export const PASSWORD_METHOD = '28c10230-6103-485e-b985-444c60001490';

const others = [
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'Directory.AccessAsUser.All',
];

/** The permissions without `All` are for oneself. */
function authorizeMethodRead({ caller, settings }: GraphCall, user: UserRecord): void {
  if (!settings.enforcePermissions) return;
  if (caller.kind === 'user' && caller.objectId === user.id) return;
  if (!has(caller, ...others)) throw denied();
}

function presentPassword(user: UserRecord): PasswordAuthenticationMethod {
  const createdDateTime = String(readUser(user, 'lastPasswordChangeDateTime'));
  return { id: PASSWORD_METHOD, password: null, createdDateTime };
}

/** GET /users/{id}/authentication/methods: the password is the only one there is here. */
export function listMethods(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  authorizeMethodRead(call, user);
  const type = { '@odata.type': '#microsoft.graph.passwordAuthenticationMethod' };
  return ok({ '@odata.context': contextOf(call, 'methods'), value: [{ ...type, ...presentPassword(user) }] });
}

/** GET /users/{id}/authentication/passwordMethods */
export function listPasswordMethods(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  authorizeMethodRead(call, user);
  return ok({ '@odata.context': contextOf(call, 'passwordMethods'), value: [presentPassword(user)] });
}

/** GET /users/{id}/authentication/passwordMethods/{methodId} */
export function getPasswordMethod(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  authorizeMethodRead(call, user);
  const methodId = call.params['methodId'] ?? '';
  if (methodId !== PASSWORD_METHOD) throw notFound(methodId);
  return ok({ '@odata.context': `${contextOf(call, 'passwordMethods')}/$entity`, ...presentPassword(user) });
}

function contextOf(call: GraphCall, set: string): string {
  return `https://graph.microsoft.com/v1.0/$metadata#users('${call.params['id'] ?? ''}')/authentication/${set}`;
}
