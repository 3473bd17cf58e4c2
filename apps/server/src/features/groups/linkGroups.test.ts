import type { OnlineGroup } from '@isthmus/microsoft365';
import { expect, test } from 'vitest';
import { linkProblem } from './linkGroups.ts';

const sales: OnlineGroup = {
  id: '0b0b0b0b-0000-4000-8000-000000000001',
  displayName: 'Sales',
  description: '',
  kind: 'security',
  isDynamic: false,
  isRoleAssignable: false,
  synchronizedByOthers: false,
};
const nothing: ReadonlySet<string> = new Set();

test('a plain security group that nobody else keeps can be linked', () => {
  expect(linkProblem(sales, nothing)).toBeUndefined();
});

test.each<[string, Partial<OnlineGroup>]>([
  ['a Microsoft 365 group', { kind: 'microsoft-365' }],
  ['kept in Exchange', { kind: 'mail-security' }],
  ['a distribution list', { kind: 'distribution' }],
  ['from a rule', { isDynamic: true }],
  ['administrator roles', { isRoleAssignable: true }],
  ['another tool', { synchronizedByOthers: true }],
])('others say why they cannot: %s', (why, changes) => {
  const problem = linkProblem({ ...sales, ...changes }, nothing);
  expect(problem).toMatchObject({ code: 'groups.not-linkable', field: 'onlineGroupId' });
  expect(problem?.message).toContain(why);
});

test('one that is linked already is not linked twice', () => {
  expect(linkProblem(sales, new Set([sales.id]))?.message).toContain('linked to another group');
});
