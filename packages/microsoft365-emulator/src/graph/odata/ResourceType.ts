export type PropertyType =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'dateTime'
  | 'guid'
  | 'object'
  | 'strings'
  | 'objects'
  | 'binary';

export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'ge'
  | 'le'
  | 'gt'
  | 'lt'
  | 'in'
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'any'
  | 'all';

export interface PropertyDefinition {
  readonly type: PropertyType;
  /** In answers that do not say what they want. */
  readonly isDefault?: boolean;
  /** Operators `$filter` takes; none for a property that cannot be filtered by. */
  readonly filter?: readonly FilterOperator[];
  /** Operators that also need the header `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced?: readonly FilterOperator[];
  readonly canSort?: 'always' | 'advanced';
  readonly canSearch?: boolean;
  readonly isReadOnly?: boolean;
  readonly maxLength?: number;
  /** Kept outside the directory: asking for it in a list is answered with 501. */
  readonly isElsewhere?: boolean;
}

/** What queries need to know about a kind of object. */
export interface ResourceType {
  /** Name in messages, such as `User`. */
  readonly name: string;
  /** `microsoft.graph.user` */
  readonly typeName: string;
  /** Entity set in `@odata.context`, such as `users`. */
  readonly set: string;
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
  /** Names of the properties by the same in lower case. */
  readonly names: ReadonlyMap<string, string>;
  /** Properties that answers show which do not say what they want. */
  readonly defaults: readonly string[];
}

export function makeResourceType(
  name: string,
  set: string,
  properties: Readonly<Record<string, PropertyDefinition>>,
): ResourceType {
  const typeName = `microsoft.graph.${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
  const all = Object.entries(properties);
  const defaults = all.filter(([, property]) => property.isDefault).map(([property]) => property);
  const names = new Map(all.map(([property]) => [property.toLowerCase(), property]));
  return { name, set, typeName, properties: new Map(all), names, defaults };
}

/**
 * The property's own name, or what was given when there is none. Graph does not tell upper from lower case in names: PnP's
 * CLI for Microsoft 365 makes users with `mailNickName`.
 */
export function nameOfProperty(type: ResourceType, given: string): string {
  return type.names.get(given.toLowerCase()) ?? given;
}

export function defaultNames(type: ResourceType): readonly string[] {
  return type.defaults;
}
