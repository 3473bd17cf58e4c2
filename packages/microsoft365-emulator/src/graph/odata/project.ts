import { inCloud } from '../../sign-in/clouds.ts';
import type { PropertyValue } from '../../store/records.ts';
import { unknownProperty, unsupportedQuery } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import type { Reader } from './evaluateFilter.ts';
import { defaultNames, type ResourceType } from './ResourceType.ts';

/** Names of the properties an answer shows: those of `$select`, or the type's default ones. */
export function parseSelect(call: GraphCall, type: ResourceType): readonly string[] {
  if (call.query.has('$expand')) throw unsupportedQuery("Expanding is not emulated; remove '$expand'.");
  const names = selectedNames(call);
  if (names.length === 0) return defaultNames(type);
  if (names.includes('*')) return [...type.properties].filter(([, one]) => !one.isElsewhere).map(([name]) => name);
  for (const name of names) {
    const property = type.properties.get(name);
    if (property === undefined) throw unknownProperty(name);
    if (property.isElsewhere && call.params['id'] === undefined) {
      throw new GraphError(501, 'NotImplemented', 'This operation target is not yet supported.');
    }
  }
  return names;
}

export function selectedNames(call: GraphCall): string[] {
  const select = call.query.get('$select') ?? '';
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
  const names = selectedNames(call);
  const columns = names.length === 0 ? '' : `(${names.join(',')})`;
  return `${inCloud('https://graph.microsoft.com', call.settings.cloud)}/v1.0/$metadata#${set}${columns}${isSingle ? '/$entity' : ''}`;
}

/** A single object as an answer shows it. */
export function single(call: GraphCall, type: ResourceType, read: Reader): Record<string, PropertyValue> {
  const names = parseSelect(call, type);
  return { '@odata.context': contextOf(call, type.set, true), ...project(read, names) };
}
