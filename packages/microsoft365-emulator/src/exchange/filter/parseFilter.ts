import { ExchangeError } from '../errors/ExchangeError.ts';

const comparisons = ['eq', 'ne', 'like', 'notlike', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | {
      readonly kind: 'compare';
      readonly property: string;
      readonly comparison: Comparison;
      readonly value: FilterValue;
    };

export type FilterValue = string | boolean | null;

const TOKEN = /\s*(?:(\()|(\))|-([A-Za-z]+)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|\$([A-Za-z]+)|([^\s()'"]+))/y;

type Token =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'operator' | 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly value: FilterValue };

const constants: Readonly<Record<string, FilterValue>> = { true: true, false: false, null: null };

/** Parses an OPATH filter such as `(Name -like 'a*') -and (HiddenFromAddressListsEnabled -eq $false)`. */
export function parseFilter(filter: string): FilterNode {
  return new FilterParser(filter, tokenize(filter)).parse();
}

function invalid(filter: string): ExchangeError {
  return new ExchangeError('invalid', {
    text: `Invalid filter syntax. For a description of the filter parameter syntax see the command help.\r\n"${filter}"`,
  });
}

function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  const end = filter.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(filter);
    if (match === null) throw invalid(filter);
    tokens.push(tokenOf(match, filter));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray, filter: string): Token {
  const [, open, close, operator, single, double, constant, word] = match;
  if (open !== undefined) return { kind: 'open' };
  if (close !== undefined) return { kind: 'close' };
  if (operator !== undefined) return { kind: 'operator', text: operator.toLowerCase() };
  if (single !== undefined) return { kind: 'value', value: single.replaceAll("''", "'") };
  if (double !== undefined) return { kind: 'value', value: double.replaceAll('""', '"') };
  if (constant === undefined) return { kind: 'word', text: word ?? '' };
  const value = constants[constant.toLowerCase()];
  if (value === undefined) throw invalid(filter);
  return { kind: 'value', value };
}

class FilterParser {
  readonly #filter: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(filter: string, tokens: readonly Token[]) {
    this.#filter = filter;
    this.#tokens = tokens;
  }

  parse(): FilterNode {
    const node = this.#alternatives();
    if (this.#position < this.#tokens.length) throw invalid(this.#filter);
    return node;
  }

  #alternatives(): FilterNode {
    let node = this.#conjunction();
    while (this.#takeOperator('or')) node = { kind: 'or', left: node, right: this.#conjunction() };
    return node;
  }

  #conjunction(): FilterNode {
    let node = this.#operand();
    while (this.#takeOperator('and')) node = { kind: 'and', left: node, right: this.#operand() };
    return node;
  }

  #operand(): FilterNode {
    if (this.#takeOperator('not')) return { kind: 'not', operand: this.#operand() };
    const token = this.#next();
    if (token.kind === 'open') {
      const node = this.#alternatives();
      if (this.#next().kind !== 'close') throw invalid(this.#filter);
      return node;
    }
    if (token.kind !== 'word') throw invalid(this.#filter);
    return this.#comparison(token.text);
  }

  #comparison(property: string): FilterNode {
    const operator = this.#next();
    const comparison = comparisons.find((known) => operator.kind === 'operator' && operator.text === known);
    const value = this.#next();
    if (comparison === undefined) throw invalid(this.#filter);
    if (value.kind === 'value') return { kind: 'compare', property, comparison, value: value.value };
    if (value.kind === 'word') return { kind: 'compare', property, comparison, value: value.text };
    throw invalid(this.#filter);
  }

  #takeOperator(text: string): boolean {
    const token = this.#tokens[this.#position];
    if (token?.kind !== 'operator' || token.text !== text) return false;
    this.#position += 1;
    return true;
  }

  #next(): Token {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw invalid(this.#filter);
    this.#position += 1;
    return token;
  }
}
