import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFilter } from './evaluateFilter.ts';
import { parseFilter } from './parseFilter.ts';

test('and binds more tightly than or, not more tightly than both', () => {
  const expression = parseFilter("not a eq 1 and b eq 'x' or c in (true, null)");
  expect(expression).toEqual({
    kind: 'or',
    left: {
      kind: 'and',
      left: { kind: 'not', operand: { kind: 'compare', operator: 'eq', path: 'a', value: 1 } },
      right: { kind: 'compare', operator: 'eq', path: 'b', value: 'x' },
    },
    right: { kind: 'in', path: 'c', values: [true, null] },
  });
});

test('dates keep their colons and lambdas theirs', () => {
  expect(parseFilter('createdDateTime ge 2026-01-01T10:00:00Z')).toMatchObject({ value: '2026-01-01T10:00:00Z' });
  expect(parseFilter("emails/any(e:e/kind eq 'home')")).toEqual({
    kind: 'any',
    path: 'emails',
    variable: 'e',
    condition: { kind: 'compare', operator: 'eq', path: 'e/kind', value: 'home' },
  });
});

test('any text survives being put in quotes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const expression = parseFilter(`name eq '${text.replaceAll("'", "''")}'`);
      expect(expression).toEqual({ kind: 'compare', operator: 'eq', path: 'name', value: text });
    }),
  );
});

test('whatever is written, it is read or refused, and never breaks the service', () => {
  const part = fc.constantFrom(
    "'x'",
    'name',
    'eq',
    'and',
    'not',
    '(',
    ')',
    ',',
    'any',
    '/',
    ':',
    'in',
    '1',
    "'",
    'startsWith',
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      try {
        evaluateFilter(parseFilter(parts.join(' ')), () => 'x');
      } catch (error) {
        expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
      }
    }),
  );
});

test.each([
  ["name eq 'ADA'", true],
  ["name ne 'ada'", false],
  ['missing eq null', true],
  ["missing ne 'x'", true],
  ['count ge 2 and count lt 3', true],
  ["startsWith(name,'A') eq true", true],
  ["tags/any(t:startsWith(t,'b'))", true],
  ['tags/$count eq 2', true],
  ['created gt 2025-12-31T23:59:59Z', true],
])('%s is %s', (filter, expected) => {
  const values = { name: 'Ada', count: 2, tags: ['a', 'b'], created: '2026-01-01T00:00:00Z' };
  expect(
    evaluateFilter(parseFilter(filter), (name) => (values as Record<string, string | number | string[]>)[name]),
  ).toBe(expected);
});
