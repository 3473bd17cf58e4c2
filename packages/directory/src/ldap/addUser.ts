import type { Attribute } from 'ldapts';
import type { DirectoryUser, NewDirectoryUser } from '../DirectoryUser.ts';
import { directoryError } from './directoryError.ts';
import type { LdapSession } from './LdapSession.ts';
import { TEXT_ATTRIBUTES } from './userEntry.ts';
import { findByUserName } from './users.ts';
import { attribute, commonNames, demandFree, demandText, unicodePwd, withFreeName } from './writing.ts';

const NORMAL_ACCOUNT = '512';

function textAttributes(fields: Partial<Record<keyof typeof TEXT_ATTRIBUTES, string>>): Attribute[] {
  return Object.entries(TEXT_ATTRIBUTES).flatMap(([field, name]) => {
    const value = fields[field as keyof typeof TEXT_ATTRIBUTES];
    return value === undefined || value === '' ? [] : [attribute(name, value)];
  });
}

export async function addUser(session: LdapSession, user: NewDirectoryUser): Promise<DirectoryUser> {
  demandText(user.userName, 'userName');
  demandText(user.upn, 'upn');
  demandText(user.displayName, 'displayName');
  await demandFree(session, user);
  const attributes = [
    attribute('objectClass', 'top', 'person', 'organizationalPerson', 'user'),
    attribute('sAMAccountName', user.userName),
    attribute('userPrincipalName', user.upn),
    attribute('displayName', user.displayName),
    ...textAttributes(user),
    attribute('userAccountControl', NORMAL_ACCOUNT),
    attribute('unicodePwd', unicodePwd(user.password)),
    ...(user.mustChangePassword ? [attribute('pwdLastSet', '0')] : []),
  ];
  try {
    await withFreeName(session, commonNames(user.displayName, user.userName), (client, rdn) =>
      client.add(`${rdn},${user.containerDn}`, attributes),
    );
  } catch (error) {
    throw directoryError(error, { action: 'to create user accounts', missing: 'directory.container-not-found' });
  }
  const created = await findByUserName(session, user.userName);
  if (created?.enabled === true) return created;
  throw directoryError(new Error('the new account is missing or disabled'), { action: 'to read the new account' });
}
