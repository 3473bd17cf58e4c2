import { DomainError, guidFromBytes } from '@isthmus/kernel';
import { Attribute, Change, type Client } from 'ldapts';
import type { DirectoryGroup, DirectoryGroupMember, NewDirectoryGroup } from '../DirectoryGroup.ts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import { escapeDnValue, rdnValueOf } from './distinguishedName.ts';
import type { LdapEntry } from './LdapEntry.ts';
import type { LdapSession } from './LdapSession.ts';
import { readValues } from './readValues.ts';
import { equals } from './users.ts';
import { attribute, demandFree, replace } from './writing.ts';

const READING = { action: 'to read groups' } as const;
const CHANGING = { action: 'to change groups', missing: 'directory.group-not-found' } as const;
const GROUP_ATTRIBUTES = [
  'objectGUID',
  'objectClass',
  'sAMAccountName',
  'description',
  'mail',
  'groupType',
  'adminCount',
  'isCriticalSystemObject',
  'member',
  'memberOf',
] as const;
/** Bits of `groupType` (MS-ADTS 2.2.12). */
const SCOPES = { builtin: 1, global: 2, 'domain-local': 4, universal: 8 } as const;
const SECURITY = 0x8000_0000;
const GLOBAL_SECURITY_GROUP = String(SECURITY | SCOPES.global | 0);
/** Values in one modification: Windows refuses more than 5,000, and a smaller step can be repeated. */
const STEP = 500;
const NO_SUCH_OBJECT = 32;
/** "Already a member", "no such member" in the words of both vendors. */
const ALREADY = { add: [68, 20], delete: [16, 53] } as const;

const guidDn = (id: string): string => `<GUID=${id}>`;

function scopeOf(groupType: number): DirectoryGroup['scope'] {
  if ((groupType & SCOPES.builtin) !== 0) return 'builtin';
  if ((groupType & SCOPES.universal) !== 0) return 'universal';
  return (groupType & SCOPES['domain-local']) === 0 ? 'global' : 'domain-local';
}

async function groupOf(session: LdapSession, entry: LdapEntry): Promise<DirectoryGroup | undefined> {
  const guid = entry.bytes('objectGUID');
  const type = entry.text('groupType');
  if (guid === undefined || type === undefined) return undefined;
  const groupType = Number(type);
  const scope = scopeOf(groupType);
  return {
    id: guidFromBytes(guid),
    dn: entry.dn,
    name: entry.text('sAMAccountName') ?? rdnValueOf(entry.dn),
    description: entry.text('description') ?? '',
    mail: entry.text('mail'),
    isSecurity: groupType < 0,
    scope,
    isProtected:
      scope === 'builtin' ||
      entry.text('isCriticalSystemObject') === 'TRUE' ||
      Number(entry.text('adminCount') ?? 0) > 0,
    memberCount: (await readValues(session, entry, 'member')).length,
    memberOfDns: await readValues(session, entry, 'memberOf'),
  };
}

export async function listGroups(session: LdapSession): Promise<readonly DirectoryGroup[]> {
  const entries = await session.search({
    ...READING,
    base: session.names.baseDn,
    filter: '(objectCategory=group)',
    attributes: GROUP_ATTRIBUTES,
  });
  const groups: DirectoryGroup[] = [];
  for (const entry of entries) {
    const group = await groupOf(session, entry);
    if (group !== undefined) groups.push(group);
  }
  return groups;
}

export async function findGroup(session: LdapSession, id: string): Promise<DirectoryGroup | undefined> {
  const entry = await session.read(guidDn(id), [...GROUP_ATTRIBUTES, 'isDeleted']);
  if (entry === undefined || entry.has('isDeleted') || !entry.texts('objectClass').includes('group')) return undefined;
  return groupOf(session, entry);
}

async function getGroup(session: LdapSession, id: string): Promise<DirectoryGroup> {
  const group = await findGroup(session, id);
  if (group !== undefined) return group;
  throw new DomainError({
    code: 'directory.group-not-found',
    message: 'The group does not exist in the directory.',
    remedy: 'Refresh; it may have been removed meanwhile.',
  });
}

function kindOf(entry: LdapEntry): DirectoryGroupMember['kind'] {
  const classes = entry.texts('objectClass');
  if (classes.includes('group')) return 'group';
  if (classes.includes('computer')) return 'computer';
  return classes.includes('user') ? 'user' : 'other';
}

