import type { PropertyValue } from '../../store/records.ts';

/**
 * A Graph resource as it goes over the wire: property names and kinds of values are those of
 * `@microsoft/microsoft-graph-types`. Where those list the values that they know, any text will do.
 */
export type WireOf<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly WireOf<Item>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: WireOf<Value[Name]> }
      : Value;

/** One of the properties, by the name that a query gives it. */
export function propertyOf(resource: object, name: string): PropertyValue | undefined {
  return Object.hasOwn(resource, name)
    ? (resource as Readonly<Record<string, PropertyValue | undefined>>)[name]
    : undefined;
}
