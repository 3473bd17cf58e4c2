import { malformed } from '../errors.ts';
import { type Token, tokenizeFilter } from './tokenizeFilter.ts';

export type Literal = string | number | boolean | null;
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** `$filter` as a tree. A path is relative to the object, or to the variable of the surrounding `any`. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly path: string; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly Literal[] }
  | {
      readonly kind: 'function';
      readonly name: 'startsWith' | 'endsWith' | 'contains';
      readonly path: string;
      readonly value: string;
    }
  | {
      readonly kind: 'any' | 'all';
      readonly path: string;
      readonly variable: string;
      readonly condition: FilterExpression | null;
    };

const MAXIMUM_DEPTH = 100;
const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const functions: ReadonlyMap<string, 'startsWith' | 'endsWith' | 'contains'> = new Map([
  ['startswith', 'startsWith'],
  ['endswith', 'endsWith'],
  ['contains', 'contains'],
]);

/** Reads `$filter`; refuses what is not an expression. */
export function parseFilter(text: string): FilterExpression {
  const parser = new FilterParser(text);
  return parser.parse();
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenizeFilter(text);
  }

  parse(): FilterExpression {
    const expression = this.#or();
    if (this.#peek() !== undefined) throw this.#error();
    return expression;
  }

  #or(): FilterExpression {
    let left = this.#and();
    while (this.#take('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): FilterExpression {
    let left = this.#unary();
    while (this.#take('and')) left = { kind: 'and', left, right: this.#unary() };
    return left;
  }

  #unary(): FilterExpression {
    this.#depth += 1;
    if (this.#depth > MAXIMUM_DEPTH) throw malformed('Invalid filter clause: Recursion depth exceeded allowed limit.');
    const expression = this.#negatedOrInParentheses();
    this.#depth -= 1;
    return expression;
  }

  #negatedOrInParentheses(): FilterExpression {
    if (this.#take('not')) return { kind: 'not', operand: this.#unary() };
    if (!this.#take('(')) return this.#condition();
    const inner = this.#or();
    this.#expect(')');
    return inner;
  }

  #condition(): FilterExpression {
    const token = this.#next();
    if (token.kind !== 'name') throw this.#error();
    const name = functions.get(token.text.toLowerCase());
    if (name !== undefined && this.#take('(')) return this.#function(name);
    const lambda = /^(.*)\/(any|all)$/.exec(token.text);
    if (lambda !== null && this.#take('(')) return this.#lambda(lambda[1] ?? '', lambda[2] === 'all' ? 'all' : 'any');
    return this.#comparison(token.text);
  }

  #function(name: 'startsWith' | 'endsWith' | 'contains'): FilterExpression {
    const path = this.#next();
    this.#expect(',');
    const value = this.#literal();
    this.#expect(')');
    if (path.kind !== 'name' || typeof value !== 'string') throw this.#error();
    const expression: FilterExpression = { kind: 'function', name, path: path.text, value };
    // Some clients write `startswith(x,'y') eq true`.
    if (this.#take('eq') && this.#literal() !== true) return { kind: 'not', operand: expression };
    return expression;
  }

  #lambda(path: string, kind: 'any' | 'all'): FilterExpression {
    if (this.#take(')')) return { kind, path, variable: '', condition: null };
    const variable = this.#next();
    if (variable.kind !== 'name') throw this.#error();
    this.#expect(':');
    const condition = this.#or();
    this.#expect(')');
    return { kind, path, variable: variable.text, condition };
  }

  #comparison(path: string): FilterExpression {
    const operator = this.#next().text.toLowerCase();
    if (operator === 'in') return this.#in(path);
    if (!comparisons.includes(operator)) throw this.#error();
    return { kind: 'compare', operator: operator as Comparison, path, value: this.#literal() };
  }

  #in(path: string): FilterExpression {
    this.#expect('(');
    const values = [this.#literal()];
    while (this.#take(',')) values.push(this.#literal());
    this.#expect(')');
    return { kind: 'in', path, values };
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.kind === 'string') return token.text;
    if (token.kind !== 'name') throw this.#error();
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (token.text === 'null') return null;
    return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #next(): Token {
    const token = this.#peek();
    if (token === undefined) throw this.#error();
    this.#position += 1;
    return token;
  }

  #take(text: string): boolean {
    const token = this.#peek();
    if (token === undefined || token.kind === 'string' || token.text.toLowerCase() !== text) return false;
    this.#position += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#error();
  }

  #error(): Error {
    const at = this.#peek()?.position ?? this.#text.length;
    return malformed(`Invalid filter clause: Syntax error at position ${at} in '${this.#text}'.`);
  }
}
