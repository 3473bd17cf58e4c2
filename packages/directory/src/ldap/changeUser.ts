import type { UserId } from '@isthmus/kernel';
import type { Change } from 'ldapts';
import type { DirectoryUser, UserAccountChanges } from '../DirectoryUser.ts';
import { directoryError } from './directoryError.ts';
import { accountExpiresOf } from './directoryTime.ts';
import { parentDn, rdnValueOf, sameDn } from './distinguishedName.ts';
import type { LdapSession } from './LdapSession.ts';
import { TEXT_ATTRIBUTES } from './userEntry.ts';
import { getUser, guidDn } from './users.ts';
import { commonNames, demandFree, demandText, replace, withFreeName } from './writing.ts';

const CHANGING = { action: 'to change user accounts', missing: 'directory.user-not-found' } as const;

/** The directory knows no empty text: emptying a field removes its value. */
function textChange(name: string, value: string | null | undefined): Change[] {
  if (value === undefined) return [];
  return [value === null || value === '' ? replace(name) : replace(name, value)];
}

function changesOf(changes: UserAccountChanges): Change[] {
  const fields = Object.entries(TEXT_ATTRIBUTES).flatMap(([field, name]) =>
    textChange(name, changes[field as keyof typeof TEXT_ATTRIBUTES]),
  );
  return [
    ...textChange('sAMAccountName', changes.userName),
    ...textChange('userPrincipalName', changes.upn),
    ...textChange('displayName', changes.displayName),
    ...fields,
    ...(changes.expiresAt === undefined ? [] : [replace('accountExpires', accountExpiresOf(changes.expiresAt))]),
  ];
}

/** Renames or moves the entry when its name or container has to change. */
async function rename(session: LdapSession, user: DirectoryUser, changes: UserAccountChanges): Promise<void> {
  const oldContainer = parentDn(user.dn);
  const container = changes.containerDn ?? oldContainer;
  const oldName = rdnValueOf(user.dn);
  const displayName = changes.displayName ?? user.displayName;
  const wanted = commonNames(displayName === '' ? oldName : displayName, changes.userName ?? user.userName);
  const names = changes.displayName === undefined ? [oldName, ...wanted.slice(1)] : wanted;
  if (sameDn(container, oldContainer) && names.includes(oldName)) return;
  try {
    await withFreeName(session, names, (client, rdn) => client.modifyDN(user.dn, `${rdn},${container}`));
  } catch (error) {
    throw directoryError(error, {
      action: 'to rename or move user accounts',
      missing: 'directory.container-not-found',
    });
  }
}

export async function changeUser(
  session: LdapSession,
  id: UserId,
  changes: UserAccountChanges,
): Promise<DirectoryUser> {
  demandText(changes.userName, 'userName');
  demandText(changes.upn, 'upn');
  demandText(changes.displayName, 'displayName');
  const user = await getUser(session, id);
  await demandFree(session, changes, user);
  await session.modify(CHANGING, guidDn(id), changesOf(changes));
  if (changes.displayName !== undefined || changes.containerDn !== undefined) await rename(session, user, changes);
  return getUser(session, id);
}
