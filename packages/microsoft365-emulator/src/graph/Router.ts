import { refusal } from './errors.ts';
import type { GraphOperation } from './GraphCall.ts';

export interface Match {
  readonly operation: GraphOperation;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly operation: GraphOperation;
  /** In lower case, except names of parameters. */
  readonly segments: readonly string[];
  readonly literals: number;
}

/**
 * Finds the operation for a method and a path. Upper and lower case of a path's own words are alike: PnP's CLI for
 * Microsoft 365 asks for `/groups/{id}/Owners`.
 */
export class Router {
  readonly #routes = new Map<string, Route[]>();

  constructor(operations: readonly GraphOperation[]) {
    for (const operation of operations) {
      const segments = operation.path
        .slice(1)
        .split('/')
        .map((segment) => (isParameter(segment) ? segment : segment.toLowerCase()));
      const literals = segments.filter((segment) => !isParameter(segment)).length;
      const key = keyOf(segments);
      const routes = [...(this.#routes.get(key) ?? []), { operation, segments, literals }];
      this.#routes.set(
        key,
        routes.toSorted((one, other) => other.literals - one.literals),
      );
    }
  }

  match(method: string, segments: readonly string[]): Match {
    const words = segments.map((segment) => segment.toLowerCase());
    const routes = (this.#routes.get(keyOf(words)) ?? []).filter((route) => fits(route, words));
    const most = routes[0]?.literals;
    const best = routes.filter((route) => route.literals === most);
    const found = best.find((route) => route.operation.method === method);
    if (found !== undefined) return { operation: found.operation, params: paramsOf(found, segments) };
    if (best.length === 0) throw refusal('segmentUnknown', { segment: this.#firstUnknown(segments) });
    throw refusal('methodNotAllowed');
  }

  #firstUnknown(segments: readonly string[]): string {
    const all = [...this.#routes.values()].flat();
    const words = segments.map((segment) => segment.toLowerCase());
    for (let length = 1; length <= segments.length; length += 1) {
      const start = words.slice(0, length);
      if (!all.some((route) => startsWith(route.segments, start))) return segments[length - 1] ?? '';
    }
    return segments.at(-1) ?? '';
  }
}

/** Routes are kept apart by their first part and their length. */
function keyOf(segments: readonly string[]): string {
  return `${segments[0] ?? ''}/${segments.length}`;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

function fits(route: Route, words: readonly string[]): boolean {
  return startsWith(route.segments, words);
}

function startsWith(pattern: readonly string[], words: readonly string[]): boolean {
  return (
    words.length <= pattern.length &&
    words.every((word, index) => isParameter(pattern[index] ?? '') || pattern[index] === word)
  );
}

function paramsOf(route: Route, segments: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    if (isParameter(segment)) params[segment.slice(1, -1)] = segments[index] ?? '';
  }
  return params;
}
