import type { Arguments } from './parseResourcePath.ts';

export type RestObject = Readonly<Record<string, unknown>>;

/** Something that a path of the classic interface leads to. All names are in lower case. */
export interface Resource {
  /** `SP.List`, or that of each item for a collection. */
  readonly type: string;
  /** Path below `/_api`, for ids and links. */
  readonly path: string;
  /** Properties that are shown unless others are asked for. */
  readonly object?: () => RestObject;
  /** Properties that are shown only when they are asked for. */
  readonly more?: Readonly<Record<string, () => unknown>>;
  /** The things in a collection. */
  readonly items?: () => readonly Resource[];
  /** A thing of a collection by its key. */
  readonly byKey?: (key: string | number) => Resource;
  /** Things behind names, also for `$expand`. */
  readonly children?: Readonly<Record<string, () => Resource>>;
  /** Things behind functions that have arguments. */
  readonly functions?: Readonly<Record<string, (args: Arguments) => Resource>>;
  /** What POST does behind a name: gives what is to be shown, or nothing. */
  readonly actions?: Readonly<Record<string, (args: Arguments) => ActionResult>>;
  readonly create?: (body: RestObject) => Resource;
  readonly update?: (body: RestObject) => void;
  readonly remove?: () => void;
  readonly etag?: string;
  /** Bytes that `$value` shows. */
  readonly content?: () => { readonly bytes: Buffer; readonly type: string };
  readonly replaceContent?: (bytes: Buffer) => void;
  /** The standard size of a page, for collections that have pages. */
  readonly pageSize?: number;
}

/** What an action shows: a thing, a plain value under its name, or nothing. */
export type ActionResult = Resource | { readonly name: string; readonly value: unknown } | undefined;

export function isResource(result: ActionResult): result is Resource {
  return result !== undefined && 'type' in result;
}

/** An argument by its name or, without one, by its position. */
export function argument(
  { named, positional }: Arguments,
  name: string,
  position = 0,
): string | number | boolean | null | undefined {
  return named[name] ?? positional[position];
}

export function textArgument(args: Arguments, name: string, position = 0): string {
  return String(argument(args, name, position) ?? '');
}

export function numberArgument(args: Arguments, name: string, position = 0): number {
  return Number(argument(args, name, position) ?? Number.NaN);
}

/** The thing itself among others, so that names lead to it in whatever case they are written. */
export function member<T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
}
