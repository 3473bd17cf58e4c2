/** Fields of a file of people, in the order of the template. Plain data, because screens need them before any schema. */
export const userImportFields = [
  'userName',
  'givenName',
  'surname',
  'displayName',
  'mail',
  'department',
  'title',
  'office',
  'phone',
  'mobile',
  'company',
  'description',
  'onlineAddress',
  'licenses',
  'usageLocation',
] as const;
export type UserImportField = (typeof userImportFields)[number];

/** Longest file of people, before it is encoded for the way. */
export const LONGEST_USER_FILE_BYTES = 2 * 1024 * 1024;
/** Rows of the longest file of people. */
export const MOST_USER_FILE_ROWS = 5000;
