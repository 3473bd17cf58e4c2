import { expect, it } from 'vitest';
import { roleOf } from './roleOf.ts';

const settings = {
  managedOu: 'OU=People,DC=corp,DC=test',
  administratorsGroup: 'CN=Isthmus Administrators,OU=Groups,DC=corp,DC=test',
  helpDeskGroup: 'CN=Help Desk,OU=Groups,DC=corp,DC=test',
  readersGroup: undefined,
};

it('takes the strongest of several roles, however the DN is spelled', () => {
  expect(roleOf(['cn=help desk,ou=groups,dc=corp,dc=test'], settings)).toBe('help-desk');
  const both = ['CN=Help Desk,OU=Groups,DC=corp,DC=test', 'cn=isthmus administrators, ou=Groups, DC=corp,DC=test'];
  expect(roleOf(both, settings)).toBe('administrator');
});

it('gives nobody a role by a group that is not set', () => {
  expect(roleOf(['undefined', 'CN=Users,DC=corp,DC=test'], settings)).toBeUndefined();
});
