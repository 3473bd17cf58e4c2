import { fileError } from '../../files/fileErrors.ts';
import { fileOf } from '../../files/items.ts';
import { checkQuota } from '../../files/sites.ts';
import { storeUpload } from '../../files/uploads.ts';
import type { Settings } from '../../settings.ts';
import type { ItemRecord, UploadSessionRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { World } from '../../store/World.ts';
import { GraphError } from '../GraphError.ts';

// Microsoft documentation: "driveItem: createUploadSession".
const LARGEST_PART = 60 * 1024 * 1024;
const PART_MULTIPLE = 320 * 1024;

export interface UploadContext {
  readonly world: World;
  readonly tenant: Tenant;
  readonly settings: Settings;
}

/** What an upload has come to: still going on, or a file. */
export type UploadState =
  | { readonly session: UploadSessionRecord; readonly item: undefined }
  | { readonly item: ItemRecord; readonly isNew: boolean };

/** The session with this id, while it can be used. */
export function getUploadSession({ tenant }: UploadContext, id: string): UploadSessionRecord {
  const session = tenant.files.uploadSessions.get(id);
  if (session === undefined || session.expiresAt <= tenant.now().getTime()) throw fileError('uploadGone');
  return session;
}

/** Takes the next part of a file; the last one makes the file, unless that is to wait. */
export function receivePart(
  context: UploadContext,
  session: UploadSessionRecord,
  contentRange: string | undefined,
  bytes: Buffer,
): UploadState {
  const { world, tenant } = context;
  const range = readRange(contentRange, bytes);
  checkRange(session, range);
  const site = tenant.files.sites.get(session.siteId);
  if (site === undefined) throw fileError('uploadGone');
  if (session.received === 0) {
    if (range.total > context.settings.maximumFileBytes) throw fileError('tooLarge');
    checkQuota(tenant, site, range.total);
  }
  world.contents.append(session.id, session.received, bytes);
  const received = session.received + bytes.length;
  const expiresAt = tenant.now().getTime() + context.settings.uploadSessionSeconds * 1000;
  const advanced = { ...session, received, total: range.total, expiresAt };
  world.transaction(() => tenant.files.uploadSessions.put(advanced));
  if (received < range.total || session.deferCommit) return { session: advanced, item: undefined };
  return commitUpload(context, advanced);
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

function readRange(text: string | undefined, bytes: Buffer): Range {
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(text ?? '') ?? [];
  const range = { start: Number(start), end: Number(end), total: Number(total) };
  const isValid = start !== undefined && range.end - range.start + 1 === bytes.length && range.end < range.total;
  if (!isValid) throw fileError('invalid', 'The Content-Range header is missing or does not fit the content.');
  if (bytes.length > LARGEST_PART) throw fileError('tooLarge');
  const isLast = range.end + 1 === range.total;
  if (!isLast && bytes.length % PART_MULTIPLE !== 0) {
    throw fileError('invalid', `The size of a part must be a multiple of ${PART_MULTIPLE} bytes.`);
  }
  return range;
}

function checkRange(session: UploadSessionRecord, { start, total }: Range): void {
  if (start < session.received) throw fileError('fragmentOverlap');
  if (start > session.received) throw fileError('fragmentOutOfOrder');
  if (session.total !== null && session.total !== total) {
    throw fileError('invalid', 'The size of the file differs from what was said before.');
  }
}

/** Makes the file from what was received. A name that was taken meanwhile leaves the session as it is. */
export function commitUpload({ world, tenant }: UploadContext, session: UploadSessionRecord): UploadState {
  const { files } = tenant;
  const list = files.lists.get(session.listId);
  const parent = files.items.get(session.parentId);
  if (list === undefined || parent === undefined) throw fileError('uploadGone');
  if (session.total === null || session.received < session.total) {
    throw fileError('invalid', 'The upload is not complete.');
  }
  const bytes = world.contents.uploaded(session.id);
  const { name, conflictBehavior: behavior, actor, description, fileSystemInfo } = session;
  const file = fileOf(world, name, bytes);
  try {
    const stored = world.transaction(() => {
      files.uploadSessions.remove(session.id);
      const size = bytes.length;
      return storeUpload(tenant, { list, parent, name, behavior, file, size, actor, description, fileSystemInfo });
    });
    world.contents.dropUpload(session.id);
    return stored;
  } catch (error) {
    if (error instanceof GraphError && error.code === 'nameAlreadyExists') throw fileError('uploadNameConflict');
    throw error;
  }
}

export function cancelUpload({ world, tenant }: UploadContext, session: UploadSessionRecord): void {
  world.transaction(() => tenant.files.uploadSessions.remove(session.id));
  world.contents.dropUpload(session.id);
}

/** What is still expected, as answers show it. */
export function uploadStatus({ received, total, expiresAt }: UploadSessionRecord): object {
  const nextExpectedRanges = total !== null && received >= total ? [] : [`${received}-`];
  return { expirationDateTime: new Date(expiresAt).toISOString(), nextExpectedRanges };
}
