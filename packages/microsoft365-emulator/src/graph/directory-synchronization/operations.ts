import * as z from 'zod';
import { roles } from '../authorization/roleCatalog.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, noContent, ok } from '../GraphCall.ts';
import { changeSettingsObject, readSettingsObject } from '../policies/settingsObject.ts';

const NAME = 'onPremisesSynchronization';

const featureNames = [
  'allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled',
  'blockCloudObjectTakeoverThroughHardMatchEnabled',
  'blockSoftMatchEnabled',
  'bypassDirSyncOverridesEnabled',
  'cloudPasswordPolicyForPasswordSyncedUsersEnabled',
  'concurrentCredentialUpdateEnabled',
  'concurrentOrgIdProvisioningEnabled',
  'deviceWritebackEnabled',
  'directoryExtensionsEnabled',
  'fopeConflictResolutionEnabled',
  'groupWriteBackEnabled',
  'passwordSyncEnabled',
  'passwordWritebackEnabled',
  'quarantineUponProxyAddressesConflictEnabled',
  'quarantineUponUpnConflictEnabled',
  'softMatchOnUpnEnabled',
  'synchronizeUpnForManagedUsersEnabled',
  'unifiedGroupWritebackEnabled',
  'userForcePasswordChangeOnLogonEnabled',
  'userWritebackEnabled',
] as const;

/** Features that a new tenant has switched on. */
const switchedOn: ReadonlySet<string> = new Set([
  'quarantineUponProxyAddressesConflictEnabled',
  'quarantineUponUpnConflictEnabled',
  'softMatchOnUpnEnabled',
  'synchronizeUpnForManagedUsersEnabled',
]);

const prevention = z.strictObject({
  synchronizationPreventionType: z.enum(['disabled', 'enabledForCount', 'enabledForPercentage']).optional(),
  alertThreshold: z.number().int().min(0).nullish(),
});

const changeSchema = z.strictObject({
  configuration: z.strictObject({ accidentalDeletionPrevention: prevention.optional() }).optional(),
  features: z.partialRecord(z.enum(featureNames), z.boolean()).optional(),
});

const presets = {
  configuration: {
    accidentalDeletionPrevention: { synchronizationPreventionType: 'enabledForCount', alertThreshold: 500 },
  },
  features: Object.fromEntries(featureNames.map((name) => [name, switchedOn.has(name)])),
};

function read(call: GraphCall): object {
  return { id: call.tenant.id, ...readSettingsObject(call.tenant, NAME, presets) };
}

const context = 'https://graph.microsoft.com/v1.0/$metadata#directory/onPremisesSynchronization';

function list(call: GraphCall): GraphAnswer {
  return ok({ '@odata.context': context, value: [read(call)] });
}

function get(call: GraphCall): GraphAnswer {
  checkId(call);
  return ok({ '@odata.context': `${context}/$entity`, ...read(call) });
}

function update(call: GraphCall): GraphAnswer {
  checkId(call);
  const parsed = changeSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  changeSettingsObject(call, NAME, z.record(z.string(), z.json()).parse(parsed.data));
  return noContent;
}

function checkId({ params, tenant }: GraphCall): void {
  if (params['id']?.toLowerCase() !== tenant.id) throw notFound(params['id'] ?? '');
}

const base = '/directory/onPremisesSynchronization';
const administrators = { roles: [roles.globalAdministrator] };

export const directorySynchronizationOperations: readonly GraphOperation[] = [
  { method: 'GET', path: base, ...administrators, handle: list },
  { method: 'GET', path: `${base}/{id}`, ...administrators, handle: get },
  { method: 'PATCH', path: `${base}/{id}`, ...administrators, handle: update },
];
