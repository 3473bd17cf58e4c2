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
const collection: readonly FilterOperator[] = ['any', 'eq'];

type More = PropertyTraits;

const shown = <Type extends PropertyType>(type: Type, more: More = {}): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  ...more,
});
const readOnly = <Type extends PropertyType>(type: Type, more: More = {}): PropertyDefinition<Type> =>
  shown(type, { isReadOnly: true, ...more });
/** Kept by Exchange: shown for a single group that is asked for it by name. */
const ofExchange = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({ type, isElsewhere: true });

/** Properties of a Microsoft 365 group that Exchange keeps: changing them is answered with 200 instead of 204. */
export const exchangeProperties: ReadonlySet<string> = new Set([
  'allowExternalSenders',
  'autoSubscribeNewMembers',
  'hideFromAddressLists',
  'hideFromOutlookClients',
  'isSubscribedByMail',
  'unseenCount',
]);

/** Graph answers some properties that the types do not have. */
type Group = graph.Group & {
  readonly [Name in 'creationOptions' | 'resourceBehaviorOptions' | 'resourceProvisioningOptions']: string[];
};

/** Source: Microsoft documentation, "group resource type", its properties and what they support. */
export const groupType = makeResourceType<Group>('Group', 'groups', {
  id: readOnly('guid', { filter: equality }),
  deletedDateTime: readOnly('dateTime'),
  classification: shown('string', { maxLength: 256 }),
  createdDateTime: readOnly('dateTime', { filter: ordered, canSort: 'advanced' }),
  creationOptions: readOnly('strings'),
  description: shown('string', { maxLength: 1024, filter: texts, advanced: ['startsWith'], canSearch: true }),
  displayName: shown('string', { maxLength: 256, filter: texts, canSort: 'always', canSearch: true }),
  expirationDateTime: readOnly('dateTime'),
  groupTypes: shown('strings', { filter: collection }),
  isAssignableToRole: shown('boolean', { filter: equality }),
  mail: readOnly('string', { filter: texts, canSearch: true }),
  mailEnabled: shown('boolean', { filter: equality }),
  mailNickname: shown('string', { maxLength: 64, filter: texts, canSearch: true }),
  membershipRule: shown('string', { filter: texts }),
  membershipRuleProcessingState: shown('string', { filter: equality }),
  onPremisesDomainName: readOnly('string'),
  onPremisesLastSyncDateTime: readOnly('dateTime', { filter: ordered }),
  onPremisesNetBiosName: readOnly('string'),
  onPremisesSamAccountName: readOnly('string', { filter: texts }),
  onPremisesSecurityIdentifier: readOnly('string', { filter: equality }),
  onPremisesSyncEnabled: readOnly('boolean', { filter: equality }),
  preferredDataLocation: shown('string', { maxLength: 64 }),
  preferredLanguage: shown('string', { maxLength: 64 }),
  proxyAddresses: readOnly('strings', { filter: [...collection, 'startsWith', 'endsWith'], canSearch: true }),
  renewedDateTime: readOnly('dateTime', { filter: ordered }),
  resourceBehaviorOptions: shown('strings'),
  resourceProvisioningOptions: shown('strings', { filter: collection }),
  securityEnabled: shown('boolean', { filter: equality }),
  securityIdentifier: readOnly('string', { filter: equality }),
  theme: shown('string', { maxLength: 64 }),
  uniqueName: shown('string', { maxLength: 128, filter: equality }),
  visibility: shown('string', { maxLength: 64 }),
  onPremisesProvisioningErrors: readOnly('objects'),
  serviceProvisioningErrors: readOnly('objects'),
  allowExternalSenders: ofExchange('boolean'),
  assignedLabels: { type: 'objects' },
  assignedLicenses: { type: 'objects', filter: collection, isReadOnly: true },
  autoSubscribeNewMembers: ofExchange('boolean'),
  hasMembersWithLicenseErrors: { type: 'boolean', filter: ['eq'], isReadOnly: true },
  hideFromAddressLists: ofExchange('boolean'),
  hideFromOutlookClients: ofExchange('boolean'),
  isArchived: { type: 'boolean', isReadOnly: true, isElsewhere: true },
  isSubscribedByMail: ofExchange('boolean'),
  licenseProcessingState: { type: 'object', isReadOnly: true },
  unseenCount: ofExchange('integer'),
});
