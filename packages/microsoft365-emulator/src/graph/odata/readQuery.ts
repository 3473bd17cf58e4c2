import { malformed, refusal } from '../errors.ts';

/** System query options of OData and the two of Graph that hold tokens. */
const known: ReadonlySet<string> = new Set([
  'count',
  'deltatoken',
  'expand',
  'filter',
  'format',
  'orderby',
  'search',
  'select',
  'skip',
  'skiptoken',
  'top',
]);

/**
 * The query of a request. System query options can be read under their names with `$`, also when they came without it or
 * in other cases; other options are kept as they came, as Graph ignores those that it does not know.
 */
export function readQuery(text: string): URLSearchParams {
  const query = new URLSearchParams();
  if (text === '') return query;
  for (const [given, value] of new URLSearchParams(text)) {
    const lowered = given.toLowerCase();
    const isMarked = lowered.startsWith('$');
    const name = isMarked ? lowered.slice(1) : lowered;
    if (!known.has(name)) {
      if (isMarked) throw refusal('unknownOption', { option: given });
      query.append(given, value);
      continue;
    }
    const option = `$${name}`;
    if (query.has(option)) {
      throw refusal('duplicateOption', { option });
    }
    query.set(option, value);
    // Some operations have an option of their own by this name, such as the search for sites.
    if (!isMarked) query.append(given, value);
  }
  checkCount(query.get('$count'));
  return query;
}

function checkCount(value: string | null): void {
  if (value === null || value === 'true' || value === 'false') return;
  throw malformed(`Invalid value '${value}' for $count query option found.`);
}