/** Direct members, found by their back link: in pages, however many they are. */
export async function listGroupMembers(session: LdapSession, id: string): Promise<readonly DirectoryGroupMember[]> {
  const group = await getGroup(session, id);
  const entries = await session.search({
    ...READING,
    base: session.names.baseDn,
    filter: equals('memberOf', group.dn),
    attributes: ['objectGUID', 'objectClass', 'sAMAccountName', 'displayName'],
  });
  return entries.flatMap((entry) => {
    const guid = entry.bytes('objectGUID');
    if (guid === undefined) return [];
    const name = entry.text('displayName') ?? entry.text('sAMAccountName') ?? rdnValueOf(entry.dn);
    return [{ id: guidFromBytes(guid), dn: entry.dn, name, kind: kindOf(entry) }];
  });
}

/** A global security group. @throws DomainError `directory.user-name-taken` when any object has the name already */
export async function addGroup(session: LdapSession, group: NewDirectoryGroup): Promise<DirectoryGroup> {
  await demandFree(session, { userName: group.name });
  const dn = `CN=${escapeDnValue(group.name)},${group.containerDn}`;
  await session.write({ action: 'to add groups', missing: 'directory.container-not-found' }, (client) =>
    client.add(dn, [
      attribute('objectClass', 'top', 'group'),
      attribute('sAMAccountName', group.name),
      attribute('groupType', GLOBAL_SECURITY_GROUP),
      ...(group.description === '' ? [] : [attribute('description', group.description)]),
    ]),
  );
  const entry = await session.read(dn, GROUP_ATTRIBUTES);
  const made = entry === undefined ? undefined : await groupOf(session, entry);
  if (made === undefined) throw directoryError(new Error('the new group cannot be read'), { action: 'to add groups' });
  return made;
}

/** Renames the entry along with its name. */
export async function changeGroup(
  session: LdapSession,
  id: string,
  changes: { readonly name?: string; readonly description?: string },
): Promise<DirectoryGroup> {
  const group = await getGroup(session, id);
  const { name, description } = changes;
  const isRenamed = name !== undefined && name !== group.name;
  if (isRenamed && name.toLowerCase() !== group.name.toLowerCase()) await demandFree(session, { userName: name });
  await session.modify(CHANGING, group.dn, [
    ...(isRenamed ? [replace('sAMAccountName', name)] : []),
    ...(description === undefined || description === group.description
      ? []
      : [description === '' ? replace('description') : replace('description', description)]),
  ]);
  if (isRenamed) {
    await session.write(CHANGING, (client) => client.modifyDN(group.dn, `CN=${escapeDnValue(name)}`));
  }
  return getGroup(session, id);
}

/** Repeating it is harmless: a group that is gone counts as removed. */
export async function removeGroup(session: LdapSession, id: string): Promise<void> {
  const group = await findGroup(session, id);
  if (group === undefined) return;
  try {
    await session.connections.use((client) => client.del(group.dn));
  } catch (error) {
    if (resultCodeOf(error) !== NO_SUCH_OBJECT) throw directoryError(error, { action: 'to remove groups' });
  }
}

async function modifyMembers(
  client: Client,
  groupDn: string,
  operation: 'add' | 'delete',
  dns: readonly string[],
): Promise<void> {
  const modification = new Attribute({ type: 'member', values: [...dns] });
  try {
    await client.modify(groupDn, new Change({ operation, modification }));
  } catch (error) {
    const isAlready = ALREADY[operation].some((code) => code === resultCodeOf(error));
    if (!isAlready) throw error;
    // One of them is so already, and the whole step was refused for it: each by itself then.
    if (dns.length === 1) return;
    for (const dn of dns) await modifyMembers(client, groupDn, operation, [dn]);
  }
}

/** Adds and removes members by DN, in steps; who is (or is not) a member already is left alone. */
export async function changeGroupMembers(
  session: LdapSession,
  id: string,
  changes: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<DirectoryGroup> {
  const group = await getGroup(session, id);
  for (const [operation, dns] of [['delete', changes.remove] as const, ['add', changes.add] as const]) {
    for (let start = 0; start < dns.length; start += STEP) {
      const some = dns.slice(start, start + STEP);
      await session.write(CHANGING, (client) => modifyMembers(client, group.dn, operation, some));
    }
  }
  return getGroup(session, id);
}
