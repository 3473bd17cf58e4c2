import { driveOperations } from '../../drives/operations.ts';
import { listOperations } from '../../lists/operations.ts';
import type { PermissionRows } from '../PermissionRows.ts';

// Applications that may use selected sites only are let in everywhere here: which site they may use is looked at later.
// The permissions that contain all others for sites are left out of the data for most operations.
const selected = 'Sites.Selected Sites.Manage.All Sites.FullControl.All';
const readSites = `Sites.Read.All Sites.ReadWrite.All ${selected}`;
const readFiles =
  'Files.Read Files.Read.All Files.ReadWrite Files.ReadWrite.All Sites.Read.All Sites.ReadWrite.All | Files.Read.All Files.ReadWrite.All Sites.Read.All Sites.ReadWrite.All';
const writeFiles = 'Files.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All | Files.ReadWrite.All Sites.ReadWrite.All';
const allSites = 'Sites.Read.All Sites.ReadWrite.All Sites.Manage.All Sites.FullControl.All';
const fullControl = 'Sites.FullControl.All';

const itemRows: Readonly<Record<string, string>> = {
  'GET /items/{item}':
    'Files.Read Files.Read.All Files.ReadWrite Files.ReadWrite.All Group.Read.All Group.ReadWrite.All Sites.Read.All Sites.ReadWrite.All | Files.Read.All Files.ReadWrite.All Group.Read.All Group.ReadWrite.All Sites.Read.All Sites.ReadWrite.All',
  // The data leaves the permission for files out for applications.
  'POST /items/{item}/createUploadSession':
    'Files.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All | Sites.ReadWrite.All',
};

/** Rows of the operations below a drive, which are the same wherever the drive was found. */
function driveRow(method: string, path: string): string {
  const below = path.slice(path.indexOf('/items/{item}'));
  const row = itemRows[`${method} ${below}`] ?? (method === 'GET' ? readFiles : writeFiles);
  return row
    .split('|')
    .map((part) => `${part.trim()} ${selected}`)
    .join(' | ');
}

const driveRows = Object.fromEntries(
  driveOperations.map(({ method, path }) => [`${method} ${path}`, driveRow(method, path)]),
);

const listRows: Readonly<Record<string, string>> = {
  'POST /sites/{site}/lists': `${selected} | Sites.ReadWrite.All ${selected}`,
  'GET /sites/{site}/lists/{list}/columns': readSites,
  'POST /sites/{site}/lists/{list}/columns': selected,
  // Not in the data.
  'PATCH /sites/{site}/lists/{list}': selected,
  'DELETE /sites/{site}/lists/{list}': selected,
};

const otherListRows = Object.fromEntries(
  listOperations
    .map(({ method, path }) => ({ key: `${method} ${path}`, method }))
    .map(({ key, method }) => [
      key,
      listRows[key] ?? (method === 'GET' ? readSites : `Sites.ReadWrite.All ${selected}`),
    ]),
);

const settings = 'SharePointTenantSettings.ReadWrite.All';

export const filesPermissions: PermissionRows = {
  rows: {
    ...driveRows,
    ...otherListRows,
    'GET /sites': allSites,
    // Listed for applications only; a token of a person is refused by the operation itself.
    'GET /sites/getAllSites': allSites,
    'GET /sites/{site}': readSites,
    'GET /sites/{site}/sites': readSites,
    'GET /groups/{group}/sites/{site}': readSites,
    // A signed-in person needs a role for SharePoint as well, which the operations look at.
    'GET /sites/{site}/permissions': fullControl,
    'POST /sites/{site}/permissions': fullControl,
    'GET /sites/{site}/permissions/{permission}': fullControl,
    'PATCH /sites/{site}/permissions/{permission}': fullControl,
    'DELETE /sites/{site}/permissions/{permission}': fullControl,
    'GET /admin/sharepoint/settings': `SharePointTenantSettings.Read.All ${settings}`,
    'PATCH /admin/sharepoint/settings': settings,
  },
};
