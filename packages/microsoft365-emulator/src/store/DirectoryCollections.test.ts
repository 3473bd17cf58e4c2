import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmulatorClock } from '../EmulatorClock.ts';
import { World } from './World.ts';

let folder: string;
const clock = new EmulatorClock(new ManualClock(new Date('2026-01-01T00:00:00Z')));
const openWorld = (): World => new World({ clock, folder, lagMs: () => 0 });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-groups-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('groups, their links and what changed of them come back without having been closed', () => {
  const world = openWorld();
  const { directory } = world.addTenant('t');
  world.transaction(() => {
    directory.saveGroup({ id: 'g', properties: { displayName: 'Staff' }, licenses: [] });
    directory.addMember('g', 'a');
    directory.addMember('g', 'b');
    directory.addOwner('g', 'a');
  });
  const link = directory.groupMembers.get('g/a');
  if (link === undefined) throw new Error('The member is not there');
  world.transaction(() => directory.removeMember(link));
  const again = openWorld().tenants.get('t')?.directory;
  expect(again?.groupMembers.values().map(({ objectId }) => objectId)).toEqual(['b']);
  expect(again?.formerMembers.values().map(({ objectId }) => objectId)).toEqual(['a']);
  expect(again?.groupOwners.findAll('objectId', 'a')).toHaveLength(1);
  expect(again?.groups.get('g')).toEqual(directory.groups.get('g'));
  expect(again?.groupChanges.latest).toBe(directory.groupChanges.latest);
});

test('a purged group leaves nothing but the mark that it is gone', () => {
  const world = openWorld();
  const { directory } = world.addTenant('t');
  world.transaction(() => {
    const group = directory.saveGroup({ id: 'g', properties: {}, licenses: [] });
    directory.saveGroup({ id: 'outer', properties: {}, licenses: [] });
    directory.addMember('g', 'a');
    directory.addMember('outer', 'g');
    directory.takeGroupOut(group);
    directory.purgeGroup('g');
  });
  expect(directory.groupMembers.size).toBe(0);
  expect(directory.formerMembers.values().map(({ id }) => id)).toEqual(['outer/g']);
  expect(directory.groupTombstones.get('g')?.changeNumber).toBe(directory.groupChanges.latest);
});
