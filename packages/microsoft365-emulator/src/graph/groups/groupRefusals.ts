import { badRequest } from '../errors.ts';
import { GraphError } from '../GraphError.ts';

/**
 * Refusals of groups and their links.
 * Sources: answers seen by clients. Texts marked "likely" are not known from any answer of the real service.
 */
export const groupRefusals = {
  alreadyLinked: (link: string): GraphError =>
    badRequest(`One or more added object references already exist for the following modified properties: '${link}'.`),
  notLinkedAnyMore: (link: string): GraphError =>
    badRequest(`One or more removed object references do not exist for the following modified properties: '${link}'.`),
  lastOwner: (): GraphError =>
    badRequest('The group must have at least one owner, hence this owner cannot be removed.'),
  mailEnabled: (): GraphError => badRequest('Cannot Update a mail-enabled security groups and or distribution list.'),
  duplicates: (): GraphError => badRequest('Request contains a property with duplicate values'),
  linkQuota: (wanted: number, maximum: number, link: string): GraphError =>
    new GraphError(
      403,
      'Directory_QuotaExceeded',
      `Unable to perform operation as '${wanted}' would exceed the maximum quota count '${maximum}' for forward-link '${link}'.`,
    ),
  /** Known from the field as text; that it comes with this code is likely. */
  objectQuota: (owner: 'Tenant' | 'Principal'): GraphError =>
    new GraphError(
      403,
      'Directory_QuotaExceeded',
      `The directory object quota limit for the ${owner} has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.`,
    ),
  synchronized: (): GraphError =>
    badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    ),
  /** From general knowledge. */
  mailEnabledCreation: (): GraphError =>
    badRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    ),
  /** Likely. */
  tooManyBindings: (): GraphError =>
    badRequest('The number of object references in the request exceeds the maximum of 20.'),
  /** Likely. */
  invalidReference: (): GraphError =>
    badRequest("The reference link is invalid: '@odata.id' must name a directory object."),
  /** Likely. */
  cannotContain: (): GraphError => badRequest('The object cannot be a member of this kind of group.'),
  /** Likely. */
  cannotOwn: (): GraphError => badRequest('Only users and service principals can own a group.'),
  /** Likely. */
  dynamic: (): GraphError =>
    new GraphError(501, 'NotImplemented', 'Groups with a membership rule are not yet supported by this service.'),
  /** Likely. */
  hasLicenses: (): GraphError => badRequest('A group with active license assignments cannot be deleted.'),
  /** Likely. */
  immutable: (name: string): GraphError => badRequest(`Property '${name}' cannot be changed after the group was made.`),
  /** Likely. */
  unifiedOnly: (name: string): GraphError =>
    badRequest(`Property '${name}' is supported only for Microsoft 365 groups.`),
};
