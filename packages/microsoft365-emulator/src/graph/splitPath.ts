/**
 * The parts of a path below `/v1.0`. A key in parentheses becomes a part of its own (`users('x')` is `users`, `x`;
 * `servicePrincipals(appId='x')` is `servicePrincipals`, `appId=x`), functions lose theirs (`delta()` is `delta`), and
 * operations lose the namespace (`microsoft.graph.delta` is `delta`). A part that ends in a colon begins a path, which
 * ends at the next part that does, and is one part together with it: `root:/a/b:/children` is `root:/a/b`, `children`.
 */
export function splitPath(path: string): string[] {
  const raw = path.match(/[^/(]+\((?:[A-Za-z]+=)?'(?:[^']|'')*'\)|[^/]+/g) ?? [];
  const parts: string[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const part = raw[index] ?? '';
    if (PLAIN.test(part)) {
      parts.push(part);
      continue;
    }
    const end = part.endsWith(':') && part !== ':' ? endOfColonPath(raw, index) : undefined;
    if (end === undefined) parts.push(...splitKey(decodePart(part)));
    else {
      parts.push(colonPart(part, raw.slice(index + 1, end + 1)));
      index = end;
    }
  }
  return parts;
}

/** Position of the last part that belongs to the path which begins at `start`. */
function endOfColonPath(raw: readonly string[], start: number): number {
  const end = raw.findIndex((part, index) => index > start && part.endsWith(':'));
  return end < 0 ? raw.length - 1 : end;
}

function colonPart(start: string, rest: readonly string[]): string {
  const names = rest.map((part) => decodePart(part.replace(/:$/, ''))).filter((name) => name !== '');
  return names.length === 0 ? decodePart(start.slice(0, -1)) : `${decodePart(start)}/${names.join('/')}`;
}

// Nothing to decode and nothing to split: what nearly every part of every path is.
const PLAIN = /^[\w$-]+$/;

/** Text that is not encoded as it should be stays as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function splitKey(part: string): string[] {
  const name = part.replace(/^microsoft\.graph\./, '');
  const keyed = /^([A-Za-z][A-Za-z0-9]*)\((.*)\)$/.exec(name);
  const key = keyed?.[2];
  if (keyed === null || key === undefined) return [name];
  const base = keyed[1] ?? '';
  if (key === '') return [base];
  return [base, key.replaceAll(/'((?:[^']|'')*)'/g, (_, text: string) => text.replaceAll("''", "'"))];
}
