import type { OnlineAccountId } from '@isthmus/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OnlineGroup } from '../OnlineGroup.ts';
import type { OnlineGroups } from '../ports.ts';
import { accountAt, type EmulatedTenant, startTenant } from './emulatedTenant.ts';

const options = { lane: 'interactive' } as const;
const NOBODY = '00000000-0000-4000-8000-00000000abcd';

let tenant: EmulatedTenant;
let groups: OnlineGroups;
let ids: OnlineAccountId[] = [];

beforeAll(async () => {
  tenant = await startTenant();
  groups = tenant.online.groups;
  const accounts = Array.from({ length: 45 }, (_, number) => accountAt(tenant.emulator.initialDomain, number + 1));
  const made = await tenant.online.accounts.ensureMany(accounts, options);
  ids = made.flatMap((result) => (result.ok ? [result.value.account.id] : []));
});
afterAll(() => tenant.close());

async function made(displayName: string): Promise<OnlineGroup> {
  return groups.create({ displayName, description: '', mailNickname: displayName.toLowerCase() }, options);
}

test('a security group is made, found and listed', async () => {
  const group = await made('Sales');
  expect(group).toMatchObject({ displayName: 'Sales', description: '', kind: 'security', isDynamic: false });
  expect(await groups.find(group.id, options)).toEqual(group);
  expect(await groups.list(options)).toContainEqual(group);
  expect(await groups.find(NOBODY, options)).toBeUndefined();
});

test('twenty members are added in one write', async () => {
  const { id } = await made('Crowd');
  const { control } = tenant.emulator;
  const writes = () => control.requests({ method: 'PATCH', status: 204 }).filter(({ url }) => url.includes(id)).length;
  await groups.changeMembers(id, { add: ids, remove: [] }, options);
  expect(writes()).toBe(3);
  expect(control.requests({ method: 'POST' }).filter(({ url }) => url.includes(id))).toEqual([]);
});

test('members are added in packs and removed; whoever is so already harms nobody', async () => {
  const { id } = await made('Production');
  await groups.changeMembers(id, { add: ids.slice(0, 3), remove: [] }, options);
  await groups.changeMembers(id, { add: ids, remove: [] }, options);
  expect((await groups.listMembers(id, options)).toSorted()).toEqual(ids.toSorted());
  await groups.changeMembers(id, { add: [], remove: ids.slice(0, 40) }, options);
  await groups.changeMembers(id, { add: ids.slice(40), remove: ids.slice(0, 40) }, options);
  expect((await groups.listMembers(id, options)).toSorted()).toEqual(ids.slice(40).toSorted());
});
