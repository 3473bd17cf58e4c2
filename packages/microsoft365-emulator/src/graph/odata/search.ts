import { badRequest, unsupportedQuery } from '../errors.ts';
import type { Reader } from './evaluateFilter.ts';
import type { ResourceType } from './ResourceType.ts';

export type SearchExpression =
  | { readonly kind: 'and' | 'or'; readonly left: SearchExpression; readonly right: SearchExpression }
  | { readonly kind: 'clause'; readonly name: string; readonly words: readonly string[] };

const CLAUSE = /\s*"([A-Za-z]+):((?:[^"\\]|\\.)*)"\s*/y;
const OPERATOR = /(AND|OR)\b/y;

/** Reads `$search="name:words"`, several of them joined by AND (which binds more tightly) and OR. */
export function parseSearch(text: string, type: ResourceType): SearchExpression {
  const alternatives: SearchExpression[][] = [[]];
  let position = 0;
  while (position < text.length) {
    const { clause, end } = readClause(text, position, type);
    alternatives.at(-1)?.push(clause);
    OPERATOR.lastIndex = end;
    const operator = OPERATOR.exec(text);
    if (operator === null && end < text.length) throw syntaxError(text);
    if (operator?.[1] === 'OR') alternatives.push([]);
    position = operator === null ? end : OPERATOR.lastIndex;
    if (operator !== null && position >= text.length) throw syntaxError(text);
  }
  const joined = alternatives.map((clauses) => join('and', clauses)).filter((part) => part !== undefined);
  const expression = join('or', joined);
  if (expression === undefined) throw syntaxError(text);
  return expression;
}

function join(kind: 'and' | 'or', parts: readonly SearchExpression[]): SearchExpression | undefined {
  return parts.reduce<SearchExpression | undefined>(
    (left, right) => (left === undefined ? right : { kind, left, right }),
    undefined,
  );
}

function readClause(text: string, position: number, type: ResourceType): { clause: SearchExpression; end: number } {
  CLAUSE.lastIndex = position;
  const match = CLAUSE.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) throw syntaxError(text);
  if (type.properties.get(name)?.canSearch !== true) {
    throw unsupportedQuery(
      `Unsupported or invalid search clause specified for property '${name}' of resource '${type.name}'.`,
    );
  }
  const words = wordsOf((match[2] ?? '').replaceAll(/\\(.)/g, '$1'));
  return { clause: { kind: 'clause', name, words }, end: CLAUSE.lastIndex };
}

function syntaxError(text: string): Error {
  return badRequest(
    `Syntax error: unexpected character in the $search clause '${text}'. Write $search="property:text".`,
  );
}

/** Whether every word looked for is the start of a word there. */
export function evaluateSearch(expression: SearchExpression, read: Reader): boolean {
  if (expression.kind !== 'clause') {
    const { left, right } = expression;
    const isLeft = evaluateSearch(left, read);
    return expression.kind === 'and' ? isLeft && evaluateSearch(right, read) : isLeft || evaluateSearch(right, read);
  }
  const value = read(expression.name);
  const texts = Array.isArray(value) ? value.map(String) : [String(value ?? '')];
  const there = texts.flatMap((text) => [text.toLowerCase(), ...wordsOf(text)]);
  return expression.words.every((word) => there.some((known) => known.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
