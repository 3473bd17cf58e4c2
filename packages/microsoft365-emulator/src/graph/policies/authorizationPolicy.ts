import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import { roles } from '../authorization/roleCatalog.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, noContent, ok } from '../GraphCall.ts';
import type { WireOf } from '../odata/WireOf.ts';
import { changeSettingsObject, readSettingsObject } from './settingsObject.ts';

const NAME = 'authorizationPolicy';

const memberPermissions = z.strictObject({
  allowedToCreateApps: z.boolean().optional(),
  allowedToCreateSecurityGroups: z.boolean().optional(),
  allowedToCreateTenants: z.boolean().optional(),
  allowedToReadBitlockerKeysForOwnedDevice: z.boolean().optional(),
  allowedToReadOtherUsers: z.boolean().optional(),
  permissionGrantPoliciesAssigned: z.array(z.string()).optional(),
});

const changeSchema = z.strictObject({
  allowEmailVerifiedUsersToJoinOrganization: z.boolean().optional(),
  allowInvitesFrom: z
    .enum(['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone'])
    .optional(),
  allowUserConsentForRiskyApps: z.boolean().optional(),
  allowedToSignUpEmailBasedSubscriptions: z.boolean().optional(),
  allowedToUseSSPR: z.boolean().optional(),
  blockMsolPowerShell: z.boolean().optional(),
  defaultUserRolePermissions: memberPermissions.optional(),
  description: z.string().optional(),
  displayName: z.string().optional(),
  guestUserRoleId: z.guid().optional(),
});

/** Source: Microsoft documentation, "authorizationPolicy resource type", its defaults. */
const presets: WireOf<graph.AuthorizationPolicy> = {
  id: NAME,
  allowInvitesFrom: 'everyone',
  allowedToSignUpEmailBasedSubscriptions: true,
  allowedToUseSSPR: true,
  allowEmailVerifiedUsersToJoinOrganization: false,
  allowUserConsentForRiskyApps: false,
  blockMsolPowerShell: false,
  displayName: 'Authorization Policy',
  description: 'Used to manage authorization related settings across the company.',
  deletedDateTime: null,
  guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
  defaultUserRolePermissions: {
    allowedToCreateApps: true,
    allowedToCreateSecurityGroups: true,
    allowedToCreateTenants: true,
    allowedToReadBitlockerKeysForOwnedDevice: true,
    allowedToReadOtherUsers: true,
    permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
  },
};

function getAuthorizationPolicy(call: GraphCall): GraphAnswer {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#policies/authorizationPolicy/$entity';
  return ok({ '@odata.context': context, ...readSettingsObject(call.tenant, NAME, presets) });
}

function updateAuthorizationPolicy(call: GraphCall): GraphAnswer {
  const parsed = changeSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  changeSettingsObject(call, NAME, z.record(z.string(), z.json()).parse(parsed.data));
  return noContent;
}

const path = '/policies/authorizationPolicy';
const write = { roles: [roles.globalAdministrator, roles.privilegedRoleAdministrator] };

export const policyOperations: readonly GraphOperation[] = [
  { method: 'GET', path, handle: getAuthorizationPolicy },
  { method: 'PATCH', path, ...write, handle: updateAuthorizationPolicy },
];
