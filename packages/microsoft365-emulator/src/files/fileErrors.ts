import { GraphError } from '../graph/GraphError.ts';

interface FileErrorEntry {
  readonly status: number;
  readonly code: string;
  /** Second code, in `innerError`. */
  readonly inner?: string;
  readonly message: string;
}

/**
 * Refusals of sites and files in Microsoft Graph. Codes and inner codes: Microsoft documentation (concepts/errors of
 * July 2021); texts from public logs of clients, or likely ones where the mark says so.
 */
const catalog = {
  itemMissing: { status: 404, code: 'itemNotFound', message: 'The resource could not be found.' },
  listMissing: { status: 404, code: 'itemNotFound', message: 'The specified list was not found' },
  siteMissing: { status: 404, code: 'itemNotFound', message: 'Requested site could not be found' },
  nameExists: { status: 409, code: 'nameAlreadyExists', message: 'The specified item name already exists.' },
  fragmentOverlap: {
    status: 416,
    code: 'invalidRange',
    inner: 'fragmentOverlap',
    message: 'The uploaded fragment overlaps with data that has already been received.',
  },
  itemLocked: {
    status: 423,
    code: 'notAllowed',
    inner: 'resourceLocked',
    message: 'The resource you are attempting to access is locked',
  },
  siteLocked: {
    status: 423,
    code: 'notAllowed',
    inner: 'resourceLocked',
    message: 'Access to this site has been blocked. Please contact the administrator to resolve this problem.',
  },
  listNameGiven: {
    status: 400,
    code: 'invalidRequest',
    message: "Cannot define a 'name' for a list as it is assigned by the server. Instead, provide 'displayName'",
  },
  unresolvedUsers: {
    status: 400,
    code: 'invalidRequest',
    message: 'One or more users could not be resolved',
  },
  notIndexed: {
    status: 400,
    code: 'invalidRequest',
    message:
      "Field '{detail}' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be warned that such queries may fail on large lists.",
  },
  noPersonalSite: { status: 404, code: 'ResourceNotFound', message: "User's mysite not found." },
  noLicense: { status: 400, code: 'BadRequest', message: 'Tenant does not have a SPO license.' },
  // The codes are known, the texts are not.
  uploadNameConflict: {
    status: 409,
    code: 'upload_name_conflict',
    message: 'Another file with the same name exists; the upload was received but not committed.',
  },
  fragmentOutOfOrder: {
    status: 416,
    code: 'invalidRange',
    inner: 'fragmentOutOfOrder',
    message: 'The uploaded fragment does not start where the received data ends.',
  },
  uploadGone: { status: 404, code: 'itemNotFound', message: 'The upload session was not found.' },
  quotaFull: { status: 507, code: 'quotaLimitReached', message: 'Insufficient space available.' },
  resourceModified: {
    status: 412,
    code: 'resourceModified',
    message: "ETag does not match current item's value",
  },
  accessDenied: { status: 403, code: 'accessDenied', message: 'Access denied' },
  sharingDisabled: { status: 403, code: 'accessDenied', inner: 'sharingDisabled', message: 'Sharing is disabled.' },
  tooLarge: { status: 413, code: 'invalidRequest', inner: 'maxFileSizeExceeded', message: 'The file is too large.' },
  resyncRequired: {
    status: 410,
    code: 'resyncRequired',
    message: 'Resync required. Replace any local items with the server version.',
  },
  invalidName: {
    status: 400,
    code: 'invalidRequest',
    message: 'The provided name cannot contain leading, or trailing, spaces, or reserved characters or words.',
  },
  invalid: { status: 400, code: 'invalidRequest', message: '{detail}' },
} as const satisfies Readonly<Record<string, FileErrorEntry>>;

export type FileErrorName = keyof typeof catalog;

/** A refusal of the catalog; `detail` is put into texts that have room for it. */
export function fileError(
  name: FileErrorName,
  detail = '',
  headers: Readonly<Record<string, string>> = {},
): GraphError {
  const { status, code, message, inner }: FileErrorEntry = { inner: undefined, ...catalog[name] } as FileErrorEntry;
  const text = message.replace('{detail}', detail);
  return new GraphError(status, code, text, { headers, ...(inner === undefined ? {} : { innerCode: inner }) });
}
