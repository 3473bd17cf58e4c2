import { expect, test } from 'vitest';
import { createWorld } from './createWorld.ts';
import { withNewPasswords } from './withNewPasswords.ts';

const DOMAIN = { baseDn: 'DC=corp,DC=contoso,DC=test', dnsDomain: 'corp.contoso.test' };
/** Limit of sAMAccountName for people. */
const LONGEST_USER_NAME = 20;

function valuesOf(world: ReturnType<typeof createWorld>, name: string): string[] {
  return world.seed.people.map((entry) => String(entry.attributes[name]));
}

test.each(['contoso-small', 'contoso-10k'] as const)('%s holds names the directory accepts, each once', (name) => {
  const world = createWorld(name, DOMAIN);
  const userNames = valuesOf(world, 'sAMAccountName');
  expect(new Set(userNames).size).toBe(userNames.length);
  expect(new Set(world.seed.people.map((entry) => entry.dn.toLowerCase())).size).toBe(userNames.length);
  expect(
    userNames.filter((userName) => userName.length > LONGEST_USER_NAME || !/^[a-z0-9.-]+$/.test(userName)),
  ).toEqual([]);
});

test('every member of a group and every manager is somebody', () => {
  const { seed } = createWorld('contoso-small', DOMAIN);
  const known = new Set([...seed.people, ...seed.groups].map((entry) => entry.dn));
  const members = seed.groups.flatMap((entry) => entry.attributes['member'] ?? []);
  const managers = seed.changes.map((entry) => String(entry.attributes['manager']));
  expect([...members, ...managers].filter((dn) => !known.has(dn))).toEqual([]);
});

test('each making of a world has other passwords, and an archive copy gets new ones', () => {
  const { guide } = createWorld('contoso-small', DOMAIN);
  const renewed = withNewPasswords(guide);
  const all = [guide, renewed, createWorld('contoso-small', DOMAIN).guide].flatMap((each) => each.people);
  expect(new Set(all.map((person) => person.password)).size).toBe(all.length);
  expect(renewed.people).toContain(renewed.dashboardAdministrator);
});
