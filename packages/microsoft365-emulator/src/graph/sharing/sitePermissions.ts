import * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import type { SitePermissionRecord, SiteRecord } from '../../store/filesRecords.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { answerList, answerOne, type FileView } from '../drives/filesOdata.ts';
import { readBody } from '../drives/readBody.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { getSite } from '../sites/findSite.ts';
import { rolesOf } from '../users/findUser.ts';

const roleSchema = z.enum(['read', 'write', 'manage', 'fullcontrol']);
const applicationSchema = z.object({
  application: z.object({ id: z.string().min(1), displayName: z.string().nullish() }),
});
const newSchema = z.object({
  roles: z.array(roleSchema).min(1),
  grantedToIdentities: z.array(applicationSchema).nullish(),
  grantedToIdentitiesV2: z.array(applicationSchema).nullish(),
  grantedTo: applicationSchema.nullish(),
  grantedToV2: applicationSchema.nullish(),
});
const changeSchema = z.object({ roles: z.array(roleSchema).min(1) });

const view: FileView<SitePermissionRecord> = {
  kind: 'permission',
  toObject: ({ id, appId, displayName, role }) => {
    const identities = [{ application: { displayName, id: appId } }];
    return {
      id,
      '@deprecated.GrantedToIdentities': 'GrantedToIdentities has been deprecated. Refer to GrantedToIdentitiesV2',
      roles: [role],
      grantedToIdentitiesV2: identities,
      grantedToIdentities: identities,
    };
  },
};

/** GET /sites/{id}/permissions: applications that may use this site although they may not use all. */
export function listSitePermissions(call: GraphCall): GraphAnswer {
  const site = administeredSite(call);
  return answerList(call, { ...view, set: 'permissions', values: permissionsOf(call, site) });
}

/** POST /sites/{id}/permissions */
export function addSitePermission(call: GraphCall): GraphAnswer {
  const site = administeredSite(call);
  const order = readBody(call, newSchema);
  const many = order.grantedToIdentitiesV2 ?? order.grantedToIdentities ?? [];
  const identity = order.grantedToV2 ?? order.grantedTo ?? many[0];
  if (identity === undefined) throw fileError('invalid', 'Invalid request');
  const { id: appId, displayName } = identity.application;
  const permission: SitePermissionRecord = {
    id: Buffer.from(`i:0i.t|ms.sp.ext|${appId.toLowerCase()}@${call.tenant.id}`).toString('base64url'),
    siteId: site.id,
    appId: appId.toLowerCase(),
    displayName: displayName ?? '',
    role: strongest(order.roles),
  };
  call.world.transaction(() =>
    call.tenant.files.sitePermissions.put({ ...permission, id: keyOf(site, permission.id) }),
  );
  return answerOne(call, view, 'permission', permission, 201);
}

/** GET /sites/{id}/permissions/{id} */
export function getSitePermission(call: GraphCall): GraphAnswer {
  return answerOne(call, view, 'permission', findPermission(call).permission);
}

/** PATCH /sites/{id}/permissions/{id} */
export function updateSitePermission(call: GraphCall): GraphAnswer {
  const { site, permission } = findPermission(call);
  const changed = { ...permission, role: strongest(readBody(call, changeSchema).roles) };
  call.world.transaction(() => call.tenant.files.sitePermissions.put({ ...changed, id: keyOf(site, changed.id) }));
  return answerOne(call, view, 'permission', changed);
}

/** DELETE /sites/{id}/permissions/{id} */
export function deleteSitePermission(call: GraphCall): GraphAnswer {
  const { site, permission } = findPermission(call);
  call.world.transaction(() => call.tenant.files.sitePermissions.remove(keyOf(site, permission.id)));
  return noContent;
}

/** A signed-in user has to administer SharePoint; the token's permission alone does not do. */
function administeredSite(call: GraphCall): SiteRecord {
  const site = getSite(call);
  const { caller, tenant, settings } = call;
  if (caller.kind === 'application' || !settings.enforcePermissions) return site;
  const held = rolesOf(tenant, caller.objectId);
  const administrators = [roles.globalAdministrator, roles.sharePointAdministrator];
  if (!administrators.some((role) => held.includes(role))) throw fileError('accessDenied');
  return site;
}

function findPermission(call: GraphCall): { site: SiteRecord; permission: SitePermissionRecord } {
  const site = administeredSite(call);
  const permission = permissionsOf(call, site).find(({ id }) => id === call.params['permission']);
  if (permission === undefined) throw fileError('itemMissing');
  return { site, permission };
}

/** The same application has the same id at every site, so what is stored is told apart by the site as well. */
function keyOf(site: SiteRecord, id: string): string {
  return `${site.id}/${id}`;
}

function permissionsOf({ tenant }: GraphCall, site: SiteRecord): SitePermissionRecord[] {
  const stored = tenant.files.sitePermissions.findAll('site', site.id);
  return stored.map((permission) => ({ ...permission, id: permission.id.slice(site.id.length + 1) }));
}

function strongest(given: readonly SitePermissionRecord['role'][]): SitePermissionRecord['role'] {
  return roleSchema.options.findLast((role) => given.includes(role)) ?? 'read';
}
