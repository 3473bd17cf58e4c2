import { z } from 'zod';

/** A resource of `@microsoft/microsoft-graph-types` as an answer tells it that was asked for all of it. */
type Told<Value> = Value extends readonly (infer Item)[]
  ? Told<Item>[]
  : Value extends object
    ? { [Name in keyof Value]-?: Told<NonNullable<Value[Name]>> }
    : Value;

/** The schema of each property must take what Microsoft's types say that it is; other names do not compile. */
type ReadsOf<Resource, Shape> = {
  readonly [Name in keyof Shape]: Name extends keyof Resource
    ? Told<NonNullable<Resource[Name]>> extends z.input<Shape[Name]>
      ? Shape[Name]
      : never
    : never;
};

/** A schema of the properties that we read of a resource, held against Microsoft's own types: `readsOf<User>()({…})`. */
export function readsOf<Resource>() {
  return <Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape & ReadsOf<Resource, Shape>) =>
    z.object<Shape>(shape);
}

/** `$select=…` with names that the resource has. */
export function selectOf<Resource>(...names: readonly (keyof Resource & string)[]): string {
  return `$select=${names.join(',')}`;
}
