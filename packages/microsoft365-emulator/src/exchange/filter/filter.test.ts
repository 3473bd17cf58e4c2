import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExchangeError } from '../errors/ExchangeError.ts';
import { guid, texts } from '../shapes/Shape.ts';
import { matchesFilter } from './matchesFilter.ts';
import { type FilterNode, parseFilter } from './parseFilter.ts';

const shape = {
  Name: "Ada's list",
  Hidden: false,
  Count: 12,
  Notes: null,
  Guid: guid('11111111-2222-4333-8444-555555555555'),
  EmailAddresses: texts(['SMTP:ada@contoso.example', 'smtp:countess@contoso.example']),
};

const matches = (filter: string): boolean => matchesFilter(parseFilter(filter), shape);

describe('an OPATH filter', () => {
  test.each([
    ["Name -eq 'ada''s LIST'", true],
    ["name -like 'Ada*'", true],
    ["Name -notlike '*list'", false],
    ['Hidden -eq $false', true],
    ['Notes -ne $null', false],
    ['Notes -eq $null', true],
    ['Count -gt 9', true],
    ['Count -le 11', false],
    ["EmailAddresses -eq 'smtp:countess@contoso.example'", true],
    ["EmailAddresses -ne 'smtp:countess@contoso.example'", false],
    ["(Hidden -eq $true) -or ((Count -ge 12) -and -not (Name -like 'B*'))", true],
    ["Nothing -eq 'a'", false],
  ])('%s is %s', (filter, expected) => expect(matches(filter)).toBe(expected));

  test.each(['', 'Name', 'Name -eq', "Name -is 'a'", "(Name -eq 'a'", "Name -eq 'a", "Name -eq 'a' -and"])(
    'refuses %j',
    (filter) => expect(() => parseFilter(filter)).toThrow(ExchangeError),
  );

  test('is read back as it was written', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null));
    const comparison = fc.constantFrom('eq', 'ne', 'like', 'notlike', 'gt', 'ge', 'lt', 'le');
    const property = fc.constantFrom('Name', 'Count', 'EmailAddresses');
    const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.record({ kind: fc.constant('compare'), property, comparison, value }) as fc.Arbitrary<FilterNode>,
        fc.record({ kind: fc.constant('not' as const), operand: tie('node') }),
        fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('node'), right: tie('node') }),
      ),
    }));
    fc.assert(
      fc.property(node, (tree) => {
        expect(parseFilter(write(tree))).toEqual(tree);
      }),
    );
  });
});

function write(node: FilterNode): string {
  if (node.kind === 'compare') {
    const value = typeof node.value === 'string' ? `'${node.value.replaceAll("'", "''")}'` : `$${node.value}`;
    return `${node.property} -${node.comparison} ${value}`;
  }
  if (node.kind === 'not') return `-not (${write(node.operand)})`;
  return `(${write(node.left)}) -${node.kind} (${write(node.right)})`;
}
