import { hostOf, siteUrl } from '../../files/addresses.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { FileView } from '../drives/filesOdata.ts';

export function siteIdOf(tenant: Tenant, site: SiteRecord): string {
  return `${hostOf(tenant, site)},${site.id},${site.webId}`;
}

export function siteView(tenant: Tenant): FileView<SiteRecord> {
  return {
    kind: 'site',
    toObject: (site) => ({
      createdDateTime: toSeconds(site.createdDateTime),
      description: site.description,
      displayName: site.displayName,
      id: siteIdOf(tenant, site),
      isPersonalSite: site.kind === 'personal',
      lastModifiedDateTime: toSeconds(site.lastModifiedDateTime),
      name: site.path.split('/').at(-1) ?? '',
      root: {},
      siteCollection: { hostname: hostOf(tenant, site), ...(site.kind === 'root' ? { root: {} } : {}) },
      webUrl: siteUrl(tenant, site),
    }),
  };
}

/** Dates of SharePoint are shown to the second. */
export function toSeconds(date: string): string {
  return date.replace(/\.\d+Z$/, 'Z');
}
