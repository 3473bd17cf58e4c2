import { badRequest } from '../errors.ts';
import type { GraphError } from '../GraphError.ts';
import type { UnmetDependency } from './planRules.ts';

/**
 * Refusals of license assignments to users and groups.
 * Sources: answers seen by clients, and Microsoft documentation, "Resolve group license assignment problems". The texts
 * about foreign plans and about groups are likely ones.
 */
export const licenseRefusals = {
  incomplete: (): GraphError =>
    badRequest('One or more parameters of the operation assignLicense are missing from the request payload.'),
  unknownSku: (skuId: string): GraphError =>
    badRequest(`License ${skuId} does not correspond to a valid company License.`),
  noUsageLocation: (): GraphError =>
    badRequest('License assignment cannot be done for user with invalid usage location.'),
  noSeat: (skuId: string): GraphError =>
    badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`),
  notAssigned: (): GraphError => badRequest('User does not have a corresponding license.'),
  notAssignedToGroup: (): GraphError => badRequest('Group does not have a corresponding license.'),
  inherited: (): GraphError =>
    badRequest('User license is inherited from a group membership and it cannot be removed directly from the user.'),
  foreignPlan: (planId: string, skuId: string): GraphError =>
    badRequest(`License assignment failed because service plan ${planId} is not part of license ${skuId}.`),
  clash: (planIds: readonly string[]): GraphError =>
    badRequest(`License assignment failed because service plans ${planIds.join(', ')} are mutually exclusive.`),
  unmet: ({ planId, needed }: UnmetDependency): GraphError =>
    badRequest(
      `License assignment failed because service plan ${planId} depends on the service plan(s) ${needed.join(', ')}`,
    ),
  notSecurityEnabled: (): GraphError =>
    badRequest('License assignment is supported only for security groups and security-enabled Microsoft 365 groups.'),
};
