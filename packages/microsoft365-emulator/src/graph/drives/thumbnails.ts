import { fileError } from '../../files/fileErrors.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { type Asking, downloadUrl } from './downloadUrl.ts';
import { context, type FileObject } from './filesOdata.ts';
import { type FoundItem, getItem } from './findDrive.ts';
import { imageSize } from './imageSize.ts';
import { requireItemLevel } from './requireItemLevel.ts';

// Microsoft documentation: "List thumbnails for a DriveItem": the longest side of each size.
const longestSides = { small: 96, medium: 176, large: 800 } as const;
type Size = keyof typeof longestSides;

/** The thumbnails of pictures: the picture itself with the size that it should have. Other files have none. */
export function thumbnailSets(call: Asking, item: ItemRecord): FileObject[] {
  const size = item.file?.mimeType.startsWith('image/')
    ? imageSize(call.world.contents.get(item.file.content))
    : undefined;
  if (size === undefined) return [];
  const url = downloadUrl(call, item);
  const longest = Math.max(size.width, size.height, 1);
  const sizes = Object.entries(longestSides).map(([name, side]) => {
    const factor = Math.min(1, side / longest);
    return [name, { height: Math.round(size.height * factor), width: Math.round(size.width * factor), url }];
  });
  return [{ id: '0', ...Object.fromEntries(sizes) }];
}

/** GET …/thumbnails */
export function listThumbnails(call: GraphCall): GraphAnswer {
  const found = readable(call);
  const value = thumbnailSets(call, found.item);
  return ok({ '@odata.context': context(call, 'Collection(thumbnailSet)'), value });
}

/** GET …/thumbnails/{id}/{size} */
export function getThumbnail(call: GraphCall): GraphAnswer {
  return ok({ '@odata.context': context(call, 'thumbnail/$entity'), ...thumbnail(call) });
}

/** GET …/thumbnails/{id}/{size}/content */
export function getThumbnailContent(call: GraphCall): GraphAnswer {
  return { status: 302, headers: { location: thumbnail(call).url } };
}

function thumbnail(call: GraphCall): { readonly url: string } {
  const found = readable(call);
  const [set] = call.params['thumbnail'] === '0' ? thumbnailSets(call, found.item) : [];
  const size = set?.[call.params['size'] as Size];
  if (size === undefined) throw fileError('itemMissing');
  return size as { readonly url: string };
}

function readable(call: GraphCall): FoundItem {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.read);
  return found;
}
