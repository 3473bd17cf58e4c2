import type { UserId } from '@isthmus/kernel';
import { BerWriter, Control } from 'ldapts';
import { DirSyncControl } from '../ldap/DirSyncControl.ts';
import { type LdapSession, searchWith } from '../ldap/LdapSession.ts';
import { USER_FILTER } from '../ldap/userEntry.ts';
import { equals, hasGuid } from '../ldap/users.ts';
import type { GrantPlace } from './grantCommands.ts';
import { parseAllowEntries, WRITE_PROPERTY } from './securityDescriptor.ts';
import { sidText } from './sid.ts';

const TRYING = { action: 'to do this' } as const;
const SHOW_DELETED = '1.2.840.113556.1.4.417';
const SECURITY_DESCRIPTOR_FLAGS = '1.2.840.113556.1.4.801';
const DACL_ONLY = 4;
const OCTET_STRING = 4;
/** Set of attributes "Membership" (MS-ADTS 3.1.1.2.3.3), which holds `member`. */
const MEMBERSHIP_SET = 'bc0ac240-79a9-11d0-9020-00c04fc2d4cf';

/** Asks for the access list alone: the rest of a security descriptor needs rights that no service account has. */
class AccessListControl extends Control {
  constructor() {
    super(SECURITY_DESCRIPTOR_FLAGS, { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(DACL_ONLY);
    value.endSequence();
    writer.writeBuffer(value.buffer, OCTET_STRING);
  }
}

export async function mayReadUsers(session: LdapSession, managedOu: string): Promise<string> {
  const users = await session.search({
    ...TRYING,
    base: managedOu,
    filter: USER_FILTER,
    attributes: ['userAccountControl', 'pwdLastSet', 'objectGUID'],
  });
  const unreadable = users.filter((user) => !user.has('userAccountControl') || !user.has('pwdLastSet'));
  return unreadable.length === 0 ? '' : `${unreadable.length} user accounts do not show their state.`;
}

/** One entry is enough: the right is checked before anything is searched. */
export async function mayReplicateChanges(session: LdapSession): Promise<string> {
  const { baseDn } = session.names;
  await session.connections.use((client) =>
    searchWith(client, {
      base: baseDn,
      filter: equals('distinguishedName', baseDn),
      attributes: ['objectGUID'],
      controls: [new DirSyncControl(0)],
    }),
  );
  return '';
}

/** Without a removed account of our own there is nothing whose visibility would prove anything. */
export async function maySeeRemoved(session: LdapSession, id: UserId | undefined): Promise<string> {
  if (id === undefined) return 'It could not be tried, because no account could be made and removed.';
  const entries = await session.search({
    ...TRYING,
    base: session.names.baseDn,
    filter: hasGuid(id),
    attributes: ['isDeleted'],
    controls: [new Control(SHOW_DELETED, { critical: true })],
  });
  return entries.some((entry) => entry.has('isDeleted')) ? '' : 'The account that was removed last cannot be seen.';
}

/** The directory itself says for each group whether its members may be written; without groups, what new ones inherit. */
export async function mayWriteMembers(session: LdapSession, managedOu: string, place: GrantPlace): Promise<string> {
  const groups = await session.search({
    ...TRYING,
    base: managedOu,
    filter: '(&(objectCategory=group)(!(adminCount=1)))',
    attributes: ['allowedAttributesEffective'],
  });
  if (groups.length === 0) return inheritsMemberRight(session, managedOu, place);
  const refused = groups.filter((group) => !group.texts('allowedAttributesEffective').includes('member'));
  const [first] = refused;
  return first === undefined
    ? ''
    : `The members of ${refused.length} groups may not be changed, among them ${first.dn}.`;
}

/** The directory itself says what may be made in the unit. */
export async function mayManageGroups(session: LdapSession, managedOu: string): Promise<string> {
  const unit = await session.read(managedOu, ['allowedChildClassesEffective']);
  return unit?.texts('allowedChildClassesEffective').includes('group') === true
    ? ''
    : 'The service account may not make groups in this organizational unit.';
}

async function inheritsMemberRight(session: LdapSession, managedOu: string, place: GrantPlace): Promise<string> {
  const rootDse = await session.read('', ['tokenGroups']);
  const sids = new Set([place.sid, ...(rootDse?.allBytes('tokenGroups') ?? []).map(sidText)]);
  const unit = await session.read(managedOu, ['nTSecurityDescriptor'], [new AccessListControl()]);
  const descriptor = unit?.bytes('nTSecurityDescriptor');
  const entries = descriptor === undefined ? [] : parseAllowEntries(descriptor);
  const objectTypes = [undefined, place.guids.ofSchema('member'), MEMBERSHIP_SET];
  const classes = [undefined, place.guids.ofSchema('group')];
  const granted = entries.some(
    (entry) =>
      entry.inheritable &&
      (entry.mask & WRITE_PROPERTY) !== 0 &&
      sids.has(entry.sid) &&
      objectTypes.includes(entry.objectType) &&
      classes.includes(entry.inheritedObjectType),
  );
  return granted
    ? ''
    : 'Groups made in this organizational unit would not let the service account change their members.';
}
