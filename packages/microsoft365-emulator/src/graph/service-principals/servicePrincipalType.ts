import type * as graph from '@microsoft/microsoft-graph-types';
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

export const servicePrincipalType = makeResourceType<graph.ServicePrincipal>('ServicePrincipal', 'servicePrincipals', {
  id: shown('guid', ['eq', 'ne', 'in']),
  deletedDateTime: shown('dateTime'),
  accountEnabled: shown('boolean', ['eq', 'ne', 'in']),
  addIns: shown('objects'),
  alternativeNames: shown('strings', ['any', 'eq', 'startsWith']),
  appDescription: shown('string'),
  appDisplayName: shown('string', texts),
  appId: shown('guid', ['eq', 'ne', 'in']),
  applicationTemplateId: shown('string', ['eq', 'ne']),
  appOwnerOrganizationId: shown('guid', ['eq', 'ne', 'ge', 'le']),
  appRoleAssignmentRequired: shown('boolean', ['eq', 'ne']),
  appRoles: shown('objects'),
  description: shown('string', texts),
  disabledByMicrosoftStatus: shown('string'),
  displayName: { ...shown('string', texts), canSort: 'always', canSearch: true },
  homepage: shown('string', texts),
  info: shown('object'),
  keyCredentials: shown('objects'),
  loginUrl: shown('string'),
  logoutUrl: shown('string'),
  notes: shown('string'),
  notificationEmailAddresses: shown('strings'),
  oauth2PermissionScopes: shown('objects'),
  passwordCredentials: shown('objects'),
  preferredSingleSignOnMode: shown('string'),
  replyUrls: shown('strings'),
  servicePrincipalNames: shown('strings', ['any', 'eq', 'startsWith']),
  servicePrincipalType: shown('string', ['eq', 'ne', 'in']),
  signInAudience: shown('string', ['eq', 'ne', 'in']),
  tags: shown('strings', ['any', 'eq', 'startsWith']),
  tokenEncryptionKeyId: shown('guid'),
  verifiedPublisher: shown('object'),
});
