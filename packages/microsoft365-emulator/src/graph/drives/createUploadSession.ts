import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { actorOf } from '../../files/actors.ts';
import { fileError } from '../../files/fileErrors.ts';
import { driveIdOf, driveItemIdOf } from '../../files/fileIds.ts';
import { checkName } from '../../files/fileNames.ts';
import { nameFor } from '../../files/items.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { checkQuota } from '../../files/sites.ts';
import { makeFolders } from '../../files/uploads.ts';
import type { UploadSessionRecord } from '../../store/filesRecords.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { context } from './filesOdata.ts';
import { findPlace, type Place } from './findDrive.ts';
import { readBody } from './readBody.ts';
import { requireItemLevel } from './requireItemLevel.ts';
import { checkSize } from './uploadContent.ts';
import { fileSystemInfoOf, fileSystemInfoSchema } from './writeItems.ts';

const sessionSchema = z.looseObject({
  item: z
    .looseObject({
      name: z.string().nullish(),
      description: z.string().nullish(),
      fileSize: z.number().int().min(0).nullish(),
      fileSystemInfo: fileSystemInfoSchema.nullish(),
      '@microsoft.graph.conflictBehavior': z.enum(['fail', 'replace', 'rename']).nullish(),
    })
    .nullish(),
  deferCommit: z.boolean().nullish(),
});

/** POST …/createUploadSession: with `fail`, a name that is taken is refused at once. */
export function createUploadSession(call: GraphCall): GraphAnswer {
  const place = findPlace(call);
  requireItemLevel(call, place, place.item ?? place.parent, levels.write);
  const order = readBody(call, sessionSchema);
  const size = order.item?.fileSize ?? null;
  if (size !== null) {
    checkSize(call, size);
    checkQuota(call.tenant, place.site, size);
  }
  const session = call.world.transaction(() => addSession(call, place, order));
  return ok({
    '@odata.context': context(call, 'microsoft.graph.uploadSession'),
    expirationDateTime: new Date(session.expiresAt).toISOString(),
    nextExpectedRanges: ['0-'],
    uploadUrl: uploadUrl(call, place, session),
  });
}

function addSession(call: GraphCall, place: Place, order: z.infer<typeof sessionSchema>): UploadSessionRecord {
  const { tenant } = call;
  const actor = actorOf(tenant, call.caller);
  const { parent, name } = target(call, place, order.item?.name ?? undefined);
  const behavior = order.item?.['@microsoft.graph.conflictBehavior'] ?? 'fail';
  checkName(name);
  // With `rename` the free name is found at the end, as another one may be taken until then.
  if (behavior === 'fail') nameFor(tenant, parent, name, behavior);
  const now = tenant.now();
  const times = { createdDateTime: now.toISOString(), lastModifiedDateTime: now.toISOString() };
  const session: UploadSessionRecord = {
    id: randomUUID(),
    siteId: place.site.id,
    listId: place.list.id,
    parentId: parent.id,
    name,
    conflictBehavior: behavior,
    description: order.item?.description ?? '',
    fileSystemInfo: fileSystemInfoOf(order.item?.fileSystemInfo ?? undefined, times),
    deferCommit: order.deferCommit ?? false,
    total: order.item?.fileSize ?? null,
    received: 0,
    expiresAt: now.getTime() + call.settings.uploadSessionSeconds * 1000,
    actor,
  };
  tenant.files.uploadSessions.put(session);
  return session;
}

/** Folder and name of the file to be: by path, or those of a file that is there, whose content is to be replaced. */
function target(call: GraphCall, place: Place, name: string | undefined): { parent: Place['parent']; name: string } {
  const { tenant } = call;
  if (place.item?.kind === 'file') return { parent: place.parent, name: place.item.name };
  const last = place.missing.at(-1);
  if (last === undefined) {
    if (name === undefined || place.item === undefined) throw fileError('invalid', 'The name of the file is missing.');
    return { parent: place.item, name };
  }
  const actor = actorOf(tenant, call.caller);
  const parent = makeFolders(tenant, place.list, place.parent, place.missing.slice(0, -1), actor);
  return { parent, name: name ?? last };
}

function uploadUrl(call: GraphCall, { site, list }: Place, { id, parentId }: UploadSessionRecord): string {
  const origin = call.root.replace(/\/v1\.0$/, '');
  const parent = driveItemIdOf({ id: parentId, listId: list.id });
  const path = `/_api/v2.0/drives/${driveIdOf(site, list)}/items/${parent}/uploadSession`;
  return `${origin}${path}?guid='${id}'&tenant=${call.tenant.id}&overwrite=True&rename=False&dc=0`;
}
