import { SharePointError } from './SharePointError.ts';

export type Argument = string | number | boolean | null;

/** One part of a path below `/_api`, such as `getbytitle('Documents')`. */
export interface PathPart {
  /** In lower case; the interface does not tell them apart. */
  readonly name: string;
  readonly original: string;
  /** Undefined without parentheses. */
  readonly args: Arguments | undefined;
}

export interface Arguments {
  readonly positional: readonly Argument[];
  /** By lower-case name. */
  readonly named: Readonly<Record<string, Argument>>;
}

/**
 * The parts of a path below `/_api`. Arguments may be texts, guids, numbers and truth values, named or not, and may stand
 * for a value in the query (`@name`).
 */
export function parseResourcePath(path: string, query: URLSearchParams): PathPart[] {
  return splitParts(path).map((part) => parsePart(part, query));
}

/** Splits at slashes outside of quotes and parentheses. */
function splitParts(path: string): string[] {
  const parts: string[] = [];
  let current = '';
  let isQuoted = false;
  let depth = 0;
  for (const character of path) {
    if (character === "'") isQuoted = !isQuoted;
    if (!isQuoted && character === '(') depth += 1;
    if (!isQuoted && character === ')') depth -= 1;
    if (character === '/' && !isQuoted && depth === 0) {
      parts.push(current);
      current = '';
    } else current += character;
  }
  return [...parts, current].filter((part) => part !== '');
}

function parsePart(part: string, query: URLSearchParams): PathPart {
  const [, name = '', inside] = /^([^()]+)(?:\((.*)\))?$/s.exec(part) ?? [];
  if (name === '') throw new SharePointError('badQuery', { name: part });
  const original = name.replace(/^SP\./i, '');
  return {
    name: original.toLowerCase(),
    original,
    args: inside === undefined ? undefined : parseArguments(inside, query),
  };
}

function parseArguments(text: string, query: URLSearchParams): Arguments {
  const positional: Argument[] = [];
  const named: Record<string, Argument> = {};
  for (const one of splitArguments(text)) {
    const [, name, value = ''] = /^\s*(?:([A-Za-z_]\w*)\s*=)?\s*(.*?)\s*$/s.exec(one) ?? [];
    const parsed = parseValue(value, query);
    if (name === undefined) positional.push(parsed);
    else named[name.toLowerCase()] = parsed;
  }
  return { positional, named };
}

function splitArguments(text: string): string[] {
  return text.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? [];
}

function parseValue(text: string, query: URLSearchParams): Argument {
  if (text.startsWith('@')) {
    const alias = query.get(text);
    if (alias === null) throw new SharePointError('badQuery', { name: text });
    return parseValue(alias, new URLSearchParams());
  }
  const quoted = /^(?:guid|datetime)?'(.*)'$/is.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new SharePointError('badQuery', { name: text });
}
