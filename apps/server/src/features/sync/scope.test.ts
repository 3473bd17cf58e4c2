import { syncScopeSchema } from '@isthmus/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleUser } from '../../testing/samplePeople.ts';
import { inScope, whyNotManaged } from './scope.ts';

const scopeOf = (scope: object) => syncScopeSchema.parse(scope);
const at = (dn: string) => sampleUser(1, { dn });

test('without any scope everybody is managed', () => {
  expect(whyNotManaged(sampleUser(1), scopeOf({}))).toBeUndefined();
});

test.each([
  ['CN=Ada,OU=Staff,DC=corp,DC=test', true],
  ['cn=ada, ou=Berlin, OU=staff , dc=corp,dc=test', true],
  ['CN=Ada,OU=Other Staff,DC=corp,DC=test', false],
  ['OU=Staff,DC=corp,DC=test', false],
  ['CN=Ada\\,OU=Staff,DC=corp,DC=test', false],
  ['CN=Lovelace\\, Ada,OU=Staff,DC=corp,DC=test', true],
])('the entry %s is below the unit: %s', (dn, expected) => {
  expect(inScope(at(dn), scopeOf({ units: ['OU=Staff,DC=corp,DC=test'] }))).toBe(expected);
});

test('units, groups, rules and the people ticked must all hold, and each tells why not', () => {
  const user = sampleUser(1, {
    dn: 'CN=Ada,OU=Staff,DC=corp,DC=test',
    groupDns: ['CN=Online,DC=corp,DC=test'],
    department: 'Sales North',
    title: 'Boss',
  });
  const why = (scope: object) => whyNotManaged(user, scopeOf(scope));
  expect(why({ units: ['OU=Lab,DC=corp,DC=test'] })).toBe('outside-units');
  expect(why({ units: ['OU=Lab,DC=corp,DC=test', 'DC=corp,DC=test'] })).toBeUndefined();
  expect(why({ groups: ['CN=Others,DC=corp,DC=test'] })).toBe('outside-groups');
  expect(why({ groups: ['cn=online, dc=corp,dc=test'] })).toBeUndefined();
  const rule = (attribute: string, operator: string, value: string) => ({ attribute, operator, value });
  expect(why({ rules: [rule('department', 'starts-with', 'sales'), rule('title', 'equals', 'BOSS')] })).toBeUndefined();
  expect(why({ rules: [rule('department', 'contains', 'north'), rule('title', 'not-equals', 'boss')] })).toBe(
    'outside-filter',
  );
  expect(why({ excluded: [user.id], units: ['DC=corp,DC=test'] })).toBe('excluded');
});

const unit = fc.constantFrom('OU=Staff,DC=corp,DC=test', 'OU=Lab,OU=Staff,DC=corp,DC=test', 'OU=Other,DC=corp,DC=test');
const group = fc.constantFrom('CN=A,DC=corp,DC=test', 'CN=B,DC=corp,DC=test');
const rule = fc.record({
  attribute: fc.constantFrom('department', 'title'),
  operator: fc.constantFrom('equals', 'not-equals', 'contains', 'starts-with'),
  value: fc.constantFrom('Sales', 'sa', 'x'),
});
const anyUser = fc
  .record({ unit, groupDns: fc.array(group), department: fc.constantFrom('', 'Sales', 'sales x'), title: fc.string() })
  .map(({ unit: below, ...rest }) => sampleUser(1, { ...rest, dn: `CN=Ada,${below}` }));
const anyScope = fc.record({ units: fc.array(unit), groups: fc.array(group), rules: fc.array(rule) });

test('one more unit or group to choose from never rules anybody out, one more rule never lets anybody in', () => {
  fc.assert(
    fc.property(anyUser, anyScope, unit, group, rule, (user, scope, moreUnit, moreGroup, moreRule) => {
      const managed = inScope(user, scopeOf(scope));
      const wider = {
        ...scope,
        units: scope.units.length === 0 ? [] : [...scope.units, moreUnit],
        groups: scope.groups.length === 0 ? [] : [...scope.groups, moreGroup],
      };
      if (managed) expect(inScope(user, scopeOf(wider))).toBe(true);
      if (!managed) expect(inScope(user, scopeOf({ ...scope, rules: [...scope.rules, moreRule] }))).toBe(false);
      expect(inScope(user, scopeOf({ ...scope, excluded: [user.id] }))).toBe(false);
    }),
  );
});

test('capitals and blanks of a distinguished name do not matter', () => {
  fc.assert(
    fc.property(anyUser, anyScope, (user, scope) => {
      const shouted = { ...user, dn: user.dn.toUpperCase().replaceAll(',', ' , ') };
      expect(inScope(shouted, scopeOf(scope))).toBe(inScope(user, scopeOf(scope)));
    }),
  );
});
