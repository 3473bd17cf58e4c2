import { malformed } from '../errors.ts';

export interface Expansion {
  readonly name: string;
  /** Options in the parentheses behind the name, by their names with `$`. */
  readonly options: ReadonlyMap<string, string>;
}

/** Reads `$expand=manager($select=id,displayName;$levels=2),memberOf`. */
export function parseExpand(text: string): readonly Expansion[] {
  return split(text, ',', text).map((part) => {
    const match = /^\s*([A-Za-z]\w*)\s*(?:\((.*)\))?\s*$/s.exec(part);
    const name = match?.[1];
    if (name === undefined) throw syntaxError(text);
    return { name, options: readOptions(match?.[2], text) };
  });
}

function readOptions(inner: string | undefined, text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const option of inner === undefined ? [] : split(inner, ';', text)) {
    const mark = option.indexOf('=');
    const name = option.slice(0, Math.max(0, mark)).trim().toLowerCase();
    if (name === '') throw syntaxError(text);
    options.set(name.startsWith('$') ? name : `$${name}`, option.slice(mark + 1).trim());
  }
  return options;
}

const depths: Readonly<Record<string, number>> = { '(': 1, ')': -1 };

/** Parts between separators that stand in no parentheses and in no quotes. */
function split(text: string, separator: string, whole: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const token of text.match(/'[^']*'|./gs) ?? []) {
    depth += depths[token] ?? 0;
    if (depth < 0) throw syntaxError(whole);
    if (token === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  if (depth > 0) throw syntaxError(whole);
  return parts;
}

function syntaxError(text: string): Error {
  return malformed(`Parsing OData Select and Expand failed: Syntax error in '${text}'.`);
}
