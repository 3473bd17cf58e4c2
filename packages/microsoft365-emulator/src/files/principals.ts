import { ownerIdsOf, transitiveMemberIdsOf } from '../graph/groups/memberships.ts';
import type { PrincipalRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import { textOf } from '../store/Tenant.ts';

const MEMBERSHIP = 'i:0#.f|membership|';
/** Claim of every security group of the directory. */
const SECURITY_GROUP = 'c:0t.c|tenant|';
/** Claim of groups that have mail, Microsoft 365 groups among them. */
const MAIL_GROUP = 'c:0o.c|federateddirectoryclaimprovider|';
const EVERYONE = 'c:0-.f|rolemanager|spo-grid-all-users/';

export type NewPrincipal = Pick<PrincipalRecord, 'kind' | 'loginName' | 'title' | 'email' | 'objectId'> &
  Partial<PrincipalRecord>;

export function principalsOf(tenant: Tenant, siteId: string): PrincipalRecord[] {
  return tenant.files.principals.findAll('site', siteId).toSorted((one, other) => one.number - other.number);
}

export function findPrincipal(tenant: Tenant, siteId: string, number: number): PrincipalRecord | undefined {
  return tenant.files.principals.get(`${siteId}/${number}`);
}

export function findPrincipalByLogin(tenant: Tenant, siteId: string, loginName: string): PrincipalRecord | undefined {
  return tenant.files.principals.find('login', `${siteId}/${loginName.toLowerCase()}`);
}

export function addPrincipal(tenant: Tenant, siteId: string, principal: NewPrincipal): PrincipalRecord {
  const site = tenant.files.sites.get(siteId);
  if (site === undefined) throw new TypeError(`There is no site ${siteId}`);
  const number = site.nextPrincipal;
  tenant.files.sites.put({ ...site, nextPrincipal: number + 1 });
  const added: PrincipalRecord = {
    description: '',
    isSiteAdmin: false,
    association: null,
    ownerNumber: null,
    members: [],
    settings: {},
    ...principal,
    id: `${siteId}/${number}`,
    siteId,
    number,
  };
  tenant.files.principals.put(added);
  return added;
}

/** The directory object behind a name that may be a claim, a user principal name, a mail address or an id. */
function resolve(tenant: Tenant, name: string): NewPrincipal | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith(EVERYONE)) return everyone(tenant);
  for (const claim of [MAIL_GROUP, SECURITY_GROUP]) {
    if (lower.startsWith(claim)) return groupPrincipal(tenant, lower.slice(claim.length), claim);
  }
  const bare = lower.startsWith(MEMBERSHIP) ? lower.slice(MEMBERSHIP.length) : lower;
  const { users } = tenant;
  const user = users.find('userPrincipalName', bare) ?? users.find('mail', bare) ?? users.get(bare);
  if (user === undefined) return undefined;
  const upn = String(user.properties['userPrincipalName']);
  return {
    kind: 'user',
    loginName: `${MEMBERSHIP}${upn.toLowerCase()}`,
    title: textOf(user.properties['displayName']) ?? upn,
    email: textOf(user.properties['mail']) ?? '',
    objectId: user.id,
  };
}

export function everyone(tenant: Tenant): NewPrincipal {
  const loginName = `${EVERYONE}${tenant.id}`;
  return { kind: 'everyone', loginName, title: 'Everyone except external users', email: '', objectId: null };
}

/** Claim of a Microsoft 365 group; its owners have the same with `_o` behind it. */
export function groupPrincipal(tenant: Tenant, key: string, claim: string = MAIL_GROUP): NewPrincipal | undefined {
  const isOwners = key.endsWith('_o');
  const id = isOwners ? key.slice(0, -2) : key;
  const group = directoryGroup(tenant, id);
  if (group === undefined) return undefined;
  const title = isOwners
    ? `${group.displayName} Owners`
    : `${group.displayName}${claim === MAIL_GROUP ? ' Members' : ''}`;
  return { kind: 'directoryGroup', loginName: `${claim}${key}`, title, email: group.mail, objectId: id };
}

/** Takes somebody of the directory into the site's list of users; undefined when there is nobody of that name. */
export function ensurePrincipal(tenant: Tenant, siteId: string, name: string): PrincipalRecord | undefined {
  const known = findPrincipalByLogin(tenant, siteId, name);
  if (known !== undefined && known.kind !== 'siteGroup') return known;
  const resolved = resolve(tenant, name);
  if (resolved === undefined) return undefined;
  return findPrincipalByLogin(tenant, siteId, resolved.loginName) ?? addPrincipal(tenant, siteId, resolved);
}

/** Whether a user of the directory is meant by a principal of the site, directly or as a member of a group. */
export function includesUser(tenant: Tenant, principal: PrincipalRecord, userId: string): boolean {
  switch (principal.kind) {
    case 'user':
      return principal.objectId === userId;
    case 'everyone':
      return true;
    case 'directoryGroup':
      return isMemberOfGroup(tenant, principal, userId);
    case 'siteGroup':
      return principal.members.some((number) => {
        const member = findPrincipal(tenant, principal.siteId, number);
        return member !== undefined && member.kind !== 'siteGroup' && includesUser(tenant, member, userId);
      });
  }
}

interface DirectoryGroup {
  readonly displayName: string;
  readonly mail: string;
}

function directoryGroup(tenant: Tenant, id: string): DirectoryGroup | undefined {
  const group = tenant.directory.groups.get(id);
  if (group === undefined) return undefined;
  const { displayName, mail } = group.properties;
  return { displayName: textOf(displayName) ?? '', mail: textOf(mail) ?? '' };
}

/** The claim with `_o` behind it means the owners of a group, any other one its members. */
function isMemberOfGroup(tenant: Tenant, { loginName, objectId }: PrincipalRecord, userId: string): boolean {
  if (objectId === null) return false;
  if (loginName.endsWith('_o')) return ownerIdsOf(tenant, objectId).includes(userId);
  return transitiveMemberIdsOf(tenant, objectId).includes(userId);
}

/** The three groups that a site has from the start. */
export function addAssociatedGroups(
  tenant: Tenant,
  site: SiteRecord,
): Record<'owners' | 'members' | 'visitors', PrincipalRecord> {
  const add = (association: 'owners' | 'members' | 'visitors', name: string): PrincipalRecord =>
    addPrincipal(tenant, site.id, {
      kind: 'siteGroup',
      loginName: `${site.displayName} ${name}`,
      title: `${site.displayName} ${name}`,
      email: '',
      objectId: null,
      association,
      settings: { OnlyAllowMembersViewMembership: association === 'owners' },
    });
  const owners = add('owners', 'Owners');
  const visitors = add('visitors', 'Visitors');
  const members = add('members', 'Members');
  for (const group of [owners, visitors, members]) {
    tenant.files.principals.put({ ...group, ownerNumber: owners.number });
  }
  return { owners, members, visitors };
}

export function associatedGroup(
  tenant: Tenant,
  siteId: string,
  association: 'owners' | 'members' | 'visitors',
): PrincipalRecord | undefined {
  return principalsOf(tenant, siteId).find((principal) => principal.association === association);
}

/** Adds somebody to a site group; being there already is no mistake. */
export function addMember(tenant: Tenant, group: PrincipalRecord, member: PrincipalRecord): void {
  if (group.members.includes(member.number)) return;
  tenant.files.principals.put({ ...group, members: [...group.members, member.number] });
}
