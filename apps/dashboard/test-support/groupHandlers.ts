import type { Group, GroupMember } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import { type FakeWorld, minutesAgo } from './FakeWorld.ts';
import type { Handlers } from './handlers.ts';
import { guid } from './people.ts';

const DEPARTMENTS = ['Sales', 'Engineering', 'Operations', 'Finance', 'Research'];

/** The second one of them is linked; the others are as groups of a directory are. */
function makeGroup(index: number): Group {
  const name = `${DEPARTMENTS[index % DEPARTMENTS.length]} ${String(index + 1).padStart(4, '0')}`;
  const isLinked = index === 1;
  return {
    id: guid(15, index + 1),
    name,
    description: index % 3 === 0 ? 'Access to the shared folders' : '',
    dn: `CN=${name},OU=Groups,DC=contoso,DC=com`,
    mail: null,
    scope: 'global',
    isSecurity: true,
    isProtected: false,
    memberCount: index % 40,
    link: isLinked
      ? {
          onlineGroupId: guid(16, index),
          name,
          state: 'in-step',
          linkedAt: minutesAgo(6000),
          checkedAt: minutesAgo(2),
          members: 1,
          withoutAccount: 0,
          held: 0,
          problem: null,
        }
      : null,
    may: { change: true, changeMembers: true, remove: true, link: !isLinked, unlink: isLinked, approve: false },
  };
}

const makeMember = (index: number): GroupMember => ({
  id: guid(1, index + 1),
  name: `Member ${index + 1}`,
  dn: `CN=Member ${index + 1},OU=Staff,DC=contoso,DC=com`,
  kind: 'user',
  through: null,
  hasOnlineAccount: index % 2 === 0,
});

const fits: Readonly<Record<'all' | 'linked' | 'not-linked' | 'empty' | 'needs-attention', (group: Group) => boolean>> =
  {
    all: () => true,
    linked: ({ link }) => link !== null,
    'not-linked': ({ link }) => link === null,
    empty: ({ memberCount }) => memberCount === 0,
    'needs-attention': () => false,
  };

/** Groups of the directory, as many as the world has. */
export const groupHandlers = (world: FakeWorld): Pick<Handlers, 'listGroups' | 'getGroup'> => {
  const groups = Array.from({ length: world.options.groups }, (_, index) => makeGroup(index));
  return {
    listGroups: ({ query }) => {
      const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const found = groups.filter(
        (group) => fits[query.filter](group) && words.every((word) => group.name.toLowerCase().includes(word)),
      );
      const count = (filter: keyof typeof fits): number => groups.filter(fits[filter]).length;
      return {
        items: found.slice(query.offset, query.offset + query.limit),
        total: found.length,
        directory: { updatedAt: minutesAgo(1), reachable: true, problem: null },
        counts: {
          all: count('all'),
          linked: count('linked'),
          'not-linked': count('not-linked'),
          empty: count('empty'),
          'needs-attention': 0,
        },
      };
    },
    getGroup: ({ params }) => {
      const group = groups.find(({ id }) => id === params.id);
      if (group === undefined) throw new FakeProblem(404, 'directory.group-not-found', 'There is no such group.');
      return { ...group, members: Array.from({ length: group.memberCount }, (_, index) => makeMember(index)) };
    },
  };
};
