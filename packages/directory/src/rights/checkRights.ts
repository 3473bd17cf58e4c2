import { DomainError } from '@isthmus/kernel';
import type { RightCheck } from '../Directory.ts';
import { directoryError } from '../ldap/directoryError.ts';
import type { LdapSession } from '../ldap/LdapSession.ts';
import { equals } from '../ldap/users.ts';
import { EXTENDED_RIGHTS, type GrantPlace, grantCommands, SCHEMA_NAMES } from './grantCommands.ts';
import { mayManageGroups, mayReadUsers, mayReplicateChanges, maySeeRemoved, mayWriteMembers } from './readingProbes.ts';
import { readSchemaGuids } from './schemaGuids.ts';
import { sidText } from './sid.ts';
import { TestAccount } from './TestAccount.ts';

type Right = RightCheck['right'];

async function readPlace(session: LdapSession, managedOu: string): Promise<GrantPlace> {
  const { baseDn, netbiosName } = session.names;
  const [account] = await session.search({
    action: 'to read the service account',
    base: baseDn,
    filter: equals('distinguishedName', session.serviceAccountDn),
    attributes: ['objectSid', 'sAMAccountName'],
  });
  const sid = account?.bytes('objectSid');
  if (account === undefined || sid === undefined) {
    throw directoryError(new Error('the service account cannot be read'), { action: 'to read the service account' });
  }
  return {
    managedOu,
    baseDn,
    sid: sidText(sid),
    account: `${netbiosName}\\${account.text('sAMAccountName') ?? ''}`,
    guids: await readSchemaGuids(session, SCHEMA_NAMES, EXTENDED_RIGHTS),
  };
}

/** Runs a probe: it says why not, or nothing. */
async function evidenceOf(probe: () => Promise<string>): Promise<string> {
  try {
    return await probe();
  } catch (error) {
    const { message, cause } = directoryError(error, { action: 'to do this' });
    return cause instanceof Error ? `${message} (${cause.message.trim().split('\n')[0]})` : message;
  }
}

/**
 * Tries each right by doing what it is for: on an account of its own, disabled and removed at the end. An account that
 * could not be removed is found and used again by the next check.
 */
export async function checkRights(session: LdapSession, managedOu: string): Promise<readonly RightCheck[]> {
  if ((await session.read(managedOu, ['objectClass'])) === undefined) {
    throw new DomainError({
      code: 'directory.container-not-found',
      message: `The organizational unit ${managedOu} does not exist or may not be read.`,
      remedy: 'Choose an existing organizational unit.',
      field: 'managedOu',
    });
  }
  const place = await readPlace(session, managedOu);
  const account = new TestAccount(session, managedOu);
  const probes: readonly [Right, () => Promise<string>][] = [
    ['create-users', () => account.create()],
    ['read-users', () => mayReadUsers(session, managedOu)],
    ['replicate-changes', () => mayReplicateChanges(session)],
    ['write-properties', () => account.writeProperties()],
    ['reset-passwords', () => account.resetPassword()],
    ['unlock', () => account.unlock()],
    ['write-members', () => mayWriteMembers(session, managedOu, place)],
    ['manage-groups', () => mayManageGroups(session, managedOu)],
    ['delete-users', () => account.remove()],
    ['read-deleted', () => maySeeRemoved(session, account.id)],
  ];
  const checks: RightCheck[] = [];
  for (const [right, probe] of probes) {
    const evidence = await evidenceOf(probe);
    checks.push({ right, granted: evidence === '', evidence, commands: grantCommands(right, place) });
  }
  return checks;
}
