/** Fields of the online account that follow the directory. Without schemas, as the dashboard's screens need the names only. */
export const managedFields = [
  'displayName',
  'givenName',
  'surname',
  'department',
  'jobTitle',
  'officeLocation',
  'mobilePhone',
  'businessPhones',
  'companyName',
  'upn',
  'signInAllowed',
] as const;
export type ManagedField = (typeof managedFields)[number];

/** What happens when Microsoft 365 shows another value than the directory. */
export const driftPolicies = ['overwrite', 'warn', 'leave'] as const;
export type DriftPolicy = (typeof driftPolicies)[number];
