import { expect, test } from 'vitest';
import { UsageError } from '../../UsageError.ts';
import { parseMap, parseRule } from './syncSettings.ts';

test.each([
  ['department=Sales', { attribute: 'department', operator: 'equals', value: 'Sales' }],
  ['department != R&D = yes', { attribute: 'department', operator: 'not-equals', value: 'R&D = yes' }],
  ['mail~@contoso.test', { attribute: 'mail', operator: 'contains', value: '@contoso.test' }],
  ['title^Head of', { attribute: 'title', operator: 'starts-with', value: 'Head of' }],
])('the rule %s is understood', (text, rule) => {
  expect(parseRule(text)).toEqual(rule);
});

test.each(['department', 'department=', '=Sales', 'shoeSize=44'])(
  'the rule %s is refused with the attributes',
  (text) => {
    expect(() => parseRule(text)).toThrow(UsageError);
    expect(() => parseRule(text)).toThrow(/department/);
  },
);

test('a map names only what the planner can carry', () => {
  expect(parseMap(['mobilePhone=phone', 'department=off'])).toEqual({ mobilePhone: 'phone', department: 'off' });
  expect(() => parseMap(['mobilePhone=mail'])).toThrow(/mobilePhone=mobile\|phone\|off/);
  expect(() => parseMap(['shoeSize=mail'])).toThrow(UsageError);
});
