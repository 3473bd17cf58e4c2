import type { HttpAnswer } from '../../http/HttpAnswer.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { World } from '../../store/World.ts';
import { openTicket } from './downloadUrl.ts';
import { tagsOf } from './requireItemLevel.ts';

interface DownloadRequest {
  readonly ticket: string;
  readonly range: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** The content of a file for whoever has a ticket, or the part of it that was asked for. */
export function sendDownload(world: World, { ticket, range, ifNoneMatch }: DownloadRequest): HttpAnswer {
  const opened = openTicket(world, ticket);
  if (opened === undefined) return { status: 401, headers: { 'content-type': 'text/plain' }, body: '401 UNAUTHORIZED' };
  const item = world.tenants.get(opened.tenant)?.files.items.get(opened.item);
  if (item?.file == null) return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 NOT FOUND' };
  const [etag = ''] = tagsOf(item);
  if (ifNoneMatch !== undefined && tagsOf(item).includes(ifNoneMatch)) return { status: 304, headers: { etag } };
  const bytes = world.contents.get(item.file.content);
  return { ...part(bytes, range, headersOf(item, etag)) };
}

function headersOf({ file, name, modifiedDateTime }: ItemRecord, etag: string): Record<string, string> {
  return {
    'accept-ranges': 'bytes',
    'content-type': file?.mimeType ?? 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'last-modified': new Date(modifiedDateTime).toUTCString(),
    'cache-control': 'private, max-age=0',
    etag,
  };
}

function part(bytes: Buffer, range: string | undefined, headers: Record<string, string>): HttpAnswer {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return { status: 200, headers, body: bytes };
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  if (start > end) return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` } };
  const contentRange = `bytes ${start}-${end}/${bytes.length}`;
  return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: bytes.subarray(start, end + 1) };
}
