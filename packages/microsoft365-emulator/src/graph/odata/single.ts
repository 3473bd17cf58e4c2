import type { PropertyValue } from '../../store/records.ts';
import type { GraphCall } from '../GraphCall.ts';
import type { Reader } from './evaluateFilter.ts';
import { readExpand } from './expand.ts';
import { contextOf, namesToShow, project } from './project.ts';
import type { Relations } from './RelatedObject.ts';
import type { ResourceType } from './ResourceType.ts';

/** A single object as an answer shows it. */
export function single(call: GraphCall, type: ResourceType, read: Reader): Record<string, PropertyValue> {
  return singleWithRelations(call, type, read, undefined, {});
}

/** A single object as an answer shows it, with what `$expand` asks for. */
export function singleWithRelations<T>(
  call: GraphCall,
  type: ResourceType,
  read: Reader,
  value: T,
  relations: Relations<T>,
): Record<string, PropertyValue> {
  const names = namesToShow(call, type);
  const expand = readExpand(call, type, relations);
  return { '@odata.context': contextOf(call, type.set, true), ...project(read, names), ...expand(value) };
}
