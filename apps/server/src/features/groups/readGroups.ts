import type { Group, GroupLink, groupOperations } from '@isthmus/contracts';
import type { DirectoryGroup } from '@isthmus/directory';
import { DomainError } from '@isthmus/kernel';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { readFreshness } from '../../mirrors/index.ts';
import type { GroupLinkTable } from '../../storage/schema.ts';
import { nestedGroups } from './nestedGroups.ts';
import { readGroupPeople } from './readGroupPeople.ts';

type GroupList = z.input<NonNullable<typeof groupOperations.listGroups.response>>;
type GroupDetails = z.input<NonNullable<typeof groupOperations.getGroup.response>>;
type GroupLinkRow = Selectable<GroupLinkTable>;
type GroupFilter = keyof GroupList['counts'];
type Asking = Pick<Actor, 'permissions'>;

function stateOf({ problem, held_ids: held, checked_at: checkedAt }: GroupLinkRow): GroupLink['state'] {
  if (problem !== null) return 'failed';
  if (held.length > 0) return 'held';
  return checkedAt === null ? 'waiting' : 'in-step';
}

function presentLink(row: GroupLinkRow): GroupLink {
  return {
    onlineGroupId: row.online_group_id,
    name: row.online_name,
    state: stateOf(row),
    linkedAt: row.linked_at.toISOString(),
    checkedAt: row.checked_at?.toISOString() ?? null,
    members: row.member_count,
    withoutAccount: row.without_account,
    held: row.held_ids.length,
    problem: row.problem,
  };
}

/** Groups that say who may do what in Isthmus: known by their place, so that renaming one would lock people out. */
export function isRoleGroup({ connections }: Pick<Platform, 'connections'>, group: DirectoryGroup): boolean {
  const { administratorsGroup, helpDeskGroup, readersGroup } = connections.getDirectorySettings();
  const dn = group.dn.toLowerCase();
  return [administratorsGroup, helpDeskGroup, readersGroup].some((role) => role?.toLowerCase() === dn);
}

export function presentGroup(
  group: DirectoryGroup,
  row: GroupLinkRow | undefined,
  actor: Asking,
  where: { readonly integrated: boolean; readonly isRole: boolean },
): Group {
  const { memberOfDns, ...facts } = group;
  const may = (permission: Actor['permissions'][number]): boolean => actor.permissions.includes(permission);
  const ours = !group.isProtected;
  // While no tenant is integrated, a link is only remembered.
  const link = row === undefined || !where.integrated ? null : presentLink(row);
  return {
    ...facts,
    mail: group.mail ?? null,
    link,
    may: {
      change: ours && !where.isRole && may('users.write'),
      changeMembers: ours && may('users.write'),
      remove: ours && !where.isRole && may('users.remove'),
      link: where.integrated && ours && group.isSecurity && link === null && may('online-accounts.write'),
      unlink: link !== null && may('online-accounts.write'),
      approve: (link?.held ?? 0) > 0 && may('sync.write'),
    },
  };
}

export async function findLink({ database }: Platform, groupId: string): Promise<GroupLinkRow | undefined> {
  return database.selectFrom('group_link').selectAll().where('group_id', '=', groupId).executeTakeFirst();
}

/** @throws DomainError `directory.group-not-found` */
export async function demandGroup(platform: Platform, id: string): Promise<DirectoryGroup> {
  const group = await platform.connections.getDirectory().findGroup(id.toLowerCase());
  if (group !== undefined) return group;
  throw new DomainError({
    code: 'directory.group-not-found',
    message: 'The group does not exist in the directory.',
    remedy: 'Refresh; it may have been removed meanwhile.',
  });
}

const filters: Readonly<Record<GroupFilter, (group: Group) => boolean>> = {
  all: () => true,
  linked: ({ link }) => link !== null,
  'not-linked': ({ link }) => link === null,
  empty: ({ memberCount }) => memberCount === 0,
  'needs-attention': ({ link }) => link?.state === 'failed' || link?.state === 'held',
};

const sorts: Readonly<Record<string, (one: Group, other: Group) => number>> = {
  name: (one, other) => one.name.localeCompare(other.name),
  members: (one, other) => one.memberCount - other.memberCount,
};

/** Groups with their links; ordinary ones first, those of the system behind them. */
export async function listGroups(
  platform: Platform,
  query: {
    readonly q?: string | undefined;
    readonly sort?: string | undefined;
    readonly filter: GroupFilter;
    readonly offset: number;
    readonly limit: number;
  },
  actor: Asking,
): Promise<GroupList> {
  const [groups, links, { directory }] = await Promise.all([
    platform.connections.getDirectory().listGroups(),
    platform.database.selectFrom('group_link').selectAll().execute(),
    readFreshness(platform),
  ]);
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  const byId = new Map(links.map((link) => [link.group_id, link]));
  const all = groups.map((group) =>
    presentGroup(group, byId.get(group.id), actor, { integrated, isRole: isRoleGroup(platform, group) }),
  );
  const names = Object.keys(filters) as GroupFilter[];
  const counts = Object.fromEntries(names.map((name) => [name, all.filter(filters[name]).length]));
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, description, link }: Group): string =>
    `${name} ${description} ${link?.name ?? ''}`.toLowerCase();
  const compare = sorts[query.sort?.replace(/^-/, '') ?? 'name'] ?? sorts['name'];
  const direction = query.sort?.startsWith('-') === true ? -1 : 1;
  const found = all
    .filter((group) => filters[query.filter](group) && words.every((word) => text(group).includes(word)))
    .toSorted(
      (one, other) => Number(one.isProtected) - Number(other.isProtected) || direction * (compare?.(one, other) ?? 0),
    );
  return {
    items: found.slice(query.offset, query.offset + query.limit),
    total: found.length,
    counts: counts as GroupList['counts'],
    directory,
  };
}

/** A group with direct members of every kind, and the people who are members through other groups. */
export async function getGroup(platform: Platform, id: string, actor: Asking): Promise<GroupDetails> {
  const directory = platform.connections.getDirectory();
  const group = await demandGroup(platform, id);
  const [all, direct, link] = await Promise.all([
    directory.listGroups(),
    directory.listGroupMembers(group.id),
    findLink(platform, group.id),
  ]);
  const nested = nestedGroups(group, all);
  const people = await readGroupPeople(platform.database, [...nested.keys()]);
  const accounts = new Map(people.map((person) => [person.userId, person.onlineAccountId]));
  const directIds = new Set(direct.map((member) => member.id));
  const indirect = people.filter((person) => !directIds.has(person.userId));
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  return {
    ...presentGroup(group, link, actor, { integrated, isRole: isRoleGroup(platform, group) }),
    members: [
      ...direct.map((member) => ({ ...member, through: null, hasOnlineAccount: accounts.get(member.id) != null })),
      ...indirect.map((person) => ({
        id: person.userId,
        name: person.name,
        dn: person.dn,
        kind: 'user' as const,
        through: nested.get(person.groupDns[0] ?? '') ?? null,
        hasOnlineAccount: person.onlineAccountId !== null,
      })),
    ].toSorted((one, other) => one.name.localeCompare(other.name)),
  };
}
