import { hostOf } from '../../files/addresses.ts';
import { fileError } from '../../files/fileErrors.ts';
import { findSiteByPath, hasSharePoint, isLive, makeGroupSites, siteOfGroup } from '../../files/sites.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';
import { getVisibleGroup } from '../groups/findGroup.ts';
import { isUnified } from '../groups/groupKind.ts';

/** The site that a path names: `root`, a host, an id of one, two or three parts, `host:/path`, or that of a group. */
export function getSite(call: GraphCall, key: string = call.params['site'] ?? ''): SiteRecord {
  const { tenant } = call;
  if (!hasSharePoint(tenant)) throw fileError('noLicense');
  const isOfGroup = call.params['group'] !== undefined && (key === '' || key === 'root');
  if (isOfGroup) return siteOfNamedGroup(call);
  const site = siteByPath(call, key) ?? siteById(call, key);
  if (site === undefined || !isLive(tenant, site)) throw fileError('siteMissing');
  return site;
}

function siteByPath(call: GraphCall, key: string): SiteRecord | undefined {
  const { tenant, world } = call;
  if (key === 'root') return findSiteByPath(tenant, '');
  const [host = '', path = ''] = key.split(/:(?=\/)/, 2);
  const own = new URL(call.root);
  const known = [hostOf(tenant), hostOf(tenant).replace('.', '-my.'), own.host, own.hostname, 'root'];
  if (!known.includes(host.toLowerCase())) return undefined;
  makeGroupSites(world, tenant);
  return findSiteByPath(tenant, path);
}

function siteById(call: GraphCall, key: string): SiteRecord | undefined {
  const parts = key.toLowerCase().split(',');
  const [siteId = '', webId] = parts.length === 3 ? parts.slice(1) : parts;
  const site = call.tenant.files.sites.get(siteId);
  if (site === undefined || (webId !== undefined && webId !== site.webId)) return undefined;
  return site;
}

/** Only Microsoft 365 groups have sites. */
function siteOfNamedGroup(call: GraphCall): SiteRecord {
  const { world, tenant, params } = call;
  const group = getVisibleGroup({ ...call, params: { id: params['group'] ?? '' } });
  if (!isUnified(group)) throw fileError('siteMissing');
  return world.transaction(() => siteOfGroup(tenant, group));
}
