import { GraphError } from '../graph/GraphError.ts';
import { evaluateFilter } from '../graph/odata/evaluateFilter.ts';
import { parseFilter } from '../graph/odata/parseFilter.ts';
import type { PropertyValue } from '../store/records.ts';
import { member, type Resource, type RestObject } from './Resource.ts';
import type { RestCall } from './RestCall.ts';
import type { RestFormat } from './restFormat.ts';
import { SharePointError } from './SharePointError.ts';

/** Names of `$select` or `$expand`, those behind a slash below the name before it. */
type Tree = ReadonlyMap<string, Tree>;

interface Shape {
  readonly select: Tree;
  readonly expand: Tree;
}

interface Rendering {
  readonly call: RestCall;
  readonly format: RestFormat;
}

/** The answer that shows a thing or a collection in the dialect that was asked for. */
export function renderResource(call: RestCall, format: RestFormat, resource: Resource): object {
  const shape = { select: treeOf(call.query.get('$select')), expand: treeOf(call.query.get('$expand')) };
  const rendering = { call, format };
  if (resource.items === undefined) {
    const object = renderObject(rendering, resource, shape);
    return format === 'verbose' ? { d: object } : { ...rootMetadata(rendering, resource, true), ...object };
  }
  const { values, next } = pageOf(call, resource, resource.items());
  const results = values.map((value) => renderObject(rendering, value, shape));
  if (format === 'verbose') return { d: { results, ...(next === undefined ? {} : { __next: next }) } };
  const link = next === undefined ? {} : { [isV4(format) ? '@odata.nextLink' : 'odata.nextLink']: next };
  return { ...rootMetadata(rendering, resource, false), ...link, value: results };
}

/** A value that is no thing, such as what an action gives back. */
export function renderValue(format: RestFormat, name: string, value: unknown): object {
  if (format === 'verbose') return { d: { [name]: verboseValue(value) } };
  if (format === 'minimal') return { 'odata.metadata': 'https://localhost/_api/$metadata#Edm.String', value };
  return { value };
}

function isV4(format: RestFormat): boolean {
  return format === 'v4' || format === 'v4minimal';
}

function apiRoot({ origin, site }: RestCall): string {
  return `${origin}${site.path === '' ? '' : `/${site.path}`}/_api`;
}

function rootMetadata({ call, format }: Rendering, { type }: Resource, isEntity: boolean): RestObject {
  if (format !== 'minimal' && format !== 'v4minimal') return {};
  const context = `${apiRoot(call)}/$metadata#${type}${isEntity ? '/@Element' : ''}`;
  return { [format === 'minimal' ? 'odata.metadata' : '@odata.context']: context };
}

function entityMetadata({ call, format }: Rendering, { type, path, etag }: Resource): RestObject {
  const id = `${apiRoot(call)}/${path}`;
  switch (format) {
    case 'minimal':
      return {
        'odata.type': type,
        'odata.id': id,
        ...(etag === undefined ? {} : { 'odata.etag': etag }),
        'odata.editLink': path,
      };
    case 'v4minimal':
      return {
        '@odata.type': `#${type}`,
        '@odata.id': id,
        ...(etag === undefined ? {} : { '@odata.etag': etag }),
        '@odata.editLink': path,
      };
    case 'verbose':
      return { __metadata: { id, uri: id, ...(etag === undefined ? {} : { etag }), type } };
    default:
      return {};
  }
}

function renderObject(rendering: Rendering, resource: Resource, { select, expand }: Shape): RestObject {
  const object = resource.object?.() ?? {};
  const shown = selected(resource, object, select, expand);
  const expanded = [...expand].map(([name, below]) => [
    name,
    renderChild(rendering, resource, name, { select: select.get(name) ?? new Map(), expand: below }),
  ]);
  const all = rendering.format === 'verbose' ? verboseObject(rendering, resource, shown, select.size === 0) : shown;
  return { ...entityMetadata(rendering, resource), ...all, ...Object.fromEntries(expanded) };
}

/** The standard properties, or those that are asked for; names that lead to other things are left to `$expand`. */
function selected(resource: Resource, object: RestObject, select: Tree, expand: Tree): RestObject {
  if (select.size === 0) return object;
  const shown = [...select.keys()].flatMap((name): [string, unknown][] => {
    if (name === '*') return Object.entries(object);
    const isOther = expand.has(name) || member(resource.children, name.toLowerCase()) !== undefined;
    return property(resource, object, name, isOther);
  });
  return Object.fromEntries(shown);
}

function property(resource: Resource, object: RestObject, name: string, isOther: boolean): [string, unknown][] {
  const own = nameIn(object, name);
  if (own !== undefined) return [[own, object[own]]];
  const more = nameIn(resource.more ?? {}, name);
  if (more !== undefined) return [[more, member(resource.more, more)?.()]];
  if (isOther) return [];
  if (!isItemField(resource)) throw new SharePointError('unknownProperty', { name, url: resource.type });
  return [[name, null]];
}

