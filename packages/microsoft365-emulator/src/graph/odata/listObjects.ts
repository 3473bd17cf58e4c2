import type { PropertyValue } from '../../store/records.ts';
import { badRequest, refusal, unsupportedQuery } from '../errors.ts';
import { type GraphAnswer, type GraphCall, hasEventualConsistency, ok } from '../GraphCall.ts';
import { checkFilter } from './checkFilter.ts';
import { evaluateFilter } from './evaluateFilter.ts';
import { readExpand } from './expand.ts';
import { linkWith } from './linkWith.ts';
import { compareBy, parseOrderBy } from './orderBy.ts';
import { type FilterExpression, parseFilter } from './parseFilter.ts';
import { contextOf, namesToShow, project } from './project.ts';
import type { Relations } from './RelatedObject.ts';
import { defaultNames, type ResourceType } from './ResourceType.ts';
import { evaluateSearch, parseSearch } from './search.ts';
import { expiredPageToken, packToken, pageTokenSchema, unpackToken } from './tokens.ts';

/** Objects of one kind, in the form queries work on. */
export interface Listing<T extends { readonly id: string }> {
  readonly type: ResourceType;
  readonly values: () => readonly T[];
  /** Objects that can satisfy the filter, when an index knows; undefined to look at all. */
  readonly candidates?: (filter: FilterExpression) => readonly T[] | undefined;
  readonly read: (value: T, name: string) => PropertyValue | undefined;
  /** Set in the context when it is not the type's own, such as `directory/deletedItems`. */
  readonly set?: string;
  /** `isCapped`: more than the maximum is not refused, but answered with the maximum. */
  readonly pageSize?: { readonly standard: number; readonly maximum: number; readonly isCapped?: boolean };
  /** False for kinds that always answer with everything. */
  readonly hasPages?: boolean;
  /** For lists of objects of several kinds: the kind of each, which its answer then names. */
  readonly typeOf?: (value: T) => ResourceType;
  /** Where `$expand` leads from an object of the list. */
  readonly relations?: Relations<T>;
}

const standardPages: NonNullable<Listing<never>['pageSize']> = { standard: 100, maximum: 999 };

interface Query<T> {
  /** None when every object satisfies the query. */
  readonly matches: ((value: T) => boolean) | undefined;
  readonly filter: FilterExpression | undefined;
  readonly order: ((one: T, other: T) => number) | undefined;
}

/** Answers a list request with everything OData allows on directory objects. */
export function listObjects<T extends { readonly id: string }>(call: GraphCall, listing: Listing<T>): GraphAnswer {
  const selected = namesToShow(call, listing.type);
  const expand = readExpand(call, listing.type, listing.relations);
  const query = readQuery(call, listing);
  const size = pageSizeOf(call, listing);
  const found = findMatches(listing, query);
  const start = startOf(call, found);
  const page = found.slice(start, start + size);
  const next = start + size < found.length ? page.at(-1) : undefined;
  const isFirst = start === 0;
  return ok({
    '@odata.context': contextOf(call, listing.set ?? listing.type.set),
    ...(wantsCount(call) && isFirst ? { '@odata.count': found.length } : {}),
    ...(next === undefined ? {} : { '@odata.nextLink': nextLink(call, next.id, start + size) }),
    value: page.map((value) => Object.assign(present(call, listing, value, selected), expand(value))),
  });
}

function present<T extends { readonly id: string }>(
  call: GraphCall,
  { read, typeOf }: Listing<T>,
  value: T,
  selected: readonly string[],
): Record<string, PropertyValue> {
  if (typeOf === undefined) return project((name) => read(value, name), selected);
  const type = typeOf(value);
  const names = call.query.has('$select') ? selected.filter((name) => type.properties.has(name)) : defaultNames(type);
  return { '@odata.type': `#${type.typeName}`, ...project((name) => read(value, name), names) };
}

/** How many objects satisfy the request's `$filter` and `$search`, for `/$count`. */
export function countObjects<T extends { readonly id: string }>(call: GraphCall, listing: Listing<T>): number {
  return findMatches(listing, readQuery(call, listing)).length;
}

function readQuery<T extends { readonly id: string }>(call: GraphCall, listing: Listing<T>): Query<T> {
  const { type, read } = listing;
  const isAdvanced =
    hasEventualConsistency(call) && (call.query.get('$count') === 'true' || call.path.includes('$count'));
  if (call.query.has('$skip')) throw unsupportedQuery("'$skip' is not supported by the service.");
  const filterText = call.query.get('$filter');
  const filter = filterText === null ? undefined : parseFilter(filterText);
  if (filter !== undefined) checkFilter(filter, type, isAdvanced);
  const searchText = call.query.get('$search');
  if (searchText !== null && !hasEventualConsistency(call)) {
    throw refusal('searchNeedsHeader');
  }
  const search = searchText === null ? undefined : parseSearch(searchText, type);
  const orders = parseOrderBy(call.query.get('$orderby'), type, isAdvanced, filter !== undefined);
  const matches = (value: T): boolean =>
    (filter === undefined || evaluateFilter(filter, (name) => read(value, name))) &&
    (search === undefined || evaluateSearch(search, (name) => read(value, name)));
  const order = orders.length === 0 ? undefined : compareBy<T>(orders, read);
  return { matches: filter === undefined && search === undefined ? undefined : matches, filter, order };
}

function findMatches<T extends { readonly id: string }>(listing: Listing<T>, query: Query<T>): readonly T[] {
  const candidates = query.filter && listing.candidates?.(query.filter);
  const all = candidates ?? listing.values();
  const found = query.matches === undefined ? all : all.filter(query.matches);
  return query.order === undefined ? found : found.toSorted(query.order);
}

function pageSizeOf<T extends { readonly id: string }>(call: GraphCall, listing: Listing<T>): number {
  if (listing.hasPages === false) return Number.POSITIVE_INFINITY;
  const { standard, maximum, isCapped = false } = listing.pageSize ?? standardPages;
  const top = call.query.get('$top');
  if (top === null) return standard;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 0) throw badRequest(`Invalid value '${top}' for $top query option found.`);
  if (isCapped && size > maximum) return maximum;
  if (size === 0 || size > maximum) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${maximum} inclusive.`);
  }
  return size;
}

function startOf<T extends { readonly id: string }>(call: GraphCall, found: readonly T[]): number {
  const text = call.query.get('$skiptoken');
  if (text === null) return 0;
  const token = unpackToken(text, pageTokenSchema);
  const age = (call.tenant.now().getTime() - token.at) / 1000;
  if (age > call.settings.pageTokenSeconds) throw expiredPageToken();
  const known = found[token.position - 1]?.id === token.after ? token.position - 1 : -1;
  const index = known >= 0 ? known : found.findIndex((value) => value.id === token.after);
  return index >= 0 ? index + 1 : Math.min(token.position, found.length);
}

/** A link to the next page: the same query with a token behind it. */
function nextLink(call: GraphCall, after: string, position: number): string {
  const token = packToken({ after, position, at: call.tenant.now().getTime() });
  return linkWith(call, '$skiptoken', token);
}

function wantsCount(call: GraphCall): boolean {
  return call.query.get('$count') === 'true' && hasEventualConsistency(call);
}
