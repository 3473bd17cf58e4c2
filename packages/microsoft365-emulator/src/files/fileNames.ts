import { extname } from 'node:path';
import { placeKey } from '../store/FilesCollections.ts';
import type { Tenant } from '../store/Tenant.ts';
import { fileError } from './fileErrors.ts';

// Microsoft documentation: "Restrictions and limitations in OneDrive and SharePoint": characters and names that are not
// allowed, and 400 characters for a whole path.
const FORBIDDEN = /["*:<>?/\\|]|^\s|\s$|\.$|_vti_|^~\$/i;
const RESERVED = /^(\.lock|con|prn|aux|nul|com\d|lpt\d|desktop\.ini)$/i;
const LONGEST = 255;

export function checkName(name: string): void {
  // Characters below the blank are never part of a name.
  const hasControls = [...name].some((character) => character < ' ');
  if (name === '' || name.length > LONGEST || hasControls || FORBIDDEN.test(name) || RESERVED.test(name)) {
    throw fileError('invalidName');
  }
}

/** A name that is still free in a folder: `report 1.txt` when `report.txt` is taken. */
export function freeNameIn(tenant: Tenant, parentId: string, name: string): string {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  let free = name;
  for (let number = 1; tenant.files.items.find('place', placeKey(parentId, free)) !== undefined; number += 1) {
    free = `${stem} ${number}${extension}`;
  }
  return free;
}

const types: Readonly<Record<string, string>> = {
  '.aspx': 'text/html',
  '.bin': 'application/octet-stream',
  '.csv': 'text/csv',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.txt': 'text/plain',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'text/xml',
  '.zip': 'application/x-zip-compressed',
};

export function mimeTypeOf(name: string): string {
  return types[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
