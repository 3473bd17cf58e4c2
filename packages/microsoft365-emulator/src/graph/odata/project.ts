import { inCloud } from '../../sign-in/clouds.ts';
import type { PropertyValue } from '../../store/records.ts';
import { notImplemented, unknownProperty, unsupportedQuery } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import type { Reader } from './evaluateFilter.ts';
import { parseExpand } from './parseExpand.ts';
import { defaultNames, nameOfProperty, type ResourceType } from './ResourceType.ts';

/** Names of the properties an answer shows that leads nowhere by `$expand`: those of `$select`, or the default ones. */
export function parseSelect(call: GraphCall, type: ResourceType): readonly string[] {
  if (call.query.has('$expand')) throw unsupportedQuery(`'$expand' is not supported on '${type.name}'.`);
  return namesToShow(call, type);
}

/** Names of the properties an answer shows: those of `$select`, or the type's default ones. */
export function namesToShow(call: GraphCall, type: ResourceType): readonly string[] {
  const names = selectedNames(call);
  return names.length === 0 ? defaultNames(type) : selectableNames(call, type, names);
}

/** The names as they may be shown: `*` stands for all, and what does not exist is refused. */
export function selectableNames(call: GraphCall, type: ResourceType, names: readonly string[]): readonly string[] {
  if (names.includes('*')) return [...type.properties].filter(([, one]) => !one.isElsewhere).map(([name]) => name);
  return names.map((given) => {
    const name = nameOfProperty(type, given);
    const property = type.properties.get(name);
    if (property === undefined) throw unknownProperty(given);
    if (property.isElsewhere && call.params['id'] === undefined) throw notImplemented();
    return name;
  });
}

export function selectedNames(call: GraphCall): string[] {
  return namesIn(call.query.get('$select') ?? '');
}

/** The names in the text of a `$select`, each one once. */
export function namesIn(select: string): string[] {
  const names = select.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The object as it goes over the wire: null for what is not set. */
export function project(read: Reader, names: readonly string[]): Record<string, PropertyValue> {
  const shown: Record<string, PropertyValue> = {};
  for (const name of names) shown[name] = read(name) ?? null;
  return shown;
}

/** `@odata.context` of an answer; `/$entity` is added for a single object. */
export function contextOf(call: GraphCall, set: string, isSingle = false): string {
  const names = [...selectedNames(call), ...expandedNames(call)];
  const columns = names.length === 0 ? '' : `(${names.join(',')})`;
  return `${inCloud('https://graph.microsoft.com', call.settings.cloud)}/v1.0/$metadata#${set}${columns}${isSingle ? '/$entity' : ''}`;
}

/** What `$expand` names, as contexts show it: `manager()`, or `manager(id)` with a selection of its own. */
function expandedNames(call: GraphCall): string[] {
  const text = call.query.get('$expand');
  if (text === null || text.trim() === '') return [];
  return parseExpand(text).map(({ name, options }) => `${name}(${namesIn(options.get('$select') ?? '').join(',')})`);
}
