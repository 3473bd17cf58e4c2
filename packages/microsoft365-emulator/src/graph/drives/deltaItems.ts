import * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import { driveItemIdOf } from '../../files/fileIds.ts';
import { scopeOfItem } from '../../files/roleAssignments.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { parentReference } from './driveViews.ts';
import { context, type FileObject, shaped } from './filesOdata.ts';
import { type FoundItem, getItem } from './findDrive.ts';
import { driveItemView } from './itemViews.ts';
import { requireItemLevel } from './requireItemLevel.ts';
import { levelOf } from './requireLevel.ts';

const tokenSchema = z.object({
  /** Changes up to this number are known to the caller. */
  since: z.number(),
  /** While the first round is on: the number of the last item that was shown, and the change number it started at. */
  first: z.object({ after: z.number(), startedAt: z.number() }).nullable(),
  at: z.number(),
});
type Token = z.infer<typeof tokenSchema>;

interface Page {
  readonly ids: readonly string[];
  readonly token: Omit<Token, 'at'>;
  readonly isLast: boolean;
}

const MAXIMUM_PAGE = 999;

/** GET …/delta: everything at first, then what changed; a removed item comes with `deleted`. */
export function deltaItems(call: GraphCall): GraphAnswer {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.read);
  const page = pageFor(call, found);
  const token = Buffer.from(JSON.stringify({ ...page.token, at: call.tenant.now().getTime() })).toString('base64url');
  return ok({
    '@odata.context': context(call, 'Collection(driveItem)'),
    [page.isLast ? '@odata.deltaLink' : '@odata.nextLink']: link(call, token),
    value: page.ids.flatMap((id) => objectOf(call, found, id)),
  });
}

function pageFor(call: GraphCall, { list }: FoundItem): Page {
  const changes = call.tenant.files.changesOf(list.id);
  const text = tokenText(call);
  const size = pageSize(call);
  if (text === 'latest') return { ids: [], token: { since: changes.latest, first: null }, isLast: true };
  const token = text === null ? { since: 0, first: { after: -1, startedAt: changes.latest } } : readToken(call, text);
  if (token.first !== null) return firstRound(call, list.id, token.first, size);
  const later = changes.after(token.since, Number.POSITIVE_INFINITY);
  const page = later.slice(0, size);
  const since = page.at(-1)?.number ?? token.since;
  return { ids: page.map(({ id }) => id), token: { since, first: null }, isLast: later.length <= size };
}

function firstRound(call: GraphCall, listId: string, first: NonNullable<Token['first']>, size: number): Page {
  const all = call.tenant.files.items.findAll('list', listId).filter(({ number }) => number > first.after);
  const page = all.toSorted((one, other) => one.number - other.number).slice(0, size);
  const ids = page.map(({ id }) => id);
  if (page.length === all.length) return { ids, token: { since: first.startedAt, first: null }, isLast: true };
  return { ids, token: { since: 0, first: { ...first, after: page.at(-1)?.number ?? 0 } }, isLast: false };
}

/** The item as it is, or that it is gone; nothing for what is elsewhere or not the caller's to see. */
function objectOf(call: GraphCall, found: FoundItem, id: string): FileObject[] {
  const { tenant } = call;
  const item = tenant.files.items.get(id);
  if (item === undefined) return goneObject(call, found, id);
  if (!isBelow(call, found, item.id)) return [];
  if (levelOf(call, found.site, scopeOfItem(tenant, item)) < levels.read) return [];
  return [{ ...shaped(driveItemView(call, found), item, selection(call)), id: driveItemIdOf(item) }];
}

function goneObject(call: GraphCall, found: FoundItem, id: string): FileObject[] {
  const tombstone = call.tenant.files.itemTombstones.get(id);
  if (tombstone === undefined) return [];
  const facet = tombstone.isFolder ? { folder: {} } : { file: {} };
  const reference = parentReference(call.tenant, found, { ...found.item, parentId: null });
  return [
    {
      id: driveItemIdOf({ id, listId: found.list.id }),
      deleted: { state: 'deleted' },
      parentReference: reference,
      ...facet,
    },
  ];
}

function isBelow({ tenant }: GraphCall, { item }: FoundItem, id: string): boolean {
  let current: string | null = id;
  while (current !== null) {
    if (current === item.id) return true;
    current = tenant.files.items.get(current)?.parentId ?? null;
  }
  return false;
}

function selection(call: GraphCall): URLSearchParams {
  const options = new URLSearchParams();
  for (const name of ['$select', '$expand']) {
    const value = call.query.get(name);
    if (value !== null) options.set(name, value);
  }
  return options;
}

function tokenText(call: GraphCall): string | null {
  const argument = call.params['token']?.replace(/^token=/, '');
  const text = argument ?? call.query.get('token') ?? call.query.get('$deltatoken') ?? call.query.get('$skiptoken');
  return text === '' ? null : text;
}

/** A token that cannot be used sends the caller back to the beginning. */
function readToken(call: GraphCall, text: string): Token {
  const parsed = parseToken(text);
  const age = (call.tenant.now().getTime() - (parsed?.at ?? 0)) / 1000;
  if (parsed !== undefined && age <= call.settings.deltaTokenSeconds) return parsed;
  const [path = ''] = call.path.split('?', 1);
  throw fileError('resyncRequired', '', { location: `${call.root}${path.replace(/delta\(.*$/, 'delta')}?token=` });
}

function parseToken(text: string): Token | undefined {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function pageSize(call: GraphCall): number {
  const top = Number(call.query.get('$top') ?? call.settings.filePageSize);
  if (!Number.isInteger(top) || top < 1) throw fileError('invalid', 'Invalid value for $top.');
  return Math.min(top, MAXIMUM_PAGE);
}

/** The same call with its token; the other options of the first call stay in it. */
function link(call: GraphCall, token: string): string {
  const [path = '', query = ''] = call.path.split('?', 2);
  const kept = query
    .split('&')
    .filter((part) => part !== '' && !/^((\$|%24)(skiptoken|deltatoken)|token)=/i.test(part));
  return `${call.root}${path.replace(/delta\(.*$/, 'delta')}?${[...kept, `token=${token}`].join('&')}`;
}
