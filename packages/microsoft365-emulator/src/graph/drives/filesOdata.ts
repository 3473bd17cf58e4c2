import { fileError } from '../../files/fileErrors.ts';
import type { PropertyValue } from '../../store/records.ts';
import { malformed } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { evaluateFilter } from '../odata/evaluateFilter.ts';
import { linkWith } from '../odata/linkWith.ts';
import { parseFilter } from '../odata/parseFilter.ts';
import { type FileKind, hasProperty } from './fileKinds.ts';

export type FileObject = Readonly<Record<string, unknown>>;

/** How one kind of thing of SharePoint is shown. */
export interface FileView<T> {
  readonly kind: FileKind;
  readonly toObject: (value: T) => FileObject;
  /** What `$expand` may name, with the query options given to it in parentheses. */
  readonly expansions?: Readonly<Record<string, (value: T, options: URLSearchParams) => unknown>>;
}

export interface FileListing<T> extends FileView<T> {
  /** Part of `@odata.context`. */
  readonly set: string;
  readonly values: readonly T[];
  /** Names `$orderby` may use; any without them. */
  readonly sortable?: readonly string[];
}

const MAXIMUM_PAGE = 5000;

interface Expansion {
  readonly name: string;
  readonly options: URLSearchParams;
}

/** Answers a list of things of SharePoint: `$filter`, `$orderby`, `$top`, pages, `$select` and `$expand`. */
export function answerList<T>(call: GraphCall, listing: FileListing<T>): GraphAnswer {
  if (call.query.has('$skip')) {
    throw fileError(
      'invalid',
      '$skip is not supported on this API. Only URLs returned by the API can be used to page.',
    );
  }
  const shape = readShape(call.query, listing);
  const found = sort(call, listing, filter(call, listing));
  const start = startOf(call);
  const size = pageSize(call);
  const page = found.slice(start, start + size);
  const isLast = start + size >= found.length;
  const counted = call.query.get('$count') === 'true';
  return ok({
    '@odata.context': context(call, listing.set),
    ...(counted ? { '@odata.count': found.length } : {}),
    ...(isLast ? {} : { '@odata.nextLink': linkWith(call, '$skiptoken', packPosition(start + size)) }),
    value: page.map((value) => shapeValue(listing, value, shape)),
  });
}

/** Answers one thing of SharePoint. */
export function answerOne<T>(call: GraphCall, view: FileView<T>, set: string, value: T, status = 200): GraphAnswer {
  const body = shapeValue(view, value, readShape(call.query, view));
  const headers = typeof body['eTag'] === 'string' ? { etag: body['eTag'] } : {};
  return { status, headers, body: { '@odata.context': context(call, `${set}/$entity`), ...body } };
}

/** The thing with only what the query asks for; for what `$expand` puts into other things as well. */
export function shaped<T>(view: FileView<T>, value: T, query: URLSearchParams): FileObject {
  return shapeValue(view, value, readShape(query, view));
}

interface Shape {
  readonly names: readonly string[];
  readonly expansions: readonly Expansion[];
}

function readShape<T>(query: URLSearchParams, { kind, expansions }: FileView<T>): Shape {
  const names = (query.get('$select') ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  for (const name of names) if (name !== '*' && !hasProperty(kind, name)) throw noProperty(kind, name);
  const wanted = splitExpand(query.get('$expand') ?? '');
  for (const { name } of wanted) if (expansions?.[name] === undefined) throw noProperty(kind, name);
  return { names: names.includes('*') ? [] : names, expansions: wanted };
}

function noProperty(kind: FileKind, name: string): Error {
  return malformed(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${kind}'.`,
  );
}

function shapeValue<T>(view: FileView<T>, value: T, { names, expansions }: Shape): FileObject {
  const object = view.toObject(value);
  const shown = names.length === 0 ? object : pick(object, names);
  const expanded = expansions.map(({ name, options }) => [name, view.expansions?.[name]?.(value, options)]);
  return { ...shown, ...Object.fromEntries(expanded) };
}

function pick(object: FileObject, names: readonly string[]): FileObject {
  const wanted = names.map((name) => (name === 'content.downloadUrl' ? '@microsoft.graph.downloadUrl' : name));
  const kept = Object.entries(object).filter(([name]) => wanted.includes(name) || name === '@odata.etag');
  return Object.fromEntries(kept);
}

/** `fields($select=Title,Size),driveItem` as its parts. */
function splitExpand(text: string): Expansion[] {
  const parts = text.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  return parts.map((part) => {
    const [name = '', options = ''] = part.replace(/\)$/, '').split('(');
    return { name: name.trim(), options: new URLSearchParams(options.replaceAll(';', '&')) };
  });
}

function filter<T>(call: GraphCall, { values, toObject, expansions }: FileListing<T>): readonly T[] {
  const text = call.query.get('$filter');
  if (text === null) return values;
  const expression = parseFilter(text);
  return values.filter((value) => {
    const object = toObject(value);
    const read = (name: string): PropertyValue | undefined =>
      (object[name] ?? expansions?.[name]?.(value, new URLSearchParams())) as PropertyValue | undefined;
    return evaluateFilter(expression, read);
  });
}

function sort<T>(
  call: GraphCall,
  { toObject, sortable, expansions }: FileListing<T>,
  values: readonly T[],
): readonly T[] {
  const text = call.query.get('$orderby');
  if (text === null || text.trim() === '') return values;
  const orders = text.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    if (sortable !== undefined && !sortable.includes(name)) {
      throw fileError('invalid', `The $orderby expression '${name}' is not supported.`);
    }
    return { path: name.split('/'), sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  const keyed = values.map((value) => {
    const object = toObject(value);
    const keys = orders.map(({ path: [first = '', ...rest] }) => {
      const start: unknown = object[first] ?? expansions?.[first]?.(value, new URLSearchParams());
      return rest.reduce<unknown>((part, name) => (Object(part) as Record<string, unknown>)[name], start);
    });
    return { value, keys };
  });
  keyed.sort((one, other) => {
    for (const [index, { sign }] of orders.entries()) {
      const order = compare(one.keys[index], other.keys[index]);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
  return keyed.map(({ value }) => value);
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one ?? '').localeCompare(String(other ?? ''), 'en', { sensitivity: 'base' });
}

function pageSize(call: GraphCall): number {
  const top = call.query.get('$top');
  if (top === null) return call.settings.filePageSize;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1) throw fileError('invalid', `Invalid value for $top: '${top}'.`);
  return Math.min(size, MAXIMUM_PAGE);
}

function packPosition(position: number): string {
  return Buffer.from(`Paged=TRUE&p_SortBehavior=0&p_ID=${position}`).toString('base64url');
}

function startOf(call: GraphCall): number {
  const token = call.query.get('$skiptoken');
  if (token === null) return 0;
  const position = /^Paged=TRUE&.*p_ID=(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (position === undefined) throw fileError('invalid', 'The skip token is not valid.');
  return Number(position);
}

export function context(call: GraphCall, set: string): string {
  const select = call.query.get('$select');
  const [name = '', entity] = set.split('/$entity');
  const columns = select === null || select === '' ? '' : `(${select})`;
  return `https://graph.microsoft.com/v1.0/$metadata#${name}${columns}${entity === undefined ? '' : '/$entity'}`;
}
