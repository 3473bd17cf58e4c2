import type * as graph from '@microsoft/microsoft-graph-types';
import type {
  ApplicationRecord,
  KeyCredentialRecord,
  PasswordCredentialRecord,
  PropertyValue,
} from '../../store/records.ts';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyType,
} from '../odata/ResourceType.ts';

const texts: readonly FilterOperator[] = ['eq', 'ne', 'in', 'startsWith', 'ge', 'le'];
const shown = <Type extends PropertyType>(
  type: Type,
  filter: readonly FilterOperator[] = [],
): PropertyDefinition<Type> => ({
  type,
  filter,
  isDefault: true,
});

export const applicationType = makeResourceType<graph.Application>('Application', 'applications', {
  id: { ...shown('guid', ['eq', 'ne', 'in']), isReadOnly: true },
  deletedDateTime: { ...shown('dateTime'), isReadOnly: true },
  addIns: shown('objects'),
  api: shown('object'),
  appId: { ...shown('guid', ['eq', 'in']), isReadOnly: true },
  applicationTemplateId: shown('string'),
  appRoles: shown('objects'),
  createdDateTime: { ...shown('dateTime', ['eq', 'ne', 'ge', 'le', 'in']), isReadOnly: true },
  defaultRedirectUri: shown('string'),
  description: shown('string', texts),
  disabledByMicrosoftStatus: { ...shown('string'), isReadOnly: true },
  displayName: { ...shown('string', texts), canSort: 'always', canSearch: true, maxLength: 256 },
  groupMembershipClaims: shown('string'),
  identifierUris: shown('strings', ['any', 'eq', 'startsWith']),
  info: shown('object'),
  isDeviceOnlyAuthSupported: shown('boolean'),
  isFallbackPublicClient: shown('boolean'),
  keyCredentials: shown('objects'),
  notes: shown('string'),
  oauth2RequirePostResponse: shown('boolean'),
  optionalClaims: shown('object'),
  parentalControlSettings: shown('object'),
  passwordCredentials: shown('objects'),
  publicClient: shown('object'),
  publisherDomain: { ...shown('string', texts), isReadOnly: true },
  requestSignatureVerification: shown('object'),
  requiredResourceAccess: shown('objects'),
  samlMetadataUrl: shown('string'),
  serviceManagementReference: shown('string'),
  signInAudience: shown('string', ['eq', 'ne', 'in']),
  spa: shown('object'),
  tags: shown('strings', ['any', 'eq', 'startsWith']),
  tokenEncryptionKeyId: shown('guid'),
  uniqueName: shown('string', ['eq']),
  verifiedPublisher: shown('object'),
  web: shown('object'),
});

/** A property of an application; `withKeys` shows the certificates themselves. */
export function readApplication(
  application: ApplicationRecord,
  name: string,
  withKeys = false,
): PropertyValue | undefined {
  if (name === 'id') return application.id;
  if (name === 'appId') return application.appId;
  if (name === 'keyCredentials') return application.keyCredentials.map((key) => presentKey(key, withKeys));
  if (name === 'passwordCredentials') return application.passwordCredentials.map((secret) => presentSecret(secret));
  return application.properties[name];
}

export function presentKey(credential: KeyCredentialRecord, withKey: boolean): Record<string, PropertyValue> {
  const { customKeyIdentifier, displayName, endDateTime, keyId, startDateTime, type, usage, key } = credential;
  return {
    customKeyIdentifier,
    displayName,
    endDateTime,
    key: withKey ? key : null,
    keyId,
    startDateTime,
    type,
    usage,
  };
}

export function presentSecret(
  { displayName, endDateTime, hint, keyId, startDateTime }: PasswordCredentialRecord,
  secretText: string | null = null,
): Record<string, PropertyValue> {
  return { customKeyIdentifier: null, displayName, endDateTime, hint, keyId, secretText, startDateTime };
}
