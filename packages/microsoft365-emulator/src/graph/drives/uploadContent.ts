import { actorOf } from '../../files/actors.ts';
import { fileError } from '../../files/fileErrors.ts';
import { type ConflictBehavior, fileOf, replaceContent } from '../../files/items.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { checkQuota } from '../../files/sites.ts';
import { makeFolders, storeUpload } from '../../files/uploads.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { answerOne } from './filesOdata.ts';
import { findPlace, type Place } from './findDrive.ts';
import { driveItemView } from './itemViews.ts';
import { checkIfMatch, requireItemLevel } from './requireItemLevel.ts';

// Microsoft documentation: "Upload or replace the contents of a driveItem".
const LARGEST_SIMPLE_UPLOAD = 250 * 1024 * 1024;

/** PUT …/content: 201 for a new file, 200 for new content of a known one. */
export function uploadContent(call: GraphCall): GraphAnswer {
  const place = findPlace(call);
  requireItemLevel(call, place, place.item ?? place.parent, levels.write);
  const bytes = Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0);
  checkSize(call, bytes.length, LARGEST_SIMPLE_UPLOAD);
  checkQuota(call.tenant, place.site, bytes.length - (place.item?.size ?? 0));
  const { item, isNew } = call.world.transaction(() => store(call, place, bytes));
  return answerOne(call, driveItemView(call, place), 'driveItem', item, isNew ? 201 : 200);
}

export function checkSize(call: GraphCall, size: number, limit = Number.POSITIVE_INFINITY): void {
  if (size > Math.min(limit, call.settings.maximumFileBytes)) throw fileError('tooLarge');
}

function store(call: GraphCall, place: Place, bytes: Buffer): { item: ItemRecord; isNew: boolean } {
  const { tenant, world } = call;
  const actor = actorOf(tenant, call.caller);
  const behavior = behaviorOf(call, 'replace');
  if (place.item !== undefined) {
    checkIfMatch(call, place.item);
    if (place.item.kind !== 'file') throw fileError('invalid', 'A folder has no content.');
    if (place.item.isLocked) throw fileError('itemLocked');
    if (behavior === 'replace') {
      const content = { file: fileOf(world, place.item.name, bytes), size: bytes.length };
      return { item: replaceContent(tenant, place.item, content, actor), isNew: false };
    }
  }
  const name = place.item?.name ?? place.missing.at(-1);
  if (name === undefined) throw fileError('itemMissing');
  const parent = makeFolders(tenant, place.list, place.parent, place.missing.slice(0, -1), actor);
  const file = fileOf(world, name, bytes);
  return storeUpload(tenant, { list: place.list, parent, name, behavior, file, size: bytes.length, actor });
}

/** What to do when the name is taken, as the query says. */
function behaviorOf(call: GraphCall, standard: ConflictBehavior): ConflictBehavior {
  const name = '@microsoft.graph.conflictBehavior';
  const given = call.query.get(name) ?? call.query.get('@name.conflictBehavior') ?? standard;
  if (given !== 'fail' && given !== 'replace' && given !== 'rename') {
    throw fileError('invalid', `The value of '${name}' is missing or not valid.`);
  }
  return given;
}
