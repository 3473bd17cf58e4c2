import type { PermissionRows } from '../PermissionRows.ts';

export const applicationsPermissions: PermissionRows = {
  rows: {
    'GET /applications':
      'Application.Read.All Application.ReadWrite.All Directory.Read.All Directory.ReadWrite.All | Application.Read.All Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.Read.All Directory.ReadWrite.All',
    'POST /applications': 'Application.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy',
    'POST /applications/{id}/addKey':
      'Application.ReadWrite.All Directory.ReadWrite.All | Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All',
  },
  like: {
    'GET /applications/{id}': 'GET /applications',
    'PATCH /applications/{id}': 'POST /applications',
    'DELETE /applications/{id}': 'POST /applications',
    'GET /applications/{id}/owners': 'GET /applications',
    'POST /applications/{id}/owners/$ref': 'POST /applications',
    'POST /applications/{id}/removeKey': 'POST /applications/{id}/addKey',
    'POST /applications/{id}/addPassword': 'POST /applications/{id}/addKey',
    'POST /applications/{id}/removePassword': 'POST /applications/{id}/addKey',
  },
};
