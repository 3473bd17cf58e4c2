import { fileError } from '../../files/fileErrors.ts';
import { scopeOfItem } from '../../files/roleAssignments.ts';
import type { Level } from '../../files/roleDefinitions.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';
import type { Drive } from './findDrive.ts';
import { requireLevel } from './requireLevel.ts';

export function requireItemLevel(call: GraphCall, { site }: Pick<Drive, 'site'>, item: ItemRecord, level: Level): void {
  requireLevel(call, site, level, scopeOfItem(call.tenant, item));
}

/** Refuses a change of something that is not as the caller last saw it: `If-Match` holds an eTag or a cTag. */
export function checkIfMatch(call: GraphCall, item: ItemRecord): void {
  const wanted = call.headers['if-match'];
  if (wanted === undefined || wanted === '*') return;
  const tags = tagsOf(item);
  const given = wanted.split(/,\s*(?=(?:W\/)?")/).map((tag) => tag.replace(/^W\//, '').trim());
  if (!given.some((tag) => tags.includes(tag))) throw fileError('resourceModified');
}

/** eTag and cTag of an item, and the form that lists give their items. */
export function tagsOf(item: ItemRecord): string[] {
  const upper = item.id.toUpperCase();
  return [`"{${upper}},${item.version}"`, `"c:{${upper}},${item.contentVersion}"`, `"${item.id},${item.version}"`];
}
