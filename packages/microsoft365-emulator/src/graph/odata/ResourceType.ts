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

export interface PropertyDefinition<Type extends PropertyType = PropertyType> {
  readonly type: Type;
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

export type PropertyTraits = Omit<PropertyDefinition, 'type'>;

/** What queries need to know about a kind of object. */
export interface ResourceType {
  /** Name in messages, such as `User`. */
  readonly name: string;
  /** `microsoft.graph.user` */
  readonly typeName: string;
  /** Entity set in `@odata.context`, such as `users`. */
  readonly set: string;
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
}

/** How a value of Microsoft's types may be described here. */
type KindOf<Value> = [Value] extends [string]
  ? 'string' | 'dateTime' | 'guid'
  : [Value] extends [boolean]
    ? 'boolean'
    : [Value] extends [number]
      ? 'integer' | 'binary'
      : [Value] extends [readonly string[]]
        ? 'strings'
        : [Value] extends [readonly unknown[]]
          ? 'objects'
          : 'object';

/** `Resource` is one of `@microsoft/microsoft-graph-types`: a property that it does not have does not compile. */
export function makeResourceType<Resource>(
  name: string,
  set: string,
  properties: {
    readonly [Name in keyof Resource]?: PropertyDefinition<KindOf<NonNullable<Resource[Name]>>>;
  },
): ResourceType {
  const typeName = `microsoft.graph.${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
  return { name, set, typeName, properties: new Map<string, PropertyDefinition>(Object.entries(properties)) };
}

/** Asked for at every call, and always the same. */
const defaults = new WeakMap<ResourceType, readonly string[]>();

export function defaultNames(type: ResourceType): readonly string[] {
  const known = defaults.get(type);
  if (known !== undefined) return known;
  const names = [...type.properties].filter(([, property]) => property.isDefault).map(([name]) => name);
  defaults.set(type, names);
  return names;
}

const namesInLowerCase = new WeakMap<ResourceType, ReadonlyMap<string, string>>();

/**
 * The property's own name, or what was given when there is none. Graph does not tell upper from lower case in names: PnP's
 * CLI for Microsoft 365 makes users with `mailNickName`.
 */
export function nameOfProperty(type: ResourceType, given: string): string {
  if (type.properties.has(given)) return given;
  const known = namesInLowerCase.get(type);
  const names = known ?? new Map([...type.properties.keys()].map((name) => [name.toLowerCase(), name]));
  if (known === undefined) namesInLowerCase.set(type, names);
  return names.get(given.toLowerCase()) ?? given;
}
