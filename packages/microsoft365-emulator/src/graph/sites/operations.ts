import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import {
  addSitePermission,
  deleteSitePermission,
  getSitePermission,
  listSitePermissions,
  updateSitePermission,
} from '../sharing/sitePermissions.ts';
import { getAllSites, listSites, listSubsites, readSite } from './readSites.ts';
import { getSharePointSettings, updateSharePointSettings } from './sharePointSettings.ts';

const permissions = '/sites/{site}/permissions';
const permission = `${permissions}/{permission}`;
const administrators = [roles.sharePointAdministrator];
const readers = [...administrators, roles.globalReader];

const all: readonly Omit<GraphOperation, 'service'>[] = [
  { method: 'GET', path: '/sites', cost: 2, handle: listSites },
  { method: 'GET', path: '/sites/getAllSites', cost: 2, handle: getAllSites },
  { method: 'GET', path: '/sites/{site}', handle: readSite },
  { method: 'GET', path: '/sites/{site}/sites', cost: 2, handle: listSubsites },
  { method: 'GET', path: '/groups/{group}/sites/{site}', handle: readSite },
  { method: 'GET', path: permissions, cost: 5, handle: listSitePermissions },
  { method: 'POST', path: permissions, cost: 5, handle: addSitePermission },
  { method: 'GET', path: permission, cost: 5, handle: getSitePermission },
  { method: 'PATCH', path: permission, cost: 5, handle: updateSitePermission },
  { method: 'DELETE', path: permission, cost: 5, handle: deleteSitePermission },
  { method: 'GET', path: '/admin/sharepoint/settings', roles: readers, handle: getSharePointSettings },
  { method: 'PATCH', path: '/admin/sharepoint/settings', roles: administrators, handle: updateSharePointSettings },
];

export const siteOperations: readonly GraphOperation[] = all.map((operation) => ({ ...operation, service: 'files' }));

/** `…/getByPath(path='/sites/team')` is the same as `…:/sites/team`. */
export function withSitePath(segments: readonly string[]): readonly string[] {
  if (segments[0] !== 'sites' || segments[2] !== 'getByPath') return segments;
  const path = (segments[3] ?? '').replace(/^path=/, '').replace(/^\/*/, '/');
  return ['sites', `${segments[1]}:${path}`, ...segments.slice(4)];
}
