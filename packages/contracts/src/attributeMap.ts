/**
 * Directory attributes that each property of the online account may follow; the first is the standard. Without
 * schemas, as the dashboard's screens need the names only.
 */
export const attributeSources = {
  displayName: ['displayName'],
  givenName: ['givenName'],
  surname: ['surname'],
  department: ['department', 'office', 'company'],
  jobTitle: ['title', 'description'],
  officeLocation: ['office', 'department'],
  mobilePhone: ['mobile', 'phone'],
  businessPhones: ['phone', 'mobile'],
  companyName: ['company', 'department'],
} as const;

export type MappedField = keyof typeof attributeSources;
export type AttributeSource = (typeof attributeSources)[MappedField][number];
export const mappedFields = Object.keys(attributeSources) as MappedField[];

/** A property that follows nothing: neither compared nor changed. */
export const MAP_OFF = 'off';

export const scopeAttributes = [
  'userName',
  'upn',
  'mail',
  'department',
  'title',
  'office',
  'company',
  'description',
] as const;
export const scopeOperators = ['equals', 'not-equals', 'contains', 'starts-with'] as const;

/** Why the pass leaves a person alone. */
export const notManagedReasons = ['excluded', 'outside-units', 'outside-groups', 'outside-filter'] as const;
export type NotManagedReason = (typeof notManagedReasons)[number];
