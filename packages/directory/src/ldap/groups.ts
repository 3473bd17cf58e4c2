import { DomainError, type UserId } from '@isthmus/kernel';
import { Attribute, Change, OrFilter } from 'ldapts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import { rdnValueOf, sameDn } from './distinguishedName.ts';
import type { LdapSession } from './LdapSession.ts';
import { equals, getUser, guidDn } from './users.ts';

const READING = { action: 'to read groups' } as const;
/** Matching rule "member of, over any number of steps". */
const IN_CHAIN = '1.2.840.113556.1.4.1941';
const NO_SUCH_OBJECT = 32;
const INVALID_DN = 34;
/** Results that say "that is already so": already a member, no such value, "member doesn't exist". */
const ALREADY = { add: [68, 20], delete: [16, 53] } as const;

/** Organizational units, and the container that accounts are in by default. */
export async function listOrganizationalUnits(
  session: LdapSession,
): Promise<readonly { readonly dn: string; readonly name: string }[]> {
  const entries = await session.search({
    ...READING,
    base: session.names.baseDn,
    filter: '(|(objectClass=organizationalUnit)(&(objectClass=container)(cn=Users)))',
    attributes: ['name', 'isCriticalSystemObject'],
  });
  return entries.map((entry) => ({ dn: entry.dn, name: entry.text('name') ?? rdnValueOf(entry.dn) }));
}

/** Nested groups too. `tokenGroups` also knows the primary group; where it may not be read, the chain rule helps. */
export async function listGroupDnsOf(session: LdapSession, id: UserId): Promise<readonly string[]> {
  const entry = await session.read(guidDn(id), ['tokenGroups']);
  if (entry === undefined) {
    await getUser(session, id);
    return [];
  }
  const sids = entry.allBytes('tokenGroups');
  const filter =
    sids.length > 0 ? new OrFilter({ filters: sids.map((sid) => equals('objectSid', sid)) }) : chainFilter(entry.dn);
  const groups = await session.search({ ...READING, base: session.names.baseDn, filter, attributes: ['cn'] });
  return groups.map((group) => group.dn);
}

function chainFilter(dn: string): string {
  const escaped = dn.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `(member:${IN_CHAIN}:=${escaped})`;
}

/** Adding a member twice, or removing one that is gone, is harmless. */
export async function changeMembership(
  session: LdapSession,
  operation: 'add' | 'delete',
  groupDn: string,
  id: UserId,
): Promise<void> {
  const user = await getUser(session, id);
  const context = { action: 'to change the members of this group', missing: 'directory.group-not-found' } as const;
  const member = new Attribute({ type: 'member', values: [user.dn] });
  try {
    await session.connections.use((client) => client.modify(groupDn, new Change({ operation, modification: member })));
  } catch (error) {
    const code = resultCodeOf(error) ?? -1;
    if (code === INVALID_DN || code === NO_SUCH_OBJECT) throw groupNotFound(error);
    if (!ALREADY[operation].some((harmless) => harmless === code)) throw directoryError(error, context);
  }
  const after = await getUser(session, id);
  const isMember = after.groupDns.some((dn) => sameDn(dn, groupDn));
  if (isMember !== (operation === 'add')) {
    throw new DomainError({
      code: 'directory.failed',
      message: 'The directory did not keep the change of the group.',
      remedy: 'Try again; when it happens again, look into the log of the domain controller.',
      retryable: true,
    });
  }
}

function groupNotFound(cause: unknown): DomainError {
  return new DomainError({
    code: 'directory.group-not-found',
    message: 'The group does not exist in the directory.',
    remedy: 'Refresh; it may have been renamed or removed meanwhile.',
    cause,
  });
}
