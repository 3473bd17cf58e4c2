import type { Directory, DirectoryGroup } from '@isthmus/directory';
import type { GroupMemberChange, OnlineGroups } from '@isthmus/microsoft365';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPersonStore } from '../people/index.ts';
import { GroupSync } from './GroupSync.ts';

const PEOPLE = 12;
const GROUP = '0d0d0d0d-0000-4000-8000-000000000001';
const ONLINE_GROUP = '0d0d0d0d-0000-4000-8000-000000000002';
const CLOUD_ONLY = '0d0d0d0d-0000-4000-8000-000000000003';
const group: DirectoryGroup = {
  id: GROUP,
  dn: 'CN=Sales,OU=Staff,DC=corp',
  name: 'Sales',
  description: '',
  mail: undefined,
  isSecurity: true,
  scope: 'global',
  isProtected: false,
  memberCount: 0,
  memberOfDns: [],
};

let world: TestPlatform;
let sync: GroupSync;
let members: Set<string>;
let readings = 0;
/** Awaited in the middle of a round. */
let meanwhile: () => Promise<void>;

beforeEach(async () => {
  world = await startTestPlatform();
  members = new Set([CLOUD_ONLY]);
  readings = 0;
  meanwhile = async () => undefined;
  const groups: Pick<OnlineGroups, 'listMembers' | 'changeMembers'> = {
    listMembers: async () => {
      readings += 1;
      await meanwhile();
      return [...members].map(sampleIdOf);
    },
    changeMembers: async (_id: string, { add, remove }: GroupMemberChange) => {
      for (const id of add) members.add(id);
      for (const id of remove) members.delete(id);
    },
  };
  Object.assign(world.microsoft365, { groups });
  const listGroups: Directory['listGroups'] = async () => [group];
  Object.assign(world.directory, { listGroups });
  const people = createPersonStore(world.platform);
  for (let number = 1; number <= PEOPLE; number += 1) {
    await people.saveUser(sampleUser(number, { groupDns: ['cn=sales,OU=Staff,DC=corp'] }));
    await people.saveOnline(sampleOnline(number));
    const link = { userId: sampleUserId(number), onlineAccountId: sampleOnlineId(number), anchor: `${number}` };
    await people.link([link], 'test');
  }
  await world.database
    .insertInto('group_link')
    .values({
      group_id: GROUP,
      online_group_id: ONLINE_GROUP,
      online_name: 'Sales',
      linked_at: new Date(),
      linked_by: 'test',
    })
    .execute();
  sync = new GroupSync(world.platform, { onChange: () => undefined });
});
afterEach(async () => {
  await sync.stop();
  await world.drop();
});

const sampleIdOf = (id: string): ReturnType<typeof sampleOnlineId> => id as ReturnType<typeof sampleOnlineId>;
const leave = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      createPersonStore(world.platform).saveUser(sampleUser(index + 1, { groupDns: [] })),
    ),
  );
const alerts = async (): Promise<string[]> =>
  (await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute()).map(
    ({ code }) => code,
  );

test('brings the members into step, and leaves alone who exists only online', async () => {
  await sync.start();
  await sync.run();
  expect(members.size).toBe(PEOPLE + 1);
  await leave(2);
  await sync.run();
  expect(members.size).toBe(PEOPLE - 1);
  expect(members.has(CLOUD_ONLY)).toBe(true);
  expect(await alerts()).toEqual([]);
  const entries = await world.database.selectFrom('timeline').select('event').execute();
  expect(entries.filter(({ event }) => event === 'online.group-left')).toHaveLength(2);
});

test('many removals at once wait for approval, which is for those who were shown, and once', async () => {
  await sync.start();
  await sync.run();
  await leave(8);
  await sync.run();
  expect(members.size).toBe(PEOPLE + 1);
  expect(await alerts()).toEqual(['groups.held']);
  const { held_ids: held } = await world.database.selectFrom('group_link').selectAll().executeTakeFirstOrThrow();
  expect(held).toHaveLength(8);
  await world.database.updateTable('group_link').set({ approved_ids: held }).execute();
  await sync.run();
  expect(members.size).toBe(PEOPLE - 7);
  expect(await alerts()).toEqual([]);
  const { approved_ids: left } = await world.database.selectFrom('group_link').selectAll().executeTakeFirstOrThrow();
  expect(left).toEqual([]);
});

test('what is heard in the middle of a round begins one more', async () => {
  meanwhile = async () => sync.lookAgain();
  await sync.start();
  await vi.waitUntil(() => readings >= 3, { timeout: 20_000 });
});

test('a group that is gone from the directory is told, and takes nobody with it', async () => {
  await sync.start();
  await sync.run();
  Object.assign(world.directory, { listGroups: async () => [] });
  await sync.run();
  expect(await alerts()).toEqual(['groups.not-in-step']);
  expect(members.size).toBe(PEOPLE + 1);
});
