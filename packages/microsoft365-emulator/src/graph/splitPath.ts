/**
 * The parts of a path below `/v1.0`. A key in parentheses becomes a part of its own (`users('x')` is `users`, `x`;
 * `servicePrincipals(appId='x')` is `servicePrincipals`, `appId=x`), functions lose theirs (`delta()` is `delta`), and
 * operations lose the namespace (`microsoft.graph.delta` is `delta`).
 */
export function splitPath(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .flatMap((part) => splitKey(decode(part)));
}

function decode(part: string): string {
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
