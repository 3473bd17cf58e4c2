import type * as graph from '@microsoft/microsoft-graph-types';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyTraits,
  type PropertyType,
} from '../odata/ResourceType.ts';

const equality: readonly FilterOperator[] = ['eq', 'ne', 'in'];
const ordered: readonly FilterOperator[] = ['eq', 'ne', 'ge', 'le', 'in'];
const texts: readonly FilterOperator[] = [...ordered, 'startsWith'];
const addresses: readonly FilterOperator[] = [...texts, 'endsWith'];
const collection: readonly FilterOperator[] = ['any', 'eq', 'startsWith'];

const text = (maxLength: number, more: PropertyTraits = {}): PropertyDefinition<'string'> => ({
  type: 'string',
  maxLength,
  filter: texts,
  ...more,
});
const readOnly = <Type extends PropertyType>(
  type: Type,
  filter: readonly FilterOperator[] = [],
): PropertyDefinition<Type> => ({
  type,
  filter,
  isReadOnly: true,
});
const elsewhere = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({ type, isElsewhere: true });

/** Properties of a user: what is shown by default, what can be filtered by, and how long texts may be. */
export const userType = makeResourceType<graph.User>('User', 'users', {
  businessPhones: { type: 'strings', isDefault: true, filter: collection },
  displayName: text(256, { isDefault: true, canSort: 'always', canSearch: true }),
  givenName: text(64, { isDefault: true, canSort: 'advanced', canSearch: true }),
  jobTitle: text(128, { isDefault: true, canSort: 'advanced' }),
  mail: text(256, { isDefault: true, filter: addresses, canSort: 'advanced', canSearch: true }),
  mobilePhone: text(64, { isDefault: true }),
  officeLocation: text(128, { isDefault: true, canSort: 'advanced' }),
  preferredLanguage: text(64, { isDefault: true }),
  surname: text(64, { isDefault: true, canSort: 'advanced', canSearch: true }),
  userPrincipalName: text(113, { isDefault: true, filter: addresses, canSort: 'always', canSearch: true }),
  id: { ...readOnly('guid', [...equality, 'startsWith']), isDefault: true },
  accountEnabled: { type: 'boolean', filter: equality },
  aboutMe: elsewhere('string'),
  ageGroup: text(64, { filter: equality }),
  assignedLicenses: readOnly('objects', ['any', 'eq']),
  assignedPlans: readOnly('objects', ['any', 'eq']),
  birthday: elsewhere('dateTime'),
  city: text(128, { canSort: 'advanced' }),
  companyName: text(64, { canSort: 'advanced' }),
  consentProvidedForMinor: text(64, { filter: equality }),
  country: text(128, { canSort: 'advanced' }),
  createdDateTime: { ...readOnly('dateTime', ordered), canSort: 'advanced' },
  creationType: readOnly('string', equality),
  deletedDateTime: readOnly('dateTime', ordered),
  department: text(64, { filter: ordered, canSort: 'advanced' }),
  employeeHireDate: { type: 'dateTime', filter: ordered },
  employeeId: text(16),
  employeeType: text(64, { filter: texts }),
  externalUserState: readOnly('string', equality),
  faxNumber: text(64),
  hireDate: elsewhere('dateTime'),
  identities: { ...readOnly('objects', ['any', 'eq']) },
  imAddresses: readOnly('strings', collection),
  interests: elsewhere('strings'),
  isResourceAccount: { type: 'boolean' },
  lastPasswordChangeDateTime: readOnly('dateTime'),
  licenseAssignmentStates: readOnly('objects'),
  mailNickname: text(64, { canSort: 'advanced', canSearch: true }),
  onPremisesDistinguishedName: readOnly('string'),
  onPremisesDomainName: readOnly('string'),
  onPremisesExtensionAttributes: { type: 'object', filter: equality },
  onPremisesImmutableId: text(64, { filter: ordered }),
  onPremisesLastSyncDateTime: readOnly('dateTime', ordered),
  onPremisesProvisioningErrors: readOnly('objects'),
  onPremisesSamAccountName: readOnly('string', texts),
  onPremisesSecurityIdentifier: readOnly('string', equality),
  onPremisesSyncEnabled: readOnly('boolean', equality),
  onPremisesUserPrincipalName: readOnly('string', texts),
  otherMails: { type: 'strings', filter: [...collection, 'endsWith'], canSearch: true },
  passwordPolicies: text(64, { filter: equality }),
  passwordProfile: { type: 'object' },
  postalCode: text(40),
  preferredDataLocation: text(64, { filter: ordered }),
  provisionedPlans: readOnly('objects'),
  proxyAddresses: { ...readOnly('strings', [...collection, 'endsWith']), canSearch: true },
  securityIdentifier: readOnly('string', equality),
  serviceProvisioningErrors: readOnly('objects'),
  showInAddressList: { type: 'boolean', filter: equality },
  signInActivity: readOnly('object'),
  signInSessionsValidFromDateTime: readOnly('dateTime'),
  skills: elsewhere('strings'),
  state: text(128, { canSort: 'advanced' }),
  streetAddress: text(1024),
  usageLocation: text(2, { filter: texts }),
  userType: text(64, { filter: equality }),
});
