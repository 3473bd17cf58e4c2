import { hostOf } from '../../files/addresses.ts';
import { fileError } from '../../files/fileErrors.ts';
import { findSiteByPath, hasSharePoint } from '../../files/sites.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';

/** The site that a path names: `root`, a host, an id of one, two or three parts, or `host:/path`. */
export function getSite(call: GraphCall, key: string = call.params['site'] ?? ''): SiteRecord {
  const { tenant } = call;
  if (!hasSharePoint(tenant)) throw fileError('noLicense');
  if (call.params['group'] !== undefined && key !== call.params['group']) return siteOfGroupCall(call);
  const site = siteByPath(call, key) ?? siteById(call, key);
  if (site === undefined) throw fileError('siteMissing');
  return site;
}

function siteByPath(call: GraphCall, key: string): SiteRecord | undefined {
  const { tenant } = call;
  if (key === 'root') return findSiteByPath(tenant, '');
  const [host = '', path = ''] = key.split(/:(?=\/)/, 2);
  const own = new URL(call.root);
  const known = [hostOf(tenant), hostOf(tenant).replace('.', '-my.'), own.host, own.hostname, 'root'];
  return known.includes(host.toLowerCase()) ? findSiteByPath(tenant, path) : undefined;
}

function siteById(call: GraphCall, key: string): SiteRecord | undefined {
  const parts = key.toLowerCase().split(',');
  const [siteId = '', webId] = parts.length === 3 ? parts.slice(1) : parts;
  const site = call.tenant.files.sites.get(siteId);
  if (site === undefined || (webId !== undefined && webId !== site.webId)) return undefined;
  return site;
}

function siteOfGroupCall(_call: GraphCall): SiteRecord {
  throw fileError('siteMissing');
}
