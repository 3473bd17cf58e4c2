import * as z from 'zod';
import type { PropertyValue, UserRecord } from '../../store/records.ts';
import { badRequest, unsupportedQuery } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import { linkWith } from '../odata/listObjects.ts';
import { type FilterExpression, parseFilter } from '../odata/parseFilter.ts';
import { contextOf, parseSelect } from '../odata/project.ts';
import { packToken, unpackToken } from '../odata/tokens.ts';
import { readUser } from './readUser.ts';
import { userType } from './userType.ts';

const tokenSchema = z.object({
  /** Changes up to this number are known to the caller. */
  since: z.number(),
  /** While the first round is on: the last object that was shown, and the change number the round started at. */
  round: z.object({ after: z.string(), position: z.number(), startedAt: z.number() }).nullable(),
  at: z.number(),
});

type DeltaToken = z.infer<typeof tokenSchema>;
type DeltaObject = Record<string, PropertyValue>;

interface Page {
  readonly objects: readonly DeltaObject[];
  readonly token: Omit<DeltaToken, 'at'>;
  readonly isLast: boolean;
}

/** GET /users/delta */
export function deltaUsers(call: GraphCall): GraphAnswer {
  for (const option of ['$orderby', '$expand', '$search']) {
    if (call.query.has(option)) throw unsupportedQuery(`'${option}' is not supported by the service.`);
  }
  const names = parseSelect(call, userType);
  const ids = filteredIds(call.query.get('$filter'));
  const page = pageFor(call, names, ids);
  const token = packToken({ ...page.token, at: call.tenant.now().getTime() });
  const link = page.isLast ? linkWith(call, '$deltatoken', token) : linkWith(call, '$skiptoken', token);
  return ok({
    '@odata.context': contextOf(call, 'users'),
    [page.isLast ? '@odata.deltaLink' : '@odata.nextLink']: link,
    value: page.objects,
  });
}

function pageFor(call: GraphCall, names: readonly string[], ids: ReadonlySet<string> | undefined): Page {
  const { userChanges } = call.tenant;
  const text = call.query.get('$deltatoken') ?? call.query.get('$skiptoken');
  if (text === 'latest') {
    return { objects: [], token: { since: visibleNumber(call), round: null }, isLast: true };
  }
  if (text === null) {
    const round = { after: '', position: 0, startedAt: visibleNumber(call) };
    return firstRound(call, names, ids, { since: userChanges.latest, round });
  }
  const token = unpackToken(text, tokenSchema);
  if ((call.tenant.now().getTime() - token.at) / 1000 > call.settings.deltaTokenSeconds) throw outdated(call);
  return token.round === null ? laterRound(call, names, ids, token.since) : firstRound(call, names, ids, token);
}

/** All objects, page by page. What changes meanwhile is in the round that starts at the delta link. */
function firstRound(
  call: GraphCall,
  names: readonly string[],
  ids: ReadonlySet<string> | undefined,
  { since, round }: Omit<DeltaToken, 'at'>,
): Page {
  const started = round ?? { after: '', position: 0, startedAt: since };
  const all = call.tenant.users.visibleValues();
  const start = resume(all, started);
  const { deltaPageSize } = call.settings;
  const page = all.slice(start, start + deltaPageSize);
  const objects = page.filter((user) => ids?.has(user.id) ?? true).map((user) => present(user, names, 0));
  const isLast = start + deltaPageSize >= all.length;
  if (isLast) return { objects, token: { since: started.startedAt, round: null }, isLast };
  const after = page.at(-1)?.id ?? '';
  return { objects, token: { since, round: { ...started, after, position: start + deltaPageSize } }, isLast };
}

function resume(all: readonly UserRecord[], { after, position }: { after: string; position: number }): number {
  if (position === 0) return 0;
  if (all[position - 1]?.id === after) return position;
  const index = all.findIndex((user) => user.id === after);
  // Without the mark, a page earlier: an object may come twice, but none may be left out.
  return index >= 0 ? index + 1 : Math.max(0, position - 1);
}

/** What changed since the last round, each object once, at its newest. */
function laterRound(
  call: GraphCall,
  names: readonly string[],
  ids: ReadonlySet<string> | undefined,
  since: number,
): Page {
  const { deltaPageSize } = call.settings;
  const changes = call.tenant.userChanges.after(since, visibleUntil(call));
  const page = changes.slice(0, deltaPageSize);
  const isMinimal = call.headers['prefer']?.includes('return=minimal') === true;
  const objects = page
    .filter((change) => ids?.has(change.id) ?? true)
    .flatMap((change) => presentChange(call, change.id, names, { since, isMinimal }));
  const isLast = changes.length <= deltaPageSize;
  return { objects, token: { since: page.at(-1)?.number ?? since, round: null }, isLast };
}

function presentChange(
  call: GraphCall,
  id: string,
  names: readonly string[],
  { since, isMinimal }: { since: number; isMinimal: boolean },
): DeltaObject[] {
  const user = call.tenant.users.get(id);
  if (user === undefined) {
    const reason = call.tenant.deletedItems.get(id) === undefined ? 'deleted' : 'changed';
    return [{ id, '@removed': { reason } }];
  }
  const isTouched = call.query.get('$select') === null || names.some((name) => (user.changed[name] ?? 0) > since);
  if (!isTouched) return [];
  const shown = isMinimal ? names.filter((name) => (user.changed[name] ?? 0) > since) : names;
  return [present(user, shown, since)];
}

/** A property that was never set is left out; one that was emptied since is null. */
function present(user: UserRecord, names: readonly string[], since: number): DeltaObject {
  const shown: DeltaObject = {};
  for (const name of names) {
    const value = readUser(user, name) ?? null;
    const wasEmptied = since > 0 && (user.changed[name] ?? 0) > since;
    if (value !== null || wasEmptied) shown[name] = value;
  }
  return { ...shown, id: user.id };
}

function visibleUntil(call: GraphCall): number {
  return call.tenant.now().getTime() - (call.settings.lagMs.users ?? 0);
}

/** The newest change that a lagging replica knows of. */
function visibleNumber(call: GraphCall): number {
  const { userChanges } = call.tenant;
  if ((call.settings.lagMs.users ?? 0) === 0) return userChanges.latest;
  const hidden = userChanges.after(0, Number.POSITIVE_INFINITY).find((change) => change.at > visibleUntil(call));
  return hidden === undefined ? userChanges.latest : hidden.number - 1;
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

function outdated(call: GraphCall): GraphError {
  if (call.settings.expiredDeltaAnswer === 'gone') {
    const location = linkWith(call, '$deltatoken', '');
    return new GraphError(410, 'syncStateNotFound', 'The sync state generation is not found.', {
      headers: { location },
    });
  }
  return unsupportedQuery('DeltaLink older than 30 days is not supported.');
}
