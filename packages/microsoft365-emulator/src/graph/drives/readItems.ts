import { fileError } from '../../files/fileErrors.ts';
import { childrenOf, withDescendants } from '../../files/items.ts';
import { scopeOfItem } from '../../files/roleAssignments.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { downloadUrl } from './downloadUrl.ts';
import { type FileVersion, versionObject, versionsOf } from './driveViews.ts';
import { answerList, answerOne, type FileView } from './filesOdata.ts';
import { type Drive, type FoundItem, getItem } from './findDrive.ts';
import { driveItemView, listItemView } from './itemViews.ts';
import { requireItemLevel, tagsOf } from './requireItemLevel.ts';
import { levelOf } from './requireLevel.ts';

// Microsoft documentation: "List children of a driveItem".
const sortable = ['name', 'size', 'lastModifiedDateTime'];

function getReadable(call: GraphCall): FoundItem {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.read);
  return found;
}

function readableOnes(call: GraphCall, { site }: Drive, items: readonly ItemRecord[]): ItemRecord[] {
  return items.filter((item) => levelOf(call, site, scopeOfItem(call.tenant, item)) >= levels.read);
}

/** GET …/items/{id}; the same tag in `If-None-Match` is answered with 304. */
export function readItem(call: GraphCall): GraphAnswer {
  const found = getReadable(call);
  if (isKnown(call, found.item)) return { status: 304 };
  return answerOne(call, driveItemView(call, found), 'driveItem', found.item);
}

function isKnown(call: GraphCall, item: ItemRecord): boolean {
  const known = call.headers['if-none-match']?.split(/,\s*(?=")/) ?? [];
  return tagsOf(item).some((tag) => known.includes(tag));
}

/** GET …/children */
export function listChildren(call: GraphCall): GraphAnswer {
  const found = getReadable(call);
  const all = readableOnes(call, found, childrenOf(call.tenant, found.item));
  // Folders come first, each kind by name, as in a library's standard view.
  const values = all.toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, 'en'));
  return answerList(call, { ...driveItemView(call, found), set: 'driveItem', values, sortable });
}

function rank({ kind }: ItemRecord): number {
  return kind === 'folder' ? 0 : 1;
}

/** GET …/content: a redirection to an address that needs no token. */
export function readContent(call: GraphCall): GraphAnswer {
  const { item } = getReadable(call);
  if (item.file === null) throw fileError('invalid', 'A folder has no content.');
  if (isKnown(call, item)) return { status: 304 };
  return { status: 302, headers: { location: downloadUrl(call, item) } };
}

/** GET …/search(q='…'): below a folder, by name. */
export function searchItems(call: GraphCall): GraphAnswer {
  const found = getReadable(call);
  const wanted = (call.params['q'] ?? '').replace(/^q=/, '').toLowerCase();
  const below = withDescendants(call.tenant, found.item).slice(1);
  const values = readableOnes(call, found, below).filter(({ name }) => name.toLowerCase().includes(wanted));
  return answerList(call, { ...driveItemView(call, found), set: 'Collection(driveItem)', values, sortable });
}

const versionView: FileView<FileVersion> = { kind: 'driveItemVersion', toObject: versionObject };

/** GET …/versions */
export function listVersions(call: GraphCall): GraphAnswer {
  const { item } = getReadable(call);
  return answerList(call, { ...versionView, set: 'Collection(driveItemVersion)', values: versionsOf(item) });
}

/** GET …/listItem */
export function readListItemOf(call: GraphCall): GraphAnswer {
  const found = getReadable(call);
  return answerOne(call, listItemView(call.tenant, found, call), 'listItem', found.item);
}
