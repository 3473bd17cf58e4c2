import * as z from 'zod';
import {
  addMember,
  addPrincipal,
  associatedGroup,
  ensurePrincipal,
  findPrincipal,
  findPrincipalByLogin,
  principalsOf,
} from '../../files/principals.ts';
import { removeAssignmentsOf } from '../../files/roleAssignments.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { PrincipalRecord } from '../../store/filesRecords.ts';
import type { Properties } from '../../store/records.ts';
import { numberArgument, type Resource, type RestObject, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { restValue } from '../readRestBody.ts';
import { requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';

// Microsoft documentation: PrincipalType: 1 user, 4 security group, 8 SharePoint group.
const principalTypes = { user: 1, directoryGroup: 4, everyone: 4, siteGroup: 8 } as const;

const groupSettings = {
  AllowMembersEditMembership: z.boolean(),
  AllowRequestToJoinLeave: z.boolean(),
  AutoAcceptRequestToJoinLeave: z.boolean(),
  OnlyAllowMembersViewMembership: z.boolean(),
  RequestToJoinLeaveEmailSetting: z.string(),
};
const newGroupSchema = z.object({
  Title: z.string().min(1).max(255),
  Description: z.string().nullish(),
  ...z.object(groupSettings).partial().shape,
});
const changeGroupSchema = newGroupSchema.partial();
const loginSchema = z.object({ LoginName: z.string().min(1) });

/** A user or group of the site, in the form that lists of both kinds have. */
export function principalResource(call: RestCall, principal: PrincipalRecord): Resource {
  return principal.kind === 'siteGroup' ? groupResource(call, principal) : userResource(call, principal);
}

function userResource(call: RestCall, user: PrincipalRecord): Resource {
  return {
    type: 'SP.User',
    path: `Web/GetUserById(${user.number})`,
    object: () => userObject(user),
    children: { groups: () => groupsOfUser(call, user) },
    remove: () => removePrincipal(call, user),
    update: (body) => {
      requireRestLevel(call, levels.full);
      const { IsSiteAdmin, Title } = restValue(
        body,
        z.object({ IsSiteAdmin: z.boolean().optional(), Title: z.string().optional() }),
      );
      const isSiteAdmin = IsSiteAdmin ?? user.isSiteAdmin;
      call.tenant.files.principals.put({ ...user, isSiteAdmin, title: Title ?? user.title });
    },
  };
}

function userObject(user: PrincipalRecord): RestObject {
  const upn = user.kind === 'user' ? user.loginName.split('|').at(-1) : null;
  return {
    Id: user.number,
    IsHiddenInUI: false,
    LoginName: user.loginName,
    Title: user.title,
    PrincipalType: principalTypes[user.kind],
    Email: user.email,
    Expiration: '',
    IsEmailAuthenticationGuestUser: false,
    IsShareByEmailGuestUser: false,
    IsSiteAdmin: user.isSiteAdmin,
    UserId:
      user.objectId === null || user.kind !== 'user'
        ? null
        : { NameId: nameIdOf(user.objectId), NameIdIssuer: 'urn:federation:microsoftonline' },
    UserPrincipalName: upn ?? null,
  };
}

/** The short id by which sign-in names a person; made from the object id here. */
function nameIdOf(objectId: string): string {
  return objectId.replaceAll('-', '').slice(0, 16);
}

export function usersResource(call: RestCall): Resource {
  const all = (): PrincipalRecord[] =>
    principalsOf(call.tenant, call.site.id).filter(({ kind }) => kind !== 'siteGroup');
  const one = (user: PrincipalRecord | undefined): Resource => {
    if (user === undefined || user.kind === 'siteGroup') throw new SharePointError('userNotFound');
    return userResource(call, user);
  };
  const byId = (number: number): Resource => one(findPrincipal(call.tenant, call.site.id, number));
  const byLogin = (login: string): Resource => one(findPrincipalByLogin(call.tenant, call.site.id, login));
  return {
    type: 'SP.User',
    path: 'Web/SiteUsers',
    items: () => all().map((user) => userResource(call, user)),
    byKey: (key) => (typeof key === 'number' ? byId(key) : byLogin(key)),
    functions: {
      getbyid: (args) => byId(numberArgument(args, 'id')),
      getbyloginname: (args) => byLogin(textArgument(args, 'loginname')),
      getbyemail: (args) =>
        one(all().find(({ email }) => email.toLowerCase() === textArgument(args, 'email').toLowerCase())),
    },
    actions: {
      removebyid: (args) => remove(call, findPrincipal(call.tenant, call.site.id, numberArgument(args, 'id'))),
      removebyloginname: (args) =>
        remove(call, findPrincipalByLogin(call.tenant, call.site.id, textArgument(args, 'loginname'))),
    },
  };
}

function remove(call: RestCall, principal: PrincipalRecord | undefined): undefined {
  if (principal === undefined) throw new SharePointError('userNotFound');
  removePrincipal(call, principal);
}

/** Deletes a user or group from the site, and with it all its rights there. */
function removePrincipal(call: RestCall, principal: PrincipalRecord): void {
  requireRestLevel(call, levels.full);
  const { files } = call.tenant;
  removeAssignmentsOf(call.tenant, call.site.id, principal.number);
  for (const group of principalsOf(call.tenant, call.site.id)) {
    if (group.members.includes(principal.number)) {
      files.principals.put({ ...group, members: group.members.filter((number) => number !== principal.number) });
    }
  }
  files.principals.remove(principal.id);
}

function groupResource(call: RestCall, group: PrincipalRecord): Resource {
  return {
    type: 'SP.Group',
    path: `Web/SiteGroups/GetById(${group.number})`,
    object: () => groupObject(call, group),
    more: {
      CanCurrentUserEditMembership: () => true,
      CanCurrentUserManageGroup: () => true,
      CanCurrentUserViewMembership: () => true,
    },
    children: {
      users: () => membersResource(call, group),
      owner: () => principalResource(call, findPrincipal(call.tenant, call.site.id, group.ownerNumber ?? 0) ?? group),
    },
    actions: {
      setuserasowner: (args) => {
        requireRestLevel(call, levels.full);
        const owner = findPrincipal(call.tenant, call.site.id, numberArgument(args, 'ownerid'));
        if (owner === undefined) throw new SharePointError('userNotFound');
        call.tenant.files.principals.put({ ...group, ownerNumber: owner.number });
        return undefined;
      },
    },
    update: (body) => updateGroup(call, group, body),
    remove: () => removePrincipal(call, group),
  };
}

function groupObject(call: RestCall, group: PrincipalRecord): RestObject {
  const owner = findPrincipal(call.tenant, call.site.id, group.ownerNumber ?? 0);
  return {
    Id: group.number,
    IsHiddenInUI: false,
    LoginName: group.loginName,
    Title: group.title,
    PrincipalType: principalTypes.siteGroup,
    AllowMembersEditMembership: false,
    AllowRequestToJoinLeave: false,
    AutoAcceptRequestToJoinLeave: false,
    Description: group.description === '' ? null : group.description,
    OnlyAllowMembersViewMembership: false,
    OwnerTitle: owner?.title ?? null,
    RequestToJoinLeaveEmailSetting: '',
    ...group.settings,
  };
}

function updateGroup(call: RestCall, group: PrincipalRecord, body: RestObject): void {
  requireRestLevel(call, levels.full);
  const { Title, Description, ...settings } = restValue(body, changeGroupSchema);
  call.tenant.files.principals.put({
    ...group,
    title: Title ?? group.title,
    loginName: Title ?? group.loginName,
    description: Description ?? group.description,
    settings: { ...group.settings, ...(settings as Properties) },
  });
}

/** The users in a group of the site. */
function membersResource(call: RestCall, group: PrincipalRecord): Resource {
  const { tenant, site } = call;
  const current = (): PrincipalRecord => tenant.files.principals.get(group.id) ?? group;
  const take = (member: PrincipalRecord | undefined): undefined => {
    requireRestLevel(call, levels.full);
    if (member === undefined || !current().members.includes(member.number)) throw new SharePointError('userNotFound');
    tenant.files.principals.put({
      ...current(),
      members: current().members.filter((number) => number !== member.number),
    });
  };
  const find = (number: number): Resource => {
    const user = findPrincipal(tenant, site.id, number);
    if (user === undefined || !current().members.includes(number)) throw new SharePointError('userNotFound');
    return userResource(call, user);
  };
  return {
    type: 'SP.User',
    path: `Web/SiteGroups/GetById(${group.number})/Users`,
    items: () =>
      current().members.flatMap((number) => {
        const user = findPrincipal(tenant, site.id, number);
        return user === undefined ? [] : [userResource(call, user)];
      }),
    byKey: (key) => find(Number(key)),
    functions: { getbyid: (args) => find(numberArgument(args, 'id')) },
    create: (body) => {
      requireRestLevel(call, levels.full);
      const user = ensurePrincipal(tenant, site.id, restValue(body, loginSchema).LoginName);
      if (user === undefined) throw new SharePointError('userUnknown');
      addMember(tenant, current(), user);
      return userResource(call, user);
    },
    actions: {
      removebyid: (args) => take(findPrincipal(tenant, site.id, numberArgument(args, 'id'))),
      removebyloginname: (args) => take(findPrincipalByLogin(tenant, site.id, textArgument(args, 'loginname'))),
    },
  };
}

export function groupsResource(call: RestCall): Resource {
  const { tenant, site } = call;
  const all = (): PrincipalRecord[] => principalsOf(tenant, site.id).filter(({ kind }) => kind === 'siteGroup');
  const one = (group: PrincipalRecord | undefined): Resource => {
    if (group === undefined || group.kind !== 'siteGroup') throw new SharePointError('groupMissing');
    return groupResource(call, group);
  };
  const byId = (number: number): Resource => one(findPrincipal(tenant, site.id, number));
  const byName = (name: string): PrincipalRecord | undefined =>
    all().find(({ title }) => title.toLowerCase() === name.toLowerCase());
  const removeGroup = (group: PrincipalRecord | undefined): undefined => {
    if (group?.kind !== 'siteGroup') throw new SharePointError('groupMissing');
    removePrincipal(call, group);
  };
  return {
    type: 'SP.Group',
    path: 'Web/SiteGroups',
    items: () => all().map((group) => groupResource(call, group)),
    byKey: (key) => byId(Number(key)),
    functions: {
      getbyid: (args) => byId(numberArgument(args, 'id')),
      getbyname: (args) => one(byName(textArgument(args, 'name'))),
    },
    create: (body) => {
      requireRestLevel(call, levels.full);
      const { Title, Description, ...settings } = restValue(body, newGroupSchema);
      if (byName(Title) !== undefined) throw new SharePointError('groupNameTaken');
      const about = { loginName: Title, title: Title, email: '', objectId: null, description: Description ?? '' };
      const ownerNumber = associatedGroup(tenant, site.id, 'owners')?.number ?? null;
      const stored = settings as Properties;
      return groupResource(
        call,
        addPrincipal(tenant, site.id, { kind: 'siteGroup', ...about, ownerNumber, settings: stored }),
      );
    },
    actions: {
      removebyid: (args) => removeGroup(findPrincipal(tenant, site.id, numberArgument(args, 'id'))),
      removebyloginname: (args) => removeGroup(byName(textArgument(args, 'loginname'))),
    },
  };
}

/** One of the three groups that every site has. */
export function associatedGroupResource(call: RestCall, association: 'owners' | 'members' | 'visitors'): Resource {
  const group = associatedGroup(call.tenant, call.site.id, association);
  if (group === undefined) throw new SharePointError('groupMissing');
  return groupResource(call, group);
}

function groupsOfUser(call: RestCall, user: PrincipalRecord): Resource {
  const groups = principalsOf(call.tenant, call.site.id).filter(({ members }) => members.includes(user.number));
  return {
    type: 'SP.Group',
    path: `Web/GetUserById(${user.number})/Groups`,
    items: () => groups.map((group) => groupResource(call, group)),
  };
}
