import { randomUUID } from 'node:crypto';
import type { ApplicationRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { missingValue } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { type Listing, listObjects } from '../odata/listObjects.ts';
import { contextOf, project, selectedNames } from '../odata/project.ts';
import type { Relations } from '../odata/RelatedObject.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { singleWithRelations } from '../odata/single.ts';
import { applicationDefaults } from './applicationDefaults.ts';
import { readApplicationInput, replaceKeys } from './applicationInput.ts';
import { applicationType, readApplication } from './applicationType.ts';
import { getApplicationToWrite, getVisibleApplication } from './findApplication.ts';

function applicationListing(tenant: Tenant): Listing<ApplicationRecord> {
  return {
    type: applicationType,
    values: () => tenant.applications.visibleValues(),
    read: readApplication,
    relations: applicationRelations(tenant),
  };
}

/** Where `$expand` leads from an application. */
function applicationRelations(tenant: Tenant): Relations<ApplicationRecord> {
  return { owners: { isCollection: true, find: ({ ownerIds }) => findDirectoryObjects(tenant, ownerIds) } };
}

/** GET /applications */
export function listApplications(call: GraphCall): GraphAnswer {
  return listObjects(call, applicationListing(call.tenant));
}

/** GET /applications/{id}; the certificates themselves are shown only when they are asked for. */
export function getApplication(call: GraphCall): GraphAnswer {
  const application = getVisibleApplication(call);
  const withKeys = selectedNames(call).includes('keyCredentials');
  const read = (name: string): PropertyValue | undefined => readApplication(application, name, withKeys);
  return ok(singleWithRelations(call, applicationType, read, application, applicationRelations(call.tenant)));
}

/** POST /applications */
export function createApplication(call: GraphCall): GraphAnswer {
  const { tenant, world, caller } = call;
  const { properties, keys } = readApplicationInput(call.body);
  const displayName = properties['displayName'];
  if (typeof displayName !== 'string') throw missingValue('displayName', 'Application');
  const application: ApplicationRecord = {
    id: randomUUID(),
    appId: randomUUID(),
    properties: { ...applicationDefaults(tenant, displayName), ...properties },
    keyCredentials: replaceKeys([], keys ?? [], tenant.now()),
    passwordCredentials: [],
    ownerIds: [caller.objectId],
  };
  world.transaction(() => tenant.applications.put(application));
  const shown = project((name) => readApplication(application, name), defaultNames(applicationType));
  return created({ '@odata.context': contextOf(call, 'applications', true), ...shown });
}

/** PATCH /applications/{id} */
export function updateApplication(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const application = getApplicationToWrite(call);
  const { properties, keys } = readApplicationInput(call.body);
  const changed: ApplicationRecord = {
    ...application,
    properties: { ...application.properties, ...properties },
    keyCredentials:
      keys === undefined ? application.keyCredentials : replaceKeys(application.keyCredentials, keys, tenant.now()),
  };
  world.transaction(() => tenant.applications.put(changed));
  return noContent;
}

/** DELETE /applications/{id}: into the bin, and its service principal with it. */
export function deleteApplication(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const application = getApplicationToWrite(call);
  const deletedDateTime = tenant.now().toISOString();
  world.transaction(() => {
    tenant.applications.remove(application.id);
    tenant.deletedItems.put({
      id: application.id,
      kind: 'application',
      deletedDateTime,
      value: application,
      changeNumber: 0,
    });
    const principal = tenant.servicePrincipals.find('appId', application.appId);
    if (principal === undefined) return;
    tenant.servicePrincipals.remove(principal.id);
    tenant.deletedItems.put({
      id: principal.id,
      kind: 'servicePrincipal',
      deletedDateTime,
      value: principal,
      changeNumber: 0,
    });
  });
  return noContent;
}
