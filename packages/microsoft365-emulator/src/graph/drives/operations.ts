import type { GraphOperation } from '../GraphCall.ts';
import { createLink } from '../sharing/createLink.ts';
import { invite } from '../sharing/invite.ts';
import {
  deleteItemPermission,
  getItemPermission,
  listItemPermissions,
  updateItemPermission,
} from '../sharing/itemPermissions.ts';
import { createUploadSession } from './createUploadSession.ts';
import { deltaItems } from './deltaItems.ts';
import { drivePaths } from './drivePaths.ts';
import { listDrives, readDrive, readListOfDrive } from './readDrives.ts';
import { listChildren, listVersions, readContent, readItem, readListItemOf, searchItems } from './readItems.ts';
import { getThumbnail, getThumbnailContent, listThumbnails } from './thumbnails.ts';
import { uploadContent } from './uploadContent.ts';
import { copyDriveItem, createFolder, deleteItem, updateItem } from './writeItems.ts';

type BelowDrive = Omit<GraphOperation, 'path' | 'service'> & { readonly below: string };

const item = '/items/{item}';
// Microsoft documentation: "How to avoid getting throttled or blocked in SharePoint Online": 1 unit for one item, a
// delta query and a download, 2 for lists and writes, 5 for everything about permissions.
const belowDrive: readonly BelowDrive[] = [
  { method: 'GET', below: '', handle: readDrive },
  { method: 'GET', below: '/list', handle: readListOfDrive },
  { method: 'GET', below: item, handle: readItem },
  { method: 'PATCH', below: item, cost: 2, handle: updateItem },
  { method: 'DELETE', below: item, cost: 2, handle: deleteItem },
  { method: 'GET', below: `${item}/children`, cost: 2, handle: listChildren },
  { method: 'POST', below: `${item}/children`, cost: 2, handle: createFolder },
  { method: 'GET', below: `${item}/content`, handle: readContent },
  { method: 'PUT', below: `${item}/content`, cost: 2, takesBytes: true, handle: uploadContent },
  { method: 'POST', below: `${item}/createUploadSession`, cost: 2, handle: createUploadSession },
  { method: 'POST', below: `${item}/copy`, cost: 2, handle: copyDriveItem },
  { method: 'GET', below: `${item}/delta`, handle: deltaItems },
  { method: 'GET', below: `${item}/delta/{token}`, handle: deltaItems },
  { method: 'GET', below: `${item}/search/{q}`, cost: 2, handle: searchItems },
  { method: 'GET', below: `${item}/versions`, cost: 2, handle: listVersions },
  { method: 'GET', below: `${item}/listItem`, handle: readListItemOf },
  { method: 'GET', below: `${item}/thumbnails`, cost: 2, handle: listThumbnails },
  { method: 'GET', below: `${item}/thumbnails/{thumbnail}/{size}`, handle: getThumbnail },
  { method: 'GET', below: `${item}/thumbnails/{thumbnail}/{size}/content`, handle: getThumbnailContent },
  { method: 'GET', below: `${item}/permissions`, cost: 5, handle: listItemPermissions },
  { method: 'GET', below: `${item}/permissions/{permission}`, cost: 5, handle: getItemPermission },
  { method: 'PATCH', below: `${item}/permissions/{permission}`, cost: 5, handle: updateItemPermission },
  { method: 'DELETE', below: `${item}/permissions/{permission}`, cost: 5, handle: deleteItemPermission },
  { method: 'POST', below: `${item}/invite`, cost: 5, isSharing: true, handle: invite },
  { method: 'POST', below: `${item}/createLink`, cost: 5, isSharing: true, handle: createLink },
];

const lists: readonly string[] = ['/users/{user}/drives', '/groups/{group}/drives', '/sites/{site}/drives'];

export const driveOperations: readonly GraphOperation[] = [
  ...lists.map((path): GraphOperation => ({ method: 'GET', path, cost: 2, service: 'files', handle: listDrives })),
  ...drivePaths.flatMap((start) =>
    belowDrive.map(
      ({ below, ...operation }): GraphOperation => ({ ...operation, path: start + below, service: 'files' }),
    ),
  ),
];