/** A column without a value in an item is shown as null. */
function isItemField({ type }: Resource): boolean {
  return type === 'SP.Data.ListItem';
}

function nameIn(object: RestObject, name: string): string | undefined {
  return Object.hasOwn(object, name) ? name : Object.keys(object).find((own) => isSame(own, name));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function renderChild(rendering: Rendering, resource: Resource, name: string, shape: Shape): unknown {
  const open = member(resource.children, name.toLowerCase());
  if (open === undefined) {
    // A file has no folder and a folder no file: asking for both is no mistake.
    if (isItemField(resource) || Object.hasOwn(resource.object?.() ?? {}, name))
      return resource.object?.()[name] ?? null;
    throw new SharePointError('badQuery', { name });
  }
  const child = open();
  if (child.items === undefined) return renderObject(rendering, child, shape);
  const values = child.items().map((value) => renderObject(rendering, value, shape));
  return rendering.format === 'verbose' ? { results: values } : values;
}

function verboseObject({ call }: Rendering, resource: Resource, shown: RestObject, showsDeferred: boolean): RestObject {
  const values = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, verboseValue(value)]));
  if (!showsDeferred) return values;
  const names = Object.keys(resource.children ?? {});
  const uri = `${apiRoot(call)}/${resource.path}`;
  const deferred = names.map((name) => [capitalized(name), { __deferred: { uri: `${uri}/${capitalized(name)}` } }]);
  return { ...Object.fromEntries(deferred), ...values };
}

function capitalized(name: string): string {
  return `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
}

function verboseValue(value: unknown): unknown {
  return Array.isArray(value) ? { results: value } : value;
}

function treeOf(text: string | null): Tree {
  const root = new Map<string, Map<string, Tree>>();
  for (const path of (text ?? '').split(',')) {
    let level = root as Map<string, Tree>;
    for (const name of path.trim().split('/')) {
      if (name === '') continue;
      const known = level.get(name);
      const below = (known ?? new Map<string, Tree>()) as Map<string, Tree>;
      level.set(name, below);
      level = below;
    }
  }
  return root;
}

interface Page {
  readonly values: readonly Resource[];
  readonly next: string | undefined;
}

function pageOf(call: RestCall, { pageSize }: Resource, all: readonly Resource[]): Page {
  const found = sorted(call, filtered(call, all));
  const skip = numberOption(call, '$skip') ?? positionOf(call) ?? 0;
  const size = numberOption(call, '$top') ?? pageSize ?? Number.POSITIVE_INFINITY;
  const values = found.slice(skip, skip + size);
  const isLast = pageSize === undefined || skip + size >= found.length;
  return { values, next: isLast ? undefined : nextLink(call, skip + size) };
}

function numberOption(call: RestCall, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new SharePointError('badQuery', { name: `${name}=${text}` });
  return value;
}

function positionOf(call: RestCall): number | undefined {
  const token = call.query.get('$skiptoken');
  return token === null ? undefined : Number(/p_ID=(\d+)/.exec(token)?.[1] ?? 0);
}

function nextLink(call: RestCall, position: number): string {
  const query = new URLSearchParams(call.query);
  query.delete('$skip');
  query.set('$skiptoken', `Paged=TRUE&p_ID=${position}`);
  return `${apiRoot(call)}/${call.resourcePath}?${query}`;
}

function filtered(call: RestCall, all: readonly Resource[]): readonly Resource[] {
  const text = call.query.get('$filter');
  if (text === null || text === '') return all;
  const expression = asSharePoint(text, () =>
    // The interface writes types before some literals, and an older function for `contains`.
    parseFilter(
      text
        .replaceAll(/\b(guid|datetime)'/g, "'")
        .replaceAll(/substringof\(\s*('(?:[^']|'')*')\s*,\s*(\w+)\s*\)/gi, 'contains($2,$1)'),
    ),
  );
  return all.filter((resource) => {
    const object = resource.object?.() ?? {};
    const read = (name: string): PropertyValue | undefined =>
      (object[name] ?? member(resource.more, name)?.() ?? relatedValue(resource, name)) as PropertyValue | undefined;
    return evaluateFilter(expression, read);
  });
}

/** `Author/Title` in a filter. */
function relatedValue(resource: Resource, name: string): unknown {
  const child = member(resource.children, name.toLowerCase());
  return child === undefined ? undefined : child().object?.();
}

function asSharePoint<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GraphError) throw new SharePointError('badQuery', { name });
    throw error;
  }
}

function sorted(call: RestCall, all: readonly Resource[]): readonly Resource[] {
  const text = call.query.get('$orderby');
  if (text === null || text === '') return all;
  const [name = '', direction = 'asc'] = text.split(',')[0]?.trim().split(/\s+/) ?? [];
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  const keyed = all.map((resource) => ({ resource, key: resource.object?.()[name] }));
  return keyed.toSorted((one, other) => sign * compare(one.key, other.key)).map(({ resource }) => resource);
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one ?? '').localeCompare(String(other ?? ''), 'en', { sensitivity: 'base' });
}
