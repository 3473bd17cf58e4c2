import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GraphError } from '../GraphError.ts';
import { evaluateFilter } from './evaluateFilter.ts';
import { parseExpand } from './parseExpand.ts';
import { type FilterExpression, type Literal, parseFilter } from './parseFilter.ts';
import { makeResourceType } from './ResourceType.ts';
import { parseSearch } from './search.ts';

const reserved = new Set(['and', 'or', 'not', 'in', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'any', 'all', 'true', 'false']);
const functions = ['startsWith', 'endsWith', 'contains'] as const;
const name = fc
  .stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)
  .filter((text) => !reserved.has(text) && text !== 'null' && !functions.some((one) => one.toLowerCase() === text));
const path = fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => names.join('/'));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc
    .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2099-01-01') })
    .map((d) => d.toISOString()),
);

const { expression } = fc.letrec<{ expression: FilterExpression; condition: FilterExpression }>((tie) => ({
  condition: fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
      path,
      value: literal,
    }),
    fc.record({ kind: fc.constant('in' as const), path, values: fc.array(literal, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('function' as const),
      name: fc.constantFrom(...functions),
      path,
      value: fc.string(),
    }),
  ),
  expression: fc.oneof(
    { maxDepth: 4 },
    tie('condition'),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      left: tie('expression'),
      right: tie('expression'),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }),
    fc.record({ kind: fc.constantFrom('any', 'all'), path, variable: name, condition: tie('expression') }),
    fc.record({
      kind: fc.constant('any' as const),
      path,
      variable: fc.constant(''),
      condition: fc.constant(null),
    }),
  ),
}));

function printLiteral(value: Literal): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function print(filter: FilterExpression): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${print(filter.left)}) ${filter.kind} (${print(filter.right)})`;
    case 'not':
      return `not (${print(filter.operand)})`;
    case 'compare':
      return `${filter.path} ${filter.operator} ${printLiteral(filter.value)}`;
    case 'in':
      return `${filter.path} in (${filter.values.map(printLiteral).join(',')})`;
    case 'function':
      return `${filter.name}(${filter.path},${printLiteral(filter.value)})`;
    default:
      return filter.condition === null
        ? `${filter.path}/${filter.kind}()`
        : `${filter.path}/${filter.kind}(${filter.variable}:${print(filter.condition)})`;
  }
}

/** Whatever is written is read, or refused as Graph does. */
function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphError);
  }
}

const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom(...'()\',:; /="\\'.split(''), 'a', 'eq', 'and', 'not ', 'any', '$select', 'AND', '1'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

test('a filter that was printed is read as it was', () => {
  fc.assert(
    fc.property(expression, (filter) => {
      expect(parseFilter(print(filter))).toEqual(filter);
    }),
  );
});

test('a filter gives the same answer when it is printed and read again, and never breaks', () => {
  const object = fc.dictionary(name, fc.oneof(literal, fc.array(fc.string())));
  fc.assert(
    fc.property(expression, object, (filter, values) => {
      const read = (property: string): Literal | string[] | undefined => values[property];
      expect(evaluateFilter(parseFilter(print(filter)), read)).toBe(evaluateFilter(filter, read));
    }),
  );
});

test('nothing that is written breaks the readers of filters, searches and expansions', () => {
  const type = makeResourceType<{ a: string }>('Thing', 'things', { a: { type: 'string', canSearch: true } });
  fc.assert(
    fc.property(written, (text) => {
      readsOrRefuses(() => parseFilter(text));
      readsOrRefuses(() => parseSearch(text, type));
      readsOrRefuses(() => parseExpand(text));
    }),
    { numRuns: 1000 },
  );
});
