import type { PropertyValue, UserRecord } from '../../store/records.ts';
import { missingValue } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { authorizeUserUpdate } from './authorizeUserWrite.ts';
import { weakPassword } from './createUser.ts';
import { getUserToWrite } from './findUser.ts';
import { checkNewPassword } from './passwordRules.ts';
import { setPassword } from './setPassword.ts';
import { type PasswordProfile, readUserInput } from './userInput.ts';
import { checkMastership, checkUnique, checkValues, withMail } from './userRules.ts';

const neverNull = ['accountEnabled', 'displayName', 'userPrincipalName', 'mailNickname'];

/** PATCH /users/{id} */
export function updateUser(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  const { properties, passwordProfile } = readUserInput(call.body);
  const names = Object.keys(properties);
  authorizeUserUpdate(call, user, passwordProfile === undefined ? names : [...names, 'passwordProfile']);
  checkMastership(user, names);
  for (const name of neverNull) if (properties[name] === null) throw missingValue(name, 'User');
  checkValues(tenant, properties);
  checkUnique(tenant, properties, user);
  checkPassword(passwordProfile, user);
  world.transaction(() => {
    const saved = names.length > 0 ? tenant.saveUser(changed(user, properties)) : user;
    if (passwordProfile !== undefined) applyPassword(call, saved, passwordProfile);
  });
  return noContent;
}

function changed(user: UserRecord, wanted: Readonly<Record<string, PropertyValue>>): UserRecord {
  const mail = wanted['mail'];
  const withAddresses = mail === undefined ? {} : withMail(user, mail);
  const extensions = mergedExtensions(user, wanted['onPremisesExtensionAttributes']);
  const properties = { ...user.properties, ...wanted, ...withAddresses, ...extensions };
  return { ...user, mailFromMailbox: mail === undefined ? user.mailFromMailbox : false, properties };
}

/** Extension attributes are set one by one, not as a whole. */
function mergedExtensions(user: UserRecord, wanted: PropertyValue | undefined): Record<string, PropertyValue> {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return {};
  const stored = user.properties['onPremisesExtensionAttributes'];
  const known = typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : {};
  return { onPremisesExtensionAttributes: { ...known, ...wanted } };
}

function checkPassword(profile: PasswordProfile | undefined, user: UserRecord): void {
  if (profile?.password !== undefined && !checkNewPassword(profile.password, user.properties)) throw weakPassword();
}

function applyPassword({ tenant }: GraphCall, user: UserRecord, { password, mustChange }: PasswordProfile): void {
  if (password !== undefined) {
    setPassword(tenant, user, password, { mustChange: mustChange ?? true });
    return;
  }
  if (mustChange === undefined || mustChange === user.password.mustChange) return;
  tenant.saveUser({ ...user, password: { ...user.password, mustChange } }, ['passwordProfile']);
}
