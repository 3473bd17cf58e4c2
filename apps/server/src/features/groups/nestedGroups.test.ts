import { expect, test } from 'vitest';
import { nestedGroups } from './nestedGroups.ts';

const group = (name: string, ...memberOf: string[]) => ({
  name,
  dn: `CN=${name},DC=x`,
  memberOfDns: memberOf.map((one) => `cn=${one},dc=x`),
});

test('groups inside groups are found over several steps, in circles too, and no others', () => {
  const staff = group('Staff', 'Sales');
  const all = [staff, group('Sales', 'Staff'), group('North', 'Sales'), group('Guests'), group('All', 'Guests')];
  expect([...nestedGroups(staff, all).values()].sort()).toEqual(['North', 'Sales', 'Staff']);
  expect([...nestedGroups(group('Alone'), all).values()]).toEqual(['Alone']);
});
