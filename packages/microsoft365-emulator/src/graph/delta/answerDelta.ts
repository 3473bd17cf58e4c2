import * as z from 'zod';
import { badRequest, unsupportedQuery } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { linkWith } from '../odata/linkWith.ts';
import { type FilterExpression, parseFilter } from '../odata/parseFilter.ts';
import { contextOf, selectableNames, selectedNames } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { packToken, unpackToken } from '../odata/tokens.ts';
import type { DeltaObject, DeltaSource } from './DeltaSource.ts';

const tokenSchema = z.object({
  /** Changes up to this number are known to the caller. */
  since: z.number(),
  /** While the first round is on: the last object that was shown, and the change number the round started at. */
  round: z.object({ after: z.string(), position: z.number(), startedAt: z.number() }).nullable(),
  at: z.number(),
});

type DeltaState = Omit<z.infer<typeof tokenSchema>, 'at'>;

interface Page {
  readonly objects: readonly DeltaObject[];
  readonly state: DeltaState;
  readonly isLast: boolean;
}

/** One delta query on one kind of object. */
interface DeltaQuery<T extends { readonly id: string }> {
  readonly call: GraphCall;
  readonly source: DeltaSource<T>;
  readonly names: readonly string[];
  readonly selected: readonly string[] | undefined;
  readonly ids: ReadonlySet<string> | undefined;
  readonly size: number;
}

/** Answers `GET …/delta`: everything at first, later what changed since the link the caller kept. */
export function answerDelta<T extends { readonly id: string }>(call: GraphCall, source: DeltaSource<T>): GraphAnswer {
  const { dialect } = source;
  const refused = dialect.refusedOptions.find((option) => call.query.has(option));
  if (refused !== undefined) throw unsupportedQuery(`'${refused}' is not supported by the service.`);
  const names = namesOf(call, source);
  const selected = call.query.get('$select') === null ? undefined : names;
  const ids = filteredIds(call.query.get('$filter'));
  const page = pageFor({ call, source, names, selected, ids, size: sizeOf(call, source) });
  const token = packToken({ ...page.state, at: call.tenant.now().getTime() });
  const option = page.isLast ? dialect.roundOption : dialect.pageOption;
  return ok({
    '@odata.context': contextOf(call, source.set ?? source.type.set),
    [page.isLast ? '@odata.deltaLink' : '@odata.nextLink']: linkWith(call, option, token),
    value: page.objects,
  });
}

function namesOf<T extends { readonly id: string }>(
  call: GraphCall,
  { type, relations = [] }: DeltaSource<T>,
): readonly string[] {
  const names = selectedNames(call);
  if (names.length === 0) return defaultNames(type);
  const properties = names.filter((name) => !relations.includes(name));
  return [...selectableNames(call, type, properties), ...names.filter((name) => relations.includes(name))];
}

function sizeOf<T extends { readonly id: string }>(call: GraphCall, { dialect }: DeltaSource<T>): number {
  const top = Number(call.query.get('$top') ?? Number.NaN);
  return dialect.hasTop && Number.isInteger(top) && top > 0 ? Math.min(top, 999) : call.settings.deltaPageSize;
}

function pageFor<T extends { readonly id: string }>(query: DeltaQuery<T>): Page {
  const { call, source } = query;
  const { pageOption, roundOption } = source.dialect;
  const text = call.query.get(roundOption) ?? call.query.get(pageOption);
  if (text === 'latest') return { objects: [], state: { since: visibleNumber(query), round: null }, isLast: true };
  if (text === null || text === '') {
    const round = { after: '', position: 0, startedAt: visibleNumber(query) };
    return firstRound(query, { since: source.changes.latest, round });
  }
  const token = unpackToken(text, tokenSchema);
  const age = (call.tenant.now().getTime() - token.at) / 1000;
  if (age > call.settings.deltaTokenSeconds) throw source.dialect.outdated(call);
  return token.round === null ? laterRound(query, token.since) : firstRound(query, token);
}

