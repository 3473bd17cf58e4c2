interface Entry {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

const exception = 'Microsoft.SharePoint.SPException';
const client = 'Microsoft.SharePoint.Client';

/**
 * Refusals of SharePoint's classic interface: number and .NET type, and the text. Source: the command line and libraries
 * of PnP and answers recorded there; the status of most that are not 403 or 404 is a likely one.
 */
const catalog = {
  listMissingByTitle: {
    status: 404,
    code: '-1, System.ArgumentException',
    text: "List '{name}' does not exist at site with URL '{url}'.",
  },
  listMissingById: {
    status: 404,
    code: `-2130575322, ${exception}`,
    text: 'List does not exist.\n\nThe page you selected contains a list that does not exist. It may have been deleted by another user.',
  },
  listTitleTaken: {
    status: 500,
    code: `-2130575342, ${exception}`,
    text: 'A list, survey, discussion board, or document library with the specified title already exists in this Web site.  Please choose another title.',
  },
  itemMissing: {
    status: 404,
    code: '-2130575338, System.ArgumentException',
    text: 'Item does not exist. It may have been deleted by another user.',
  },
  accessDenied: {
    status: 403,
    code: '-2147024891, System.UnauthorizedAccessException',
    text: 'Access denied. You do not have permission to perform this action or access this resource.',
  },
  siteLocked: {
    status: 423,
    code: `-2147024891, ${exception}`,
    text: 'Access to this Web site has been blocked. Please contact the administrator to resolve this problem.',
  },
  fileMissing: { status: 404, code: '-2147024894, System.IO.FileNotFoundException', text: 'File Not Found.' },
  fileNameTaken: {
    status: 400,
    code: `-2130575257, ${exception}`,
    text: 'A file with the name {name} already exists. It was last modified by {user} on {date}.',
  },
  fileCheckedOut: {
    status: 423,
    code: '-2130575306, Microsoft.SharePoint.SPFileCheckOutException',
    text: 'The file "{name}" is checked out for editing by {user}.',
  },
  quotaFull: {
    status: 507,
    code: `-2130575155, ${exception}`,
    text: 'Your changes could not be saved because this SharePoint Web site has exceeded the storage quota limit.',
  },
  userUnknown: {
    status: 500,
    code: `-2130575276, ${exception}`,
    text: 'The user does not exist or is not unique.',
  },
  userNotFound: {
    status: 404,
    code: `-2146232832, ${exception}`,
    text: 'User cannot be found.',
  },
  groupMissing: { status: 404, code: `-2146232832, ${exception}`, text: 'Group cannot be found.' },
  groupNameTaken: {
    status: 500,
    code: `-2130575293, ${exception}`,
    text: 'The specified name is already in use.\n\nPlease try again with a new name.',
  },
  badArgument: {
    status: 400,
    code: '-2147024809, System.ArgumentException',
    text: 'Value does not fall within the expected range.',
  },
  badBody: { status: 400, code: `-1, ${client}.InvalidClientQueryException`, text: '{name}' },
  principalMissing: {
    status: 404,
    code: `-2146232832, ${exception}`,
    text: 'Can not find the principal with id: {name}.',
  },
  uniqueViolated: {
    status: 500,
    code: '-2130575169, Microsoft.SharePoint.SPDuplicateValuesFoundException',
    text: 'The list item could not be added or updated because duplicate values were found in the following field(s) in the list: [{name}].',
  },
  preconditionFailed: {
    status: 412,
    code: `-1, ${client}.ClientServiceException`,
    text: "The request ETag value '{name}' does not match the object's ETag value '{url}'.",
  },
  resourceMissing: {
    status: 404,
    code: `-1, ${client}.ResourceNotFoundException`,
    text: 'Cannot find resource for the request {name}.',
  },
  badQuery: {
    status: 400,
    code: `-1, ${client}.InvalidClientQueryException`,
    text: 'The expression "{name}" is not valid.',
  },
  unknownProperty: {
    status: 400,
    code: `-1, ${client}.InvalidClientQueryException`,
    text: "The property '{name}' does not exist on type '{url}'. Make sure to only use property names that are defined by the type.",
  },
  invalidOperation: { status: 400, code: `-1, ${client}.InvalidOperationException`, text: '{name}' },
  methodNotAllowed: {
    status: 405,
    code: `-1, ${client}.ClientServiceException`,
    text: "The HTTP method '{name}' cannot be used to access the resource '{url}'. The operation type of the resource is specified as 'Default'. Please use correct HTTP method to invoke the resource.",
  },
  notEmulated: { status: 501, code: '-1, System.NotImplementedException', text: 'The emulator does not know {name}.' },
} as const satisfies Readonly<Record<string, Entry>>;

type Detail = Partial<Readonly<Record<'name' | 'url' | 'user' | 'date', string>>>;

/** A refusal in the form of SharePoint's classic interface. */
export class SharePointError extends Error {
  readonly status: number;
  /** Number and type, which clients go by; the text is in the language of the site. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(name: keyof typeof catalog, detail: Detail = {}, headers: Readonly<Record<string, string>> = {}) {
    const { status, code, text }: Entry = catalog[name];
    super(text.replaceAll(/\{(\w+)\}/g, (_, part: keyof Detail) => detail[part] ?? ''));
    this.name = 'SharePointError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
