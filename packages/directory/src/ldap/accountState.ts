import { DomainError, isDomainError, type Secret, type UserId } from '@isthmus/kernel';
import { Control } from 'ldapts';
import type { DirectoryUser } from '../DirectoryUser.ts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import type { LdapSession } from './LdapSession.ts';
import { ACCOUNT_DISABLED } from './userEntry.ts';
import { findUser, getUser, guidDn } from './users.ts';
import { replace, unicodePwd } from './writing.ts';

/** `UF_PASSWD_NOTREQD` (MS-ADTS 2.2.16): an account with it may be opened without any password. */
const PASSWORD_NOT_REQUIRED = 0x20;
const NO_SUCH_OBJECT = 32;
const NOT_ALLOWED_ON_NON_LEAF = 66;
const TREE_DELETE = '1.2.840.113556.1.4.805';
const MISSING = { missing: 'directory.user-not-found' } as const;

function notKept(): DomainError {
  return new DomainError({
    code: 'directory.failed',
    message: 'The directory answered "done", but the account did not change.',
    remedy: 'Try again; when it happens again, look into the log of the domain controller.',
    retryable: true,
  });
}

/** Windows says 0000052D here too, as the empty password breaks the rules for passwords; Samba enables the account. */
function passwordMissing(cause: unknown): DomainError {
  return new DomainError({
    code: 'directory.password-refused',
    message: 'The directory does not enable an account that has no password.',
    remedy: 'Set a password for it first; then enable it.',
    cause,
  });
}

export async function setEnabled(session: LdapSession, id: UserId, enabled: boolean): Promise<DirectoryUser> {
  const user = await getUser(session, id);
  if (user.enabled === enabled) return user;
  const entry = await session.read(guidDn(id), ['userAccountControl']);
  const control = Number(entry?.text('userAccountControl') ?? 512);
  // Other tools make accounts without a password and leave the flag behind; nobody may sign in by that.
  const wanted = enabled ? control & ~(ACCOUNT_DISABLED | PASSWORD_NOT_REQUIRED) : control | ACCOUNT_DISABLED;
  const action = enabled ? 'to enable user accounts' : 'to disable user accounts';
  try {
    await session.modify({ action, ...MISSING }, guidDn(id), [replace('userAccountControl', String(wanted))]);
  } catch (error) {
    throw enabled && isDomainError(error, 'directory.password-refused') ? passwordMissing(error) : error;
  }
  const after = await getUser(session, id);
  if (after.enabled !== enabled) throw notKept();
  return after;
}

export async function resetPassword(
  session: LdapSession,
  id: UserId,
  password: Secret,
  options: { readonly mustChange: boolean },
): Promise<DirectoryUser> {
  await getUser(session, id);
  await session.modify({ action: 'to reset passwords', ...MISSING }, guidDn(id), [
    replace('unicodePwd', unicodePwd(password)),
    ...(options.mustChange ? [replace('pwdLastSet', '0')] : []),
  ]);
  const after = await getUser(session, id);
  if ((after.passwordSetAt === undefined) !== options.mustChange) throw notKept();
  return after;
}

export async function unlock(session: LdapSession, id: UserId): Promise<DirectoryUser> {
  await getUser(session, id);
  await session.modify({ action: 'to unlock user accounts', ...MISSING }, guidDn(id), [replace('lockoutTime', '0')]);
  const after = await getUser(session, id);
  if (after.locked) throw notKept();
  return after;
}

/** Phones and the like may hang below an account; they go with it. */
export async function removeUser(session: LdapSession, id: UserId): Promise<void> {
  const removal = async (controls?: Control): Promise<void> => {
    await session.connections.use((client) => client.del(guidDn(id), controls));
  };
  try {
    await removal().catch((error: unknown) => {
      if (resultCodeOf(error) !== NOT_ALLOWED_ON_NON_LEAF) throw error;
      return removal(new Control(TREE_DELETE, { critical: true }));
    });
  } catch (error) {
    if (resultCodeOf(error) !== NO_SUCH_OBJECT) throw directoryError(error, { action: 'to remove user accounts' });
  }
  if ((await findUser(session, id)) !== undefined) throw notKept();
}