/** All objects, page by page. What changes meanwhile is in the round that starts at the delta link. */
function firstRound<T extends { readonly id: string }>(query: DeltaQuery<T>, { since, round }: DeltaState): Page {
  const { source, ids, size } = query;
  const started = round ?? { after: '', position: 0, startedAt: since };
  const all = source.visible();
  const start = resume(all, started);
  const page = all.slice(start, start + size);
  const objects = page.filter((value) => ids?.has(value.id) ?? true).map((value) => present(query, value, 0));
  const isLast = start + size >= all.length;
  if (isLast) return { objects, state: { since: started.startedAt, round: null }, isLast };
  const after = page.at(-1)?.id ?? '';
  return { objects, state: { since, round: { ...started, after, position: start + size } }, isLast };
}

function resume(all: readonly { readonly id: string }[], mark: { after: string; position: number }): number {
  const { after, position } = mark;
  if (position === 0) return 0;
  if (all[position - 1]?.id === after) return position;
  const index = all.findIndex((value) => value.id === after);
  // Without the mark, a page earlier: an object may come twice, but none may be left out.
  return index >= 0 ? index + 1 : Math.max(0, position - 1);
}

/** What changed since the last round, each object once, at its newest. */
function laterRound<T extends { readonly id: string }>(query: DeltaQuery<T>, since: number): Page {
  const { source, ids, size } = query;
  const changes = source.changes.after(since, visibleUntil(query));
  const page = changes.slice(0, size);
  const objects = page
    .filter((change) => ids?.has(change.id) ?? true)
    .flatMap((change) => presentChange(query, change.id, since));
  return { objects, state: { since: page.at(-1)?.number ?? since, round: null }, isLast: changes.length <= size };
}

function presentChange<T extends { readonly id: string }>(
  query: DeltaQuery<T>,
  id: string,
  since: number,
): DeltaObject[] {
  const { call, source, names, selected } = query;
  const value = source.find(id);
  if (value === undefined) return [source.dialect.removed(id, source.isRestorable(id))];
  const touched = names.filter((name) => source.changedAt(value, name) > since);
  if (selected !== undefined && touched.length === 0) return [];
  const isMinimal = call.headers['prefer']?.includes('return=minimal') === true;
  return [present(isMinimal ? { ...query, names: touched } : query, value, since)];
}

/** A property that was never set is left out; one that was emptied since is null. */
function present<T extends { readonly id: string }>(query: DeltaQuery<T>, value: T, since: number): DeltaObject {
  const { source, names, selected } = query;
  const shown: DeltaObject = {};
  for (const name of names) {
    if (source.relations?.includes(name)) continue;
    const property = source.read(value, name) ?? null;
    const wasEmptied = since > 0 && source.changedAt(value, name) > since;
    if (property !== null || wasEmptied) shown[name] = property;
  }
  return { ...shown, id: value.id, ...source.related?.(value, { since, selected }) };
}

function visibleUntil<T extends { readonly id: string }>({ call, source }: DeltaQuery<T>): number {
  return call.tenant.now().getTime() - source.lagMs;
}

/** The newest change that a lagging replica knows of. */
function visibleNumber<T extends { readonly id: string }>(query: DeltaQuery<T>): number {
  const { changes, lagMs } = query.source;
  if (lagMs === 0) return changes.latest;
  const hidden = changes.after(0, Number.POSITIVE_INFINITY).find((change) => change.at > visibleUntil(query));
  return hidden === undefined ? changes.latest : hidden.number - 1;
}

/** `id eq 'x' or id eq 'y'` is the only filter there is. */
function filteredIds(text: string | null): ReadonlySet<string> | undefined {
  if (text === null) return undefined;
  const ids = new Set<string>();
  const collect = (expression: FilterExpression): void => {
    if (expression.kind === 'or') {
      collect(expression.left);
      collect(expression.right);
    } else if (expression.kind === 'compare' && expression.path === 'id' && expression.operator === 'eq') {
      ids.add(String(expression.value).toLowerCase());
    } else throw badRequest("Only a filter on 'id' is supported for delta queries.");
  };
  collect(parseFilter(text));
  return ids;
}
