import { randomBytes } from 'node:crypto';
import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import type { GrantRecord, PropertyValue } from '../../store/records.ts';
import { badRequest, notFound } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import { type Listing, listObjects } from '../odata/listObjects.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames, makeResourceType, type PropertyDefinition, type PropertyType } from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';
import { getVisibleServicePrincipal } from './servicePrincipals.ts';

const shown = <Type extends PropertyType>(type: Type): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  filter: ['eq'],
});

const grantType = makeResourceType<graph.OAuth2PermissionGrant>('OAuth2PermissionGrant', 'oauth2PermissionGrants', {
  clientId: shown('guid'),
  consentType: shown('string'),
  id: shown('string'),
  principalId: shown('guid'),
  resourceId: shown('guid'),
  scope: shown('string'),
});

const guid = z.guid().toLowerCase();
const bodySchema = z.object({
  clientId: guid,
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: guid.nullish(),
  resourceId: guid,
  scope: z.string(),
});

function readGrant(grant: GrantRecord, name: string): PropertyValue | undefined {
  const values: WireOf<graph.OAuth2PermissionGrant> = grant;
  return propertyOf(values, name);
}

function listing(values: () => readonly GrantRecord[]): Listing<GrantRecord> {
  return { type: grantType, values, read: readGrant };
}

/** GET /oauth2PermissionGrants */
export function listGrants(call: GraphCall): GraphAnswer {
  return listObjects(
    call,
    listing(() => call.tenant.grants.visibleValues()),
  );
}

/** GET /servicePrincipals/{id}/oauth2PermissionGrants */
export function listGrantsOfClient(call: GraphCall): GraphAnswer {
  const { id } = getVisibleServicePrincipal(call);
  return listObjects(
    call,
    listing(() => call.tenant.grants.findAllVisible('clientId', id)),
  );
}

function getVisibleGrant(call: GraphCall): GrantRecord {
  const id = call.params['id'] ?? '';
  const grant = call.tenant.grants.visible(id);
  if (grant === undefined) throw notFound(id);
  return grant;
}

/** GET /oauth2PermissionGrants/{id} */
export function getGrant(call: GraphCall): GraphAnswer {
  const grant = getVisibleGrant(call);
  return ok(single(call, grantType, (name) => readGrant(grant, name)));
}

/** POST /oauth2PermissionGrants: consent to delegated permissions. */
export function createGrant(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  const { clientId, consentType, resourceId, scope } = parsed.data;
  const principalId = parsed.data.principalId ?? null;
  if ((consentType === 'Principal') !== (principalId !== null)) {
    throw badRequest('principalId is required when consentType is Principal, and only then.');
  }
  for (const id of [clientId, resourceId])
    if (tenant.servicePrincipals.visible(id) === undefined) throw notReplicated();
  const isThere = tenant.grants
    .findAll('clientId', clientId)
    .some((grant) => grant.resourceId === resourceId && grant.principalId === principalId);
  if (isThere) throw badRequest('Permission entry already exists.');
  const id = randomBytes(32).toString('base64url');
  const grant: GrantRecord = { id, clientId, consentType, principalId, resourceId, scope: scope.trim() };
  world.transaction(() => tenant.grants.put(grant));
  const value = project((name) => readGrant(grant, name), defaultNames(grantType));
  return created({ '@odata.context': contextOf(call, 'oauth2PermissionGrants', true), ...value });
}

function notReplicated(): GraphError {
  return new GraphError(404, 'Directory_ObjectNotFound', 'Unable to read the company information from the directory.');
}

/** PATCH /oauth2PermissionGrants/{id}: only the scopes can be changed. */
export function updateGrant(call: GraphCall): GraphAnswer {
  const grant = getVisibleGrant(call);
  const parsed = z.object({ scope: z.string() }).safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  call.world.transaction(() => call.tenant.grants.put({ ...grant, scope: parsed.data.scope.trim() }));
  return noContent;
}

/** DELETE /oauth2PermissionGrants/{id} */
export function deleteGrant(call: GraphCall): GraphAnswer {
  const grant = getVisibleGrant(call);
  call.world.transaction(() => call.tenant.grants.remove(grant.id));
  return noContent;
}
